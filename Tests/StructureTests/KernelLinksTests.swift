import Foundation
import TestSupport
import Testing

/// The kernel variants are one source: folders of symbolic links beside a configuration of their own, and few other
/// files.
@Suite struct KernelLinksTests {
  private static let configuration = "Configuration.swift"
  private static let baseline = "KernelsBaseline"
  /// The files besides the configuration that a variant has of its own: the loops for instructions that the others lack.
  private static let ownFiles = ["KernelsNEON": ["Peak.swift", "TileSums.swift"]]

  /// A sentence for every file in which `variant` is not the baseline with files of its own.
  private func faults(of variant: String, in sources: String, own: [String] = []) throws -> [String] {
    let files = FileManager.default
    let shared = Set(try files.contentsOfDirectory(atPath: "\(sources)/\(Self.baseline)"))
    let names = Set(try files.contentsOfDirectory(atPath: "\(sources)/\(variant)"))
    return shared.union(names).sorted().compactMap { name in
      let path = "\(sources)/\(variant)/\(name)"
      let destination = try? files.destinationOfSymbolicLink(atPath: path)
      if name == Self.configuration || own.contains(name) {
        return shared.contains(name) && names.contains(name) && destination == nil
          ? nil : "\(name) is not its own"
      }
      guard names.contains(name) else { return "\(name) is missing" }
      guard let destination else { return "\(name) is no link" }
      guard destination == "../\(Self.baseline)/\(name)" else { return "\(name) links \(destination)" }
      return files.fileExists(atPath: path) ? nil : "\(name) links nothing"
    }
  }

  @Test func theTableHasTheVariants() {
    #expect(Module.kernelVariants.count >= 4 && Module.kernelVariants.contains(Self.baseline))
    #expect(Self.ownFiles.keys.allSatisfy(Module.kernelVariants.contains))
  }

  @Test(arguments: Module.kernelVariants.filter { $0 != baseline })
  func aVariantLinksAllSharedFiles(variant: String) throws {
    let own = Self.ownFiles[variant] ?? []
    #expect(try faults(of: variant, in: "\(SourceTree.packageSources)/Kernels", own: own) == [])
  }

  @Test func brokenLinksAreFound() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    for name in [Self.baseline, "Variant"] {
      try files.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    func link(_ name: String, to destination: String) throws {
      try files.createSymbolicLink(
        atPath: "\(folder.path)/Variant/\(name)", withDestinationPath: destination)
    }
    for name in [
      Self.configuration, "Copied.swift", "Linked.swift", "Missing.swift", "Other.swift", "Own.swift",
      "OwnLinked.swift",
    ] {
      try folder.write([], to: "\(Self.baseline)/\(name)")
    }
    for name in ["Copied.swift", "Own.swift", "Unshared.swift"] {
      try folder.write([], to: "Variant/\(name)")
    }
    try link("OwnLinked.swift", to: "../\(Self.baseline)/OwnLinked.swift")
    try link("Gone.swift", to: "../\(Self.baseline)/Gone.swift")
    try link("Linked.swift", to: "../\(Self.baseline)/Linked.swift")
    try link("Other.swift", to: "../\(Self.baseline)/Linked.swift")
    #expect(
      try faults(
        of: "Variant", in: folder.path, own: ["Own.swift", "OwnLinked.swift", "Unshared.swift"]) == [
          "Configuration.swift is not its own", "Copied.swift is no link", "Gone.swift links nothing",
          "Missing.swift is missing", "Other.swift links ../KernelsBaseline/Linked.swift",
          "OwnLinked.swift is not its own", "Unshared.swift is not its own",
        ])
  }
}
