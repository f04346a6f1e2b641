import Foundation
import TestSupport
import Testing

@testable import Explorer

/// The key tables of the documents say what the program says.
///
/// With `RECORD_SNAPSHOTS` in the environment they are written instead.
@Suite struct KeyBindingTests {
  private static let head = "| key | what it does |"
  /// The keys on the front page.
  private static let essential: [Action] = [
    .decrease, .previousSlider, .nextSample, .turnInputBack, .reset, .show(.filmstrip), .show(.map),
    .show(.drawing),
    .chooseTraining, .show(.history), .show(.comparison), .show(.allLatents), .help, .quit,
  ]

  private static func row(_ binding: KeyBinding) -> String { "| \(binding.title) | \(binding.help) |" }

  private func check(_ path: String, rows: [String]) throws {
    let document = try Document(path)
    let expected = document.replacingTable(Self.head, rows: rows)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil { try document.write(expected) }
    let table = try Document(path).text.split(separator: "\n").drop { $0 != Self.head }
      .dropFirst(2).prefix { $0.hasPrefix("|") }.map(String.init)
    #expect(table == rows, "\(path)")
  }

  @Test func theArticleHasEveryKey() throws {
    try #require(KeyBinding.all.count >= 60)
    try check(Document.keys, rows: KeyBinding.all.map(Self.row))
  }

  @Test func theFrontPageHasTheEssentialKeys() throws {
    let everywhere = KeyBinding.all.filter { [nil, .panel(.sliders)].contains($0.place) }
    let bindings = Self.essential.compactMap { action in
      everywhere.first { $0.keys.contains { $0.action == action } }
    }
    try #require(bindings.count == Self.essential.count)
    try check(Document.readme, rows: bindings.map(Self.row))
  }

  @Test func aTableIsReplacedInItsPlace() {
    let document = Document(path: "", text: "a\n\(Self.head)\n| --- | --- |\n| x | y |\n\nb\n")
    #expect(
      document.replacingTable(Self.head, rows: ["| 1 | 2 |", "| 3 | 4 |"])
        == "a\n\(Self.head)\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\nb\n")
  }
}
