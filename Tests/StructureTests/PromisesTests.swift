import Foundation
import Testing

/// `Tests/PROMISES.md` names existing tests for every promise.
@Suite struct PromisesTests {
  private struct Row {
    var promise: String
    var fault: String
    var times: Int?
    var tests: [String]
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The rows with four cells, but for the heads of the tables and the lines below them.
  private static func rows(of text: String) -> [Row] {
    text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("|"), cells.count == 4, cells[0] != "promise", !cells[0].hasPrefix("---") else {
        return nil
      }
      return Row(
        promise: cells[0], fault: cells[1], times: Int(cells[2].replacing(",", with: "")),
        tests: cells[3].matches(of: /`([^`]+)`/).map { String($0.1) })
    }
  }

  private static func rows() throws -> [Row] {
    rows(of: try String(contentsOfFile: "\(folder)/PROMISES.md", encoding: .utf8))
  }

  @Test func everyPromiseHasAFaultACountAndATest() throws {
    let rows = try Self.rows()
    #expect(rows.count >= 20)
    for row in rows {
      #expect(!row.fault.isEmpty && row.times ?? 0 > 0 && !row.tests.isEmpty, "\(row.promise): \(row.fault)")
    }
  }

  @Test func namedTestsExist() throws {
    let tree = try SourceTree(folder: Self.folder)
    let names = Set(try Self.rows().flatMap(\.tests))
    #expect(names.filter { !tree.hasTest($0) } == [])
  }

  @Test func rowsAndTestsAreParsed() {
    let text =
      "| promise | fault | times | tests |\n| --- | --- | --- | --- |\n| p | f | 1,000 | `A.b`, `C.d` |\n"
    #expect(Self.rows(of: text).map(\.tests) == [["A.b", "C.d"]])
    #expect(Self.rows(of: text).map(\.times) == [1000])
    #expect(Self.rows(of: "| p | f | often | `A.b` |\n").map(\.times) == [nil])
    let tree = SourceTree([
      "FileTests/FileTests.swift": "@Suite struct FileTests {\n  @Test func one() {}\n}",
      "FileTests/FileMoreTests.swift": "extension FileTests {\n  @Test func two() {}\n}",
    ])
    #expect(tree.hasTest("FileTests.two") && !tree.hasTest("FileTests.three"))
    #expect(!tree.hasTest("FileMoreTests.two"))
  }
}
