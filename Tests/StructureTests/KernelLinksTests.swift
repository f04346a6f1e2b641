import Foundation
import TestSupport
import Testing

/// The kernel variants are one source: folders of symbolic links beside a configuration of their own.
@Suite struct KernelLinksTests {
  private static let configuration = "Configuration.swift"
  private static let baseline = "KernelsBaseline"

  /// A sentence for every file in which `variant` is not the baseline with its own configuration.
  private func faults(of variant: String, in sources: String) throws -> [String] {
    let files = FileManager.default
    let shared = Set(try files.contentsOfDirectory(atPath: "\(sources)/\(Self.baseline)"))
    let names = Set(try files.contentsOfDirectory(atPath: "\(sources)/\(variant)"))
    return shared.union(names).sorted().compactMap { name in
      let path = "\(sources)/\(variant)/\(name)"
      let destination = try? files.destinationOfSymbolicLink(atPath: path)
      if name == Self.configuration {
        return names.contains(name) && destination == nil ? nil : "\(name) is not its own"
      }
      guard names.contains(name) else { return "\(name) is missing" }
      guard let destination else { return "\(name) is no link" }
      guard destination == "../\(Self.baseline)/\(name)" else { return "\(name) links \(destination)" }
      return files.fileExists(atPath: path) ? nil : "\(name) links nothing"
    }
  }

  @Test func theTableHasTheVariants() {
    #expect(Module.kernelVariants.count >= 3 && Module.kernelVariants.contains(Self.baseline))
  }

  @Test(arguments: Module.kernelVariants.filter { $0 != baseline })
  func aVariantLinksAllSharedFiles(variant: String) throws {
    #expect(try faults(of: variant, in: "\(SourceTree.packageSources)/Kernels") == [])
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
    for name in [Self.configuration, "Copied.swift", "Linked.swift", "Missing.swift", "Other.swift"] {
      try folder.write([], to: "\(Self.baseline)/\(name)")
    }
    try folder.write([], to: "Variant/Copied.swift")
    try link("Gone.swift", to: "../\(Self.baseline)/Gone.swift")
    try link("Linked.swift", to: "../\(Self.baseline)/Linked.swift")
    try link("Other.swift", to: "../\(Self.baseline)/Linked.swift")
    #expect(
      try faults(of: "Variant", in: folder.path) == [
        "Configuration.swift is not its own", "Copied.swift is no link", "Gone.swift links nothing",
        "Missing.swift is missing", "Other.swift links ../KernelsBaseline/Linked.swift",
      ])
  }
}
