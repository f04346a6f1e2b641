import Formats
import TestSupport
import Testing

@testable import Datasets

@Suite struct PixelTableTests {
  private func table(_ text: String, key: String? = nil, name: String = "t.csv") throws -> PixelTable {
    let folder = try TemporaryFolder()
    return try PixelTable(folder.write(Array(text.utf8), to: name), key: key)
  }

  private func fault(_ text: String, key: String? = nil) -> DatasetError? {
    do {
      _ = try table(text, key: key)
      return nil
    } catch let error as DatasetError { return error } catch { return nil }
  }

  /// A line of 64 pixels.
  private func line(_ seed: Int, separator: String = ",") -> String {
    pixels(seed).map { "\(Int($0))" }.joined(separator: separator)
  }

  private func pixels(_ seed: Int) -> [Float] {
    (0..<64).map { (place: Int) -> Float in Float((seed * 31 + place * 7) % 256) }
  }

  @Test func labelsAndPixelsAreRead() throws {
    let folder = try TemporaryFolder()
    let lines = ["5,\(line(1))", "0,\(line(2))", "4,\(line(3))"]
    let path = try folder.write(Array(lines.joined(separator: "\n").utf8), to: "t.csv")
    let table = try PixelTable(path, key: "first")
    #expect(table.count == 3 && table.labels == [5, 0, 4])
    var images: [Int: [Float]] = [:]
    try table.readPixels(nil) { index, pixels throws(DatasetError) in images[index] = Array(pixels) }
    #expect(images.count == 3)
    #expect(images[1] == pixels(2))
    images = [:]
    try table.readPixels([0, 2]) { index, pixels throws(DatasetError) in images[index] = Array(pixels) }
    #expect(images.keys.sorted() == [0, 2])
    try folder.write(Array(lines[0].utf8), to: "t.csv")
    #expect(throws: DatasetError.changed(path: path)) {
      try table.readPixels(nil) { _, _ throws(DatasetError) in }
    }
  }

  @Test func everyFormIsRead() throws {
    let names = (0..<64).map { "pixel\($0)" }.joined(separator: ",")
    #expect(try table("label,\(names)\n7,\(line(1))\n").labels == [7])
    #expect(try table("\(names)\n\(line(1))\n\(line(2))").labels == nil)
    #expect(try table("\(line(1)),3\n\(line(2)),1", key: "last").labels == [3, 1])
    #expect(try table("# amat\n  \(line(1, separator: " "))  3\n", key: "last").labels == [3])
    let floats = (0..<64).map { "\(Float($0) / 32 - 1)" }.joined(separator: " ")
    let usps = try table("6.0000 \(floats) \n5.0000 \(floats) \n")
    #expect(usps.labels == [6, 5] && usps.smallest == -1)
    let zeros = [String](repeating: "0.0000 ", count: 256).joined()
    let semeion = try table("\(zeros)0 0 1 0 0 0 0 0 0 0 \n\(zeros)1 0 0 0 0 0 0 0 0 0 \n")
    #expect(semeion.labels == [2, 0] && semeion.layout.side == 16)
  }

  @Test func theRangeIsThatOfThePixels() throws {
    let dark = [String](repeating: "1", count: 64).joined(separator: ",")
    let table = try table("9,\(dark)\n200,\(dark)", key: "first")
    #expect(table.smallest == 1 && table.largest == 1)
    let grey = [String](repeating: "0.5", count: 64).joined(separator: ",")
    let oneHot = try self.table("\(grey),1,0,0\n\(grey),0,0,1")
    #expect(oneHot.labels == [0, 2])
    #expect(oneHot.smallest == 0.5 && oneHot.largest == 0.5 && oneHot.hasFractions)
  }

  @Test func faultsAreNamed() throws {
    guard case .table(_, .wrongColumnCount(line: 2, found: 2, expected: 64)) = fault("\(line(1))\n1,2") else {
      Issue.record("a short row")
      return
    }
    guard case .tableLayout(_, .noImages(columns: 3)) = fault("1,2,3") else {
      Issue.record("three columns")
      return
    }
    guard case .table(_, .noRows) = fault("a,b,c\n") else {
      Issue.record("names alone")
      return
    }
    guard
      case .tableLayout(_, .wrongLabel(row: 2, value: 2.5)) = fault(
        "1,\(line(1))\n2.5,\(line(1))", key: "first")
    else {
      Issue.record("a label of 2.5")
      return
    }
    guard case .file = try fault(of: "/nowhere/t.csv") else {
      Issue.record("a missing file")
      return
    }
  }

  private func fault(of path: String) throws -> DatasetError? {
    do {
      _ = try PixelTable(path, key: nil)
      return nil
    } catch { return error }
  }
}
