import Primitives
import TestSupport
import Testing

@testable import Formats

extension NumPyBytes {
  static func rows(_ file: [UInt8]) throws(FormatError<NumPyFault>) -> NumPyRows {
    try NumPyRows(ByteStream(file, path: "a.npy"))
  }

  /// The fault of a file, which has one.
  static func fault(_ file: [UInt8]) throws -> NumPyFault? {
    do {
      let rows = try rows(file)
      _ = try rows.read(upTo: rows.count)
      return nil
    } catch .invalid(let path, let fault) {
      #expect(path == "a.npy")
      return fault
    }
  }
}

@Suite struct NumPyTests {
  private typealias File = NumPyBytes

  @Test(arguments: [
    ("|u1", [7, 255] as [UInt8], [7, 255] as [Float]), ("<f2", [0, 0x3C, 0, 0xC0], [1, -2]),
    (">f2", [0x3C, 0, 0xC0, 0], [1, -2]), ("<f4", [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], [1, -2]),
    (">f4", [0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0], [1, -2]), ("<u1", [1, 2], [1, 2]), (">u1", [1, 2], [1, 2]),
    ("<f8", [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0], [1, -2]),
    (">f8", [0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0], [1, -2]),
    ("|b1", [0, 2], [0, 1]), ("|i1", [0xFE, 3], [-2, 3]), ("<u2", [1, 2, 3, 4], [513, 1027]),
    (">u2", [1, 2, 3, 4], [258, 772]), ("<i2", [0xFE, 0xFF, 1, 0], [-2, 1]),
    (">i2", [0xFF, 0xFE, 0, 1], [-2, 1]), ("<u4", [1, 0, 0, 0, 0, 0, 0, 0x80], [1, 2_147_483_648]),
    (">u4", [0, 0, 0, 1, 0x80, 0, 0, 0], [1, 2_147_483_648]),
    ("<i4", [1, 0, 0, 0, 0, 0, 0, 0x80], [1, -2_147_483_648]),
    (">i4", [0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFE], [1, -2]),
    ("<u8", [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0], [1, 256]),
    (">u8", [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 256]),
    ("<i8", [1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 255, 255, 255, 255, 255, 255, 255], [1, -2]),
    (">i8", [0, 0, 0, 0, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 0xFE], [1, -2]),
  ]) func everyTypeIsRead(type: String, elements: [UInt8], numbers: [Float]) throws {
    let rows = try File.rows(File.file(File.header(type, "(2,)"), elements))
    #expect(rows.count == 2 && rows.width == 1)
    #expect(try rows.read(upTo: 9) == numbers)
    #expect(try rows.read(upTo: 9) == [])
  }

  @Test(arguments: [[1, 0], [2, 0], [3, 0]] as [[UInt8]]) func everyVersionIsRead(version: [UInt8]) throws {
    let file = File.file(File.header("|u1", "(3,)"), version: version, [1, 2, 3])
    #expect(try File.rows(file).read(upTo: 3) == [1, 2, 3])
  }

  @Test(arguments: [
    "{\"shape\":(3,),\"descr\":\"|u1\",\"fortran_order\":False}",
    " {'shape' : ( 3 , ) , 'fortran_order':\tFalse , 'descr': '|u1',\n}  \n",
  ]) func theHeaderNeedNoOrder(text: String) throws {
    #expect(try File.rows(File.file(text, [1, 2, 3])).read(upTo: 3) == [1, 2, 3])
  }

  @Test func filesRoundTrip() throws {
    for shape in [[], [3], [2, 28, 28], [0, 4]] {
      let header = NumPyHeader(shape: shape)
      #expect(header.encoded.count % 64 == 0)
      #expect(try NumPyHeader.read(ByteStream(header.encoded, path: "")) == (header, header.encoded.count))
    }
    #expect(try File.rows(NumPyHeader(shape: []).encoded + [0, 0, 0x80, 0x3F]).read(upTo: 1) == [1])
  }

  @Test func longIntegersOfPython2AreRead() throws {
    #expect(try File.rows(File.file(File.header("|u1", "(2L, 1L)"), [1, 2])).header.shape == [2, 1])
    #expect(try File.fault(File.file(File.header("|u1", "(2LL,)"), [1, 2])) != nil)
  }

  @Test func integersAreExact() {
    let bits = Double(bitPattern: 0x7FF8_0000_0000_0000).bitPattern
    let bytes = withUnsafeBytes(of: bits.littleEndian) { Array($0) }
    #expect(NumPyType(.float64).integers(in: bytes) == [nil])
    #expect(NumPyType(.uint64).integers(in: [255, 255, 255, 255, 255, 255, 255, 255]) == [nil])
    #expect(NumPyType(.int64, isBigEndian: true).integers(in: [0, 0, 0, 0, 0, 0, 0, 26]) == [26])
    #expect(NumPyType(.float32).integers(in: [0, 0, 0, 0x3F, 0, 0, 0x40, 0x40]) == [nil, 3])
  }

  @Test func rowsComeInPieces() throws {
    let rows = try File.rows(File.file(File.header("|u1", "(3, 2)"), [1, 2, 3, 4, 5, 6]))
    #expect(try rows.read(upTo: 2) == [1, 2, 3, 4])
    #expect(try rows.read(upTo: 2) == [5, 6])
    #expect(try rows.read(upTo: 2) == [])
  }

  @Test func fortranOrderIsConverted() throws {
    let file = File.file(File.header("|u1", "(2, 2, 3)", fortran: "True"), Array(1...12))
    let rows = try File.rows(file)
    #expect(try rows.read(upTo: 1) == [1, 5, 9, 3, 7, 11])
    #expect(try rows.read(upTo: 1) == [2, 6, 10, 4, 8, 12])
    let one = try File.rows(File.file(File.header("|u1", "(2, 3)", fortran: "True"), Array(1...6)))
    one.treatAsOneRow()
    #expect(try one.read(upTo: 1) == [1, 3, 5, 2, 4, 6])
    let wide = try File.rows(
      File.file(File.header("<u2", "(2, 1, 1, 2)", fortran: "True"), [1, 0, 2, 0, 3, 0, 4, 1]))
    #expect(try wide.read(upTo: 2) == [1, 3, 2, 260])
    let empty = File.header("|u1", "(5, 1000000000000, 0)", fortran: "True")
    #expect(try File.fault(File.file(empty)) == nil)
  }

  @Test func otherFilesAreNotNumPyFiles() throws {
    for bytes in [[], Array("plain text".utf8), [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x58, 1, 0]] as [[UInt8]] {
      #expect(try File.fault(bytes) == .notNumPy)
    }
    for version in [[0, 0], [4, 0], [1, 1]] as [[UInt8]] {
      let fault = try File.fault(File.file("{}", version: version))
      #expect(fault == .unknownVersion(major: version[0], minor: version[1]))
    }
  }

  @Test func everyCutIsFound() throws {
    let file = File.file(File.header("<f4", "(2,)"), [UInt8](repeating: 0, count: 8))
    let headerEnd = file.count - 8
    for size in 1..<file.count {
      let fault = try #require(try File.fault(Array(file[..<size])))
      switch fault {
      case .headerCut: #expect(size < headerEnd)
      case .elementsCut(let expected, let found):
        #expect(size >= headerEnd && expected == 8 && found == size - headerEnd)
      default: Issue.record("\(size) bytes: \(fault)")
      }
    }
    #expect(try File.fault(file + [0]) == .elementsLeftOver(expected: 8))
    let turned = File.file(File.header("<f4", "(2, 1)", fortran: "True"), [UInt8](repeating: 0, count: 9))
    #expect(try File.fault(turned) == .elementsLeftOver(expected: 8))
    #expect(try File.fault(File.file(File.header("<f4", "(0,)"), [0])) == .elementsLeftOver(expected: 0))
  }

  @Test func aLongHeaderIsRefused() throws {
    let limit = NumPyHeader.longestText
    let padding = String(repeating: " ", count: limit)
    #expect(
      try File.fault(File.file(File.header("|u1", "(1,)") + padding, [1]))
        == .headerTooLong(length: File.header("|u1", "(1,)").utf8.count + limit, limit: limit))
    let huge = NumPyHeader.magic + [2, 0, 255, 255, 255, 255]
    #expect(try File.fault(huge) == .headerTooLong(length: 0xFFFF_FFFF, limit: limit))
  }

  @Test(arguments: [
    "", "{", "[]", "{}x", "{'descr'}", "{'descr': '|u1'", "{'descr': '|u1' 'shape': (1,)}", "{'descr: 1}",
    "{'descr': '\\x'}", "{'descr': '\u{7F}'}", "{'descr': '|u1', , }", "{'fortran_order': 0}",
    "{'shape': (3)}", "{'shape': [3]}", "{'shape': (-1,)}", "{'shape': (01,)}", "{'shape': (1.0,)}",
    "{'shape': (1,,)}", "{'shape': (,)}", "{'shape': (1 2)}", "{'shape': (True,)}", "{'descr': u'|u1'}",
  ]) func malformedHeaders(text: String) throws {
    guard case .malformedHeader = try File.fault(File.file(text)) else {
      Issue.record("\(text): \(String(describing: try File.fault(File.file(text))))")
      return
    }
  }

  @Test func keysMustBeThoseThree() throws {
    let type = "'descr': '|u1', ", order = "'fortran_order': False, ", shape = "'shape': (1,), "
    #expect(try File.fault(File.file("{\(order)\(shape)}")) == .missingKey("descr"))
    #expect(try File.fault(File.file("{\(type)\(shape)}")) == .missingKey("fortran_order"))
    #expect(try File.fault(File.file("{\(type)\(order)}")) == .missingKey("shape"))
    #expect(try File.fault(File.file("{\(type)\(type)")) == .duplicateKey("descr"))
    #expect(try File.fault(File.file("{\(order)\(order)")) == .duplicateKey("fortran_order"))
    #expect(try File.fault(File.file("{\(shape)\(shape)")) == .duplicateKey("shape"))
    #expect(try File.fault(File.file("{'order': 1}")) == .unknownKey("order"))
  }

  @Test(arguments: ["|O", "<i16", "<f16", "|T16", "<U5", "f4", "=f4", "|f4", "|i4", "<c8", "<M8[s]", "", "<"])
  func typesThatAreNotReadAreNamed(type: String) throws {
    #expect(try File.fault(File.file(File.header(type, "(1,)"))) == .unknownType(type))
  }

  @Test func structuresAreNotRead() throws {
    #expect(try File.fault(File.file("{'descr': [('a', '<f4')]}")) == .unknownType("structure"))
  }

  @Test(arguments: [
    "(9223372036854775808,)", "(9223372036854775807,)", "(4294967296, 4294967296)",
    "(9223372036854775807, 2, 0)", "(\(String(repeating: "1, ", count: 65)))",
  ]) func hugeShapesAreRefused(shape: String) throws {
    #expect(try File.fault(File.file(File.header("<f8", shape))) == .shapeTooLarge)
  }

  @Test func hugeSizesAllocateNothing() throws {
    let most = "(1000000000000,)"
    #expect(
      try File.fault(File.file(File.header("<f8", most), [1]))
        == .elementsCut(expected: 8_000_000_000_000, found: 1))
    let turned = File.header("<f8", "(1000000000000, 2)", fortran: "True")
    #expect(
      try File.fault(File.file(turned))
        == .tooLargeForFortranOrder(bytes: 16_000_000_000_000, limit: 1 << 30))
  }
}
