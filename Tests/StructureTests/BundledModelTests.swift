import Foundation
import Testing

/// The bundled models stay small enough to carry along.
@Suite struct BundledModelTests {
  private static let limit = 12_000_000

  @Test func allTogetherAreBelowTwelveMegabytes() throws {
    let folder = URL(fileURLWithPath: SourceTree.packageSources)
      .deletingLastPathComponent().appendingPathComponent("assets/models")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    let sizes = try files.map { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 }
    #expect(files.count == 5)
    #expect(sizes.reduce(0, +) < Self.limit)
  }
}
