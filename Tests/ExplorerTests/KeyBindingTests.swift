import Foundation
import Testing

@testable import Explorer

@Suite struct KeyBindingTests {
  /// The README's key table says what the program says.
  @Test func theReadmeHasEveryKey() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let table = readme.split(separator: "\n").filter { $0.hasPrefix("| ") }.map(String.init)
    for binding in KeyBinding.all {
      #expect(table.contains("| \(binding.title) | \(binding.help) |"))
    }
  }
}
