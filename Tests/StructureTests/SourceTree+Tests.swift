extension SourceTree {
  /// Returns true if `name`, as in `IDXTests.noImagesAreRefused`, is a test in the suite's file or an extension.
  func hasTest(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    guard parts.count == 2 else { return false }
    let isInSuite = files.contains { file in
      file.path.hasSuffix("/\(parts[0]).swift")
        && file.lines.contains { $0.contains("@Suite") && $0.contains("struct \(parts[0])") }
    }
    let extended = files.filter { file in
      file.path.hasSuffix("/\(parts[0]).swift") || file.lines.contains("extension \(parts[0]) {")
    }
    return isInSuite
      && extended.contains { file in
        file.lines.contains { $0.contains("func \(parts[1])(") && !$0.contains("private") }
      }
  }
}
