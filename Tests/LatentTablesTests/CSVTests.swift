import Coordinates
import Formats
import Networks
import Primitives
import Testing

@testable import LatentTables

@Suite struct CSVTests {
  private let columns = LatentColumns(CoordinateSchema(typed: [.rotation], freeCount: 2))

  private func read(_ text: String) throws(ExchangeError) -> [Float] {
    let reader = try CSVLatentReader(columns: columns) { ByteStream(Array(text.utf8), path: "a.csv") }
    let numbers = try reader.read(upTo: 100)
    #expect(numbers.count == reader.count * columns.count)
    return numbers
  }

  /// The line and the fault of a text, which has one.
  private func fault(_ text: String) throws -> (line: Int, fault: LatentTableFault)? {
    do {
      _ = try read(text)
      return nil
    } catch .csv(let path, let line, let fault) {
      #expect(path == "a.csv")
      return (line, fault)
    }
  }

  @Test(arguments: [
    "rotation,z1,z2\n45,1,-2\n", "rotation,z1,z2\n45,1,-2", "rotation,z1,z2\r\n45,1,-2\r\n",
    "z2,rotation,z1\n-2,45,1\n", " rotation , z1,\tz2\n 45 , 1, -2\n",
    "\"rotation\",\"z1\",z2\n\"45\", \"1\" ,-2\n",
    "\u{FEFF}rotation,z1,z2\n4.5e1,+1.0,-2E0\n", "\n\nrotation,z1,z2\n\n  \n45,1,-2\n\n",
  ]) func soundTextsAreRead(text: String) throws {
    #expect(try read(text) == [45, 1, -2])
  }

  @Test func filesRoundTripBitForBit() throws {
    let patterns: [UInt32] = [0, 0x8000_0000, 1, 0x0080_0000, 0x3F80_0001, 0x4974_23FF, 0xC974_23FF]
    let numbers: [Float] = [0.1, 1 / 3, -179.99998, 1e-30, 1e6]
    let values = patterns.map { Float(bitPattern: $0) } + numbers
    let sink = MemorySink()
    let writer = try CSVLatentWriter(columns, to: sink)
    try writer.write(values)
    #expect(try read(sink.text).map(\.bitPattern) == values.map(\.bitPattern))
    #expect(sink.text.hasPrefix("rotation,z1,z2\n"))
  }

  @Test func rowsComeInPieces() throws {
    let text = "rotation,z1,z2\n" + (0..<5).map { "\($0),1,2\n" }.joined()
    let reader = try CSVLatentReader(columns: columns) { ByteStream(Array(text.utf8), path: "") }
    #expect(reader.count == 5)
    #expect(try reader.read(upTo: 2) == [0, 1, 2, 1, 1, 2])
    #expect(try reader.read(upTo: 2) == [2, 1, 2, 3, 1, 2])
    #expect(try reader.read(upTo: 2) == [4, 1, 2])
    #expect(try reader.read(upTo: 2) == [])
  }

  /// The announced count would be wrong.
  @Test func aFileThatChangesWhileItIsReadIsFound() {
    for (first, second) in [(1, 2), (2, 1)] {
      var rows = [first, second]
      #expect(throws: ExchangeError.changed(path: "")) {
        let reader = try CSVLatentReader(columns: columns) {
          let text = "rotation,z1,z2\n" + String(repeating: "1,2,3\n", count: rows.removeFirst())
          return ByteStream(Array(text.utf8), path: "")
        }
        _ = try reader.read(upTo: 9)
      }
    }
  }

  @Test func textsWithoutRowsAreRefused() {
    for text in ["", "\n\n", "rotation,z1,z2\n", "rotation,z1,z2\n\n"] {
      #expect(throws: ExchangeError.empty(path: "a.csv")) { try read(text) }
    }
  }

  @Test func theFirstLineMustNameTheColumns() throws {
    let known = ["rotation", "z1", "z2"]
    #expect(try fault("45,1,2\n")! == (1, .noHeader))
    #expect(try fault("rotation,z1,z3\n")! == (1, .unknownColumn("z3", known: known)))
    #expect(try fault(",rotation,z1,z2\n0,1,2,3")! == (1, .unknownColumn("", known: known)))
    #expect(try fault("Rotation,z1,z2\n")! == (1, .unknownColumn("Rotation", known: known)))
    #expect(try fault("rotation,z1,z1\n")! == (1, .duplicateColumn("z1")))
    #expect(try fault("\nrotation,z2\n")! == (2, .missingColumn("z1")))
  }

  @Test func everyLineMustHaveAllFields() throws {
    #expect(try fault("rotation,z1,z2\n1,2\n")! == (2, .fieldCount(2, expected: 3)))
    #expect(try fault("rotation,z1,z2\n1,2,3\n\n1,2,3,\n")! == (4, .fieldCount(4, expected: 3)))
  }

  @Test(arguments: ["", "x", "nan", "inf", "0x1p3", "1 2", "1,", "1_000", "--1", "1e", "٣", "\u{1B}[2J"])
  func fieldsMustBeNumbers(field: String) throws {
    let text = "rotation,z1,z2\n1,\"\(field)\",3\n"
    #expect(try fault(text)! == (2, .notANumber(field, column: "z1")))
  }

  @Test(arguments: ["1e39", "-1e39", "1000001"]) func valuesMustBePossible(field: String) throws {
    #expect(try fault("rotation,z1,z2\n1,2,\(field)\n")! == (2, .valueOutOfRange(field, column: "z2")))
  }

  @Test func aScaleMustBePositive() {
    let columns = LatentColumns(
      CoordinateSchema(typed: [.scale(from: 0.5, to: 2), .shiftX(pixels: 3)], freeCount: 1))
    #expect(columns.names == ["scale", "shift-x", "z1"])
    #expect(
      !columns.accepts(0, column: 0) && !columns.accepts(-1, column: 0) && columns.accepts(1, column: 0))
    #expect(columns.accepts(0, column: 1) && columns.accepts(-1, column: 2))
    #expect(!columns.accepts(.nan, column: 1) && !columns.accepts(.infinity, column: 2))
  }

  @Test func shearsAreNumbersAsTheyAre() {
    let columns = LatentColumns(
      CoordinateSchema(typed: [.rotation, .shear(limit: 0.5)], freeCount: 1))
    #expect(columns.names == ["rotation", "shear", "z1"])
    let point = LatentPoint(values: [.pi / 2, -0.25], latents: [3])
    #expect(columns.row(of: point) == [90, -0.25, 3])
    #expect(columns.latentPoint(of: [90, -0.25, 3]) == point)
    #expect(columns.accepts(0, column: 1) && columns.accepts(-2, column: 1))
  }

  @Test(arguments: ["\"1,2,3", "\"1\"x,2,3", "\"1\"\"\",2,3"]) func quotesMustEnd(line: String) throws {
    #expect(try fault("rotation,z1,z2\n\(line)\n")! == (2, .text(.malformedQuotes)))
  }

  @Test func longLinesAreRefused() throws {
    let long = String(repeating: "1", count: CSVLines.longestLine + 1)
    for end in ["", "\n", "\n1,2,3\n"] {
      #expect(
        try fault("rotation,z1,z2\n\(long)\(end)")! == (2, .text(.lineTooLong(limit: CSVLines.longestLine))))
    }
    #expect(try fault(long)! == (1, .text(.lineTooLong(limit: CSVLines.longestLine))))
  }

  @Test func binaryFilesAreRefused() throws {
    let bytes = Array("rotation,z1,z2\n".utf8) + [0xFF, 0x2C, 0, 0x2C, 0x31, 0x0A]
    #expect(throws: ExchangeError.csv(path: "", line: 2, .notANumber("\u{FFFD}", column: "rotation"))) {
      let reader = try CSVLatentReader(columns: columns) { ByteStream(bytes, path: "") }
      _ = try reader.read(upTo: 1)
    }
  }

  @Test func messagesArePrintable() {
    let faults: [LatentTableFault] = [
      .unknownColumn("\u{1B}[2J", known: ["z1"]), .notANumber("\u{1B}", column: "z1"),
      .valueOutOfRange("\u{7}", column: "z1"),
      .duplicateColumn("\u{1B}"),
    ]
    for fault in faults {
      let sentence = ExchangeError.csv(path: "\u{1B}a", line: 1, fault).description
      #expect(sentence == sentence.printable)
    }
  }
}

/// Takes what is written into memory.
final class MemorySink: ByteSink {
  private(set) var bytes: [UInt8] = []
  func write(_ bytes: [UInt8]) { self.bytes += bytes }
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
