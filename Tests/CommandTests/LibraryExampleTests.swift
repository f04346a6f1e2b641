import Foundation
import TestSupport
import Testing

/// README's example of the library, which is built as a program of its own.
@Suite struct LibraryExampleTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func theReadmePrintsTheExample() throws {
    let example = try Self.text("Tests/LibraryExample/main.swift")
    #expect(try Self.text("README.md").contains("```swift\n\(example)```\n"))
    #expect(example.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= 30)
  }

  @Test func theExampleTrainsSteersAndSaves() throws {
    let outcome = try Program.run([], path: BuiltPrograms.path("LibraryExample"))
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let losses = outcome.output.matches(of: /epoch \d: loss ([\d.]+)/).compactMap { Double($0.output.1) }
    try #require(losses.count == 5)
    #expect(losses[4] < 0.85 * losses[0])
    let angles = outcome.output.matches(of: /drawn at (.+)°, read at (.+)°/).map {
      (drawn: Double($0.output.1) ?? .nan, read: Double($0.output.2) ?? .nan)
    }
    #expect(angles.map(\.drawn) == [-90, -45, 0, 45, 90])
    for angle in angles { #expect(abs(angle.read - angle.drawn) < 30) }
  }
}
