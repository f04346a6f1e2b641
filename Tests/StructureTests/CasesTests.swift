import Foundation
import Testing

/// `Tests/CASES.md` names existing tests for every bad input.
@Suite struct CasesTests {
  private struct Row {
    var number: Int
    var tests: [String]
  }

  /// The cases that must have rows.
  private static let cases = 0...30

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The rows that begin with a number, in order.
  private static func rows(of text: String) -> [Row] {
    text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 3, let number = Int(cells[0]) else { return nil }
      return Row(number: number, tests: cells[2].matches(of: /`([^`]+)`/).map { String($0.1) })
    }
  }

  private static func rows() throws -> [Row] {
    rows(of: try String(contentsOfFile: "\(folder)/CASES.md", encoding: .utf8))
  }

  @Test func everyCaseNamesItsTests() throws {
    let rows = try Self.rows()
    for number in Self.cases {
      #expect(rows.contains { $0.number == number }, "case \(number) has no row")
    }
    #expect(rows.allSatisfy { !$0.tests.isEmpty })
  }

  @Test func namedTestsExist() throws {
    let tree = try SourceTree(folder: Self.folder)
    let names = Set(try Self.rows().flatMap(\.tests))
    #expect(names.filter { !tree.hasTest($0) } == [])
  }

  @Test func unknownTestNamesAreFound() {
    let tree = SourceTree([
      "FileTests/FileTests.swift":
        "@Suite struct FileTests {\n  @Test func one() {}\n  private func helper() {}\n}"
    ])
    #expect(tree.hasTest("FileTests.one"))
    for name in ["FileTests.two", "FileTests.helper", "OtherTests.one", "one", "FileTests.on"] {
      #expect(!tree.hasTest(name))
    }
    #expect(
      Self.rows(of: "| case | input | tests |\n| --- | --- | --- |\n| 3 | x | `A.b`, `C.d` |\n").map(\.tests)
        == [["A.b", "C.d"]])
  }
}
