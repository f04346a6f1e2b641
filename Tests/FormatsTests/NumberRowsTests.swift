import Primitives
import Testing

@testable import Formats

@Suite struct NumberRowsTests {
  private func rows(_ bytes: [UInt8]) throws(FormatError<TableFault>) -> NumberRows {
    try NumberRows(ByteStream(bytes, path: "t"), sizeLimit: 1 << 24)
  }

  private func table(_ bytes: [UInt8]) throws(FormatError<TableFault>) -> [[Float]] {
    let reader = try rows(bytes)
    var (table, row): ([[Float]], [Float]) = ([], [])
    while try reader.next(&row) { table.append(row) }
    return table
  }

  private func table(_ text: String) throws(FormatError<TableFault>) -> [[Float]] {
    try table(Array(text.utf8))
  }

  private func fault(_ bytes: [UInt8]) -> TableFault? {
    do {
      _ = try table(bytes)
      return nil
    } catch .invalid(path: "t", let fault) { return fault } catch { return nil }
  }

  private func fault(_ text: String) -> TableFault? { fault(Array(text.utf8)) }

  @Test func everySeparatorIsRead() throws {
    let expected: [[Float]] = [[1, 0, 255], [2, 3, 4]]
    for text in [
      "1,0,255\n2,3,4\n", "1;0;255\r\n2;3;4", "1 0 255\n2 3 4\n", " 1\t0   255 \n2 3 4 ",
      "1, 0 ,255\n\n2,3,4",
      "\u{FEFF}1,0,255\n2,3,4", "\"1\",'0',\"255\"\n2,3,4", "# comment\n1,0,255\n  # other\n2,3,4\n#",
    ] {
      #expect(try table(text) == expected, "\(text)")
    }
  }

  /// A row of numbers is no header, whatever a tool that expects one would do.
  @Test func theFirstLineIsNamesOrNumbers() throws {
    #expect(try table("label,a,b\n5,1,2") == [[5, 1, 2]])
    #expect(try rows(Array("\"label\",'a', b\n5,1,2".utf8)).names == ["label", "a", "b"])
    #expect(try rows(Array("label,1x1,1x2\n5,1,2".utf8)).names == ["label", "1x1", "1x2"])
    let plain = try rows(Array("5,1,2\n6,3,4".utf8))
    #expect(plain.names == nil && plain.columns == 3)
    #expect(try table("5,1,2\n6,3,4") == [[5, 1, 2], [6, 3, 4]])
  }

  @Test(
    arguments: [
      ("0.5", 0.5), ("-1.0000", -1), ("+3", 3), ("6.0000", 6), (".25", 0.25), ("7.", 7), ("1e2", 100),
      ("2.5E-1", 0.25),
      ("12345678", 12_345_678), ("0.000", 0), ("1e-60", 0), ("3.4028234e38", 3.4028234e38),
      ("0.10000000000000000000000000001", 0.1), ("100000000000000000000", 1e20),
    ] as [(String, Float)]) func numbersAreRead(text: String, number: Float) throws
  {
    #expect(try table("\(text),\(text)") == [[number, number]])
    #expect(try table("x y\n\(text) \(text)") == [[number, number]])
  }

  @Test(arguments: ["x", "1x", "--1", "1.2.3", "1e", "e5", ".", "nan", "inf", "1e39", "\"1", "1 2", "0x10"])
  func otherFieldsAreNamed(field: String) {
    #expect(fault("a,b\n1,2\n3,\(field)") == .notNumber(line: 3, column: 2, field: field))
  }

  /// A damaged number in the first row does not make it a row of names; names of numbered columns do.
  @Test func aDamagedFirstRowIsNotARowOfNames() throws {
    #expect(fault("1,x,255,0\n2,3,4,5") == .notNumber(line: 1, column: 2, field: "x"))
    #expect(try rows(Array("label,0,1,2\n2,3,4,5".utf8)).names == ["label", "0", "1", "2"])
    #expect(try rows(Array("0,1,2,class\n2,3,4,5".utf8)).names == ["0", "1", "2", "class"])
  }

  @Test func badRowsAreNamedByLine() {
    #expect(fault("1,2\n3,4\n\n5") == .wrongColumnCount(line: 4, found: 1, expected: 2))
    #expect(fault("1,2\n3,4,5") == .wrongColumnCount(line: 2, found: 3, expected: 2))
    #expect(fault("1 2\n3 4 5 6 ") == .wrongColumnCount(line: 2, found: 4, expected: 2))
    #expect(fault("1,2\n3,") == .notNumber(line: 2, column: 2, field: ""))
    #expect(fault("1,2\n,3") == .notNumber(line: 2, column: 1, field: ""))
    #expect(fault("1 2\n3 y") == .notNumber(line: 2, column: 2, field: "y"))
  }

  @Test func otherFormatsAreNamed() throws {
    #expect(fault("7 1:-1 2:-0.948 3:1\n") == .libsvm)
    #expect(fault("@relation mnist\n") == .arff)
    #expect(fault("% comment\n@relation mnist\n") == .arff)
    #expect(fault("BZh91AY&SY") == .otherCompression("bzip2"))
    #expect(fault([0x50, 0x4B, 3, 4, 0, 0]) == .otherCompression("zip"))
    #expect(fault([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) == .otherCompression("xz"))
    #expect(fault([1, 0, 2]) == .notText)
    #expect(fault("") == .noRows && fault("\n# nothing\n") == .noRows)
  }

  @Test func compressedTablesAreTheSame() throws {
    let text = Array("label,a\n5,1\n6,2\n".utf8)
    #expect(try table(gzip(text)) == [[5, 1], [6, 2]])
    let cut = try gzip(text).dropLast(6)
    guard case .gzip = fault(Array(cut)) else {
      Issue.record("a cut is not found")
      return
    }
    #expect(fault(try gzip(Array("5,1\n6".utf8))) == .wrongColumnCount(line: 2, found: 1, expected: 2))
  }

  /// Longer than what is read at once, with lines across the pieces.
  @Test func longTablesAreReadInPieces() throws {
    let line = Array((0..<785).map { "\($0 % 256)" }.joined(separator: ",").utf8) + [0x0A]
    let table = try table((0..<1000).flatMap { _ in line })
    #expect(table.count == 1000)
    #expect(table.allSatisfy { $0 == (0..<785).map { Float($0 % 256) } })
  }

  @Test func longLinesAreRefused() {
    let long = [UInt8](repeating: UInt8(ascii: "1"), count: TextLines.longestLine + 1)
    #expect(fault(Array("1,2\n".utf8) + long) == .lineTooLong(line: 2, limit: TextLines.longestLine))
    #expect(fault(long + [0x0A]) == .lineTooLong(line: 1, limit: TextLines.longestLine))
  }
}
