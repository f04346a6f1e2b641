import Foundation
import TestSupport
import Testing

/// The front page's library example, built as a separate program.
@Suite struct LibraryExampleTests {
  @Test func theFrontPagePrintsTheExample() throws {
    let example = try Document("Tests/LibraryExample/main.swift").text
    #expect(try Document(Document.readme).text.contains("```swift\n\(example)```\n"))
    #expect(example.split(separator: "\n", omittingEmptySubsequences: false).count - 1 <= 30)
  }

  @Test func theExampleTrainsTurnsAndSaves() throws {
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
