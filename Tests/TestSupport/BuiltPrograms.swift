/// The build folder of the package's programs.
public enum BuiltPrograms {
  /// The path of a program beside the bundle of tests that is running.
  public static func path(_ name: String) -> String {
    #if canImport(Darwin)
      let program = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    #else
      let program = CommandLine.arguments[0]
    #endif
    let bundle = program.split(separator: "/").firstIndex { $0.hasSuffix(".xctest") }
    var parts = program.split(separator: "/")
    parts.removeSubrange((bundle ?? parts.count - 1)...)
    return (program.hasPrefix("/") ? "/" : "") + (parts + [Substring(name)]).joined(separator: "/")
  }
}
