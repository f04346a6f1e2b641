import Foundation
import Testing

/// The bundled models stay small enough to carry along.
@Suite struct BundledModelTests {
  /// Five models of 11.8 MB, and the built-in digits' learned decoder, which the explorer compares by default.
  private static let limit = 13_000_000

  @Test func allTogetherAreBelowThirteenMegabytes() throws {
    let folder = URL(fileURLWithPath: SourceTree.packageSources)
      .deletingLastPathComponent().appendingPathComponent("assets/models")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    let sizes = try files.map { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 }
    #expect(files.count == 6)
    #expect(sizes.reduce(0, +) < Self.limit)
  }
}
