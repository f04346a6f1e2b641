import Networks
import Primitives
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct SafetensorsReaderTests {
  private func expectFault(
    _ bytes: [UInt8], _ fault: SafetensorsFault, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(throws: fault, sourceLocation: sourceLocation) { try SafetensorsFile(bytes: bytes) }
  }

  private func values(dtype: String, count: Int, data: [UInt8]) throws -> [Float] {
    let header = oneTensor(dtype: "\"\(dtype)\"", shape: "[\(count)]", offsets: "[0,\(data.count)]")
    return try SafetensorsFile(bytes: safetensors(Array(header.utf8), data: data)).tensors[0].values
  }

  // MARK: Sound files

  @Test(arguments: ["{}", " \n\t{ } \r\n", "{\"__metadata__\":{}}"])
  func emptyFilesAreSound(header: String) throws {
    #expect(try SafetensorsFile(bytes: safetensors(header)) == SafetensorsFile())
  }

  @Test func theHeaderNeedNoOrder() throws {
    let header = """
      {"b":{"data_offsets":[4,12],"shape":[2],"dtype":"F32"},"__metadata__":{"k":"v"},
       "a" : { "shape" : [ ] , "dtype" : "F32", "data_offsets" : [ 0 , 4 ] } }
      """
    let data = [Float(1), 2, 3].flatMap { LittleEndian.bytes(of: [$0]) }
    let file = try SafetensorsFile(bytes: safetensors(Array(header.utf8), data: data))
    #expect(
      file.tensors == [
        NamedTensor(name: "b", shape: [2], values: [2, 3]), NamedTensor(name: "a", shape: [], values: [1]),
      ])
    #expect(file.metadata == ["k": "v"])
  }

  @Test func tensorsWithoutElementsAreSound() throws {
    let header = """
      {"a":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]},\
      "b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},\
      "c":{"dtype":"F16","shape":[0],"data_offsets":[4,4]}}
      """
    let file = try SafetensorsFile(bytes: safetensors(header, zeros: 4))
    #expect(file.tensors.map(\.shape) == [[3, 0], [1], [0]])
    #expect(file.tensors.map(\.values) == [[], [0], []])
  }

  @Test(arguments: 0..<8)
  func anyAlignmentIsSound(spaces: Int) throws {
    let header = oneTensor() + String(repeating: " ", count: spaces)
    let bytes = safetensors(Array(header.utf8), data: LittleEndian.bytes(of: [Float(1.5)]))
    #expect(try SafetensorsFile(bytes: bytes).tensors[0].values == [1.5])
  }

  @Test func escapedNamesAreDecoded() throws {
    let name = #"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\uDE00é"#
    let file = try SafetensorsFile(bytes: safetensors(oneTensor(name), zeros: 4))
    #expect(file.tensors[0].name == "\"\\/\u{8}\u{C}\n\r\tAé€😀é")
  }

  @Test func escapedFieldNamesCount() throws {
    let header = #"{"a":{"\u0064type":"F\u00332","shape":[1],"data_offsets":[0,4]}}"#
    #expect(try SafetensorsFile(bytes: safetensors(header, zeros: 4)).tensors[0].values == [0])
  }

  @Test func theBitsOfFloatsAreKept() throws {
    let patterns: [UInt32] = [0, 0x8000_0000, 1, 0x7F7F_FFFF, 0x7F80_0000, 0x7FC0_1234, 0xFF80_0001]
    let read = try values(dtype: "F32", count: patterns.count, data: LittleEndian.bytes(of: patterns))
    #expect(read.map(\.bitPattern) == patterns)
  }

  @Test func shorterAndLongerFloatsAreConverted() throws {
    let halves: [UInt16] = [0x3C00, 0xC000, 0x0001, 0x7BFF, 0x7C00, 0x3555]
    #expect(
      try values(dtype: "F16", count: 6, data: LittleEndian.bytes(of: halves))
        == [1, -2, 0x1p-24, 65504, .infinity, 0.333251953125])
    let brainFloats: [UInt16] = [0x3F80, 0xC000, 0x7F80, 0x3EAB]
    #expect(
      try values(dtype: "BF16", count: 4, data: LittleEndian.bytes(of: brainFloats))
        == [1, -2, .infinity, 0.333984375])
    let doubles = [1, -0.1, 1e300, 0x1p-149]
    #expect(
      try values(dtype: "F64", count: 4, data: LittleEndian.bytes(of: doubles))
        == [1, -0.1, .infinity, 0x1p-149])
    #expect(try values(dtype: "F16", count: 1, data: [0x01, 0x7E])[0].isNaN)
  }

  // MARK: The length of the header

  @Test(arguments: 0..<8)
  func aCutPrefixIsFound(size: Int) {
    expectFault(Array(safetensors("{}").prefix(size)), .prefixCut(found: size))
  }

  @Test func theLengthOfTheHeaderIsChecked() {
    func file(_ length: UInt64) -> [UInt8] { LittleEndian.bytes(of: [length]) + Array("{}".utf8) }
    let limit = SafetensorsFormat.longestHeader
    expectFault(file(0), .headerEmpty)
    expectFault(file(3), .headerCut(length: 3, found: 2))
    expectFault(file(UInt64(limit)), .headerCut(length: limit, found: 2))
    for length in [UInt64(limit) + 1, 1 << 63, .max] {
      expectFault(file(length), .headerTooLong(length: length, limit: limit))
    }
    #expect(throws: Never.self) { try SafetensorsFile(bytes: file(2)) }
  }

  // MARK: The layout of the data

  @Test(arguments: ["F4", "F6_E2M3", "F8_E4M3", "BOOL", "I8", "U16", "I64", "C64"])
  func typesThatHoldNoWeightsAreNamed(dtype: String) throws {
    let bitCount = try #require(ElementType(rawValue: dtype)).bitCount
    let header = oneTensor(dtype: "\"\(dtype)\"", shape: "[8]", offsets: "[0,\(bitCount)]")
    expectFault(safetensors(header, zeros: bitCount), .notWeights(tensor: "a", elementType: dtype))
  }

  @Test func theSizeMustBeThatOfTheShape() {
    expectFault(safetensors(oneTensor(shape: "[2]"), zeros: 4), .sizeDisagrees(tensor: "a"))
    expectFault(safetensors(oneTensor(shape: "[0]"), zeros: 4), .sizeDisagrees(tensor: "a"))
    expectFault(
      safetensors(oneTensor(dtype: "\"F4\"", shape: "[3]", offsets: "[0,1]"), zeros: 1),
      .sizeDisagrees(tensor: "a"))
  }

  @Test(arguments: ["[9223372036854775807]", "[4294967296,4294967296]", "[9223372036854775807,2,0]"])
  func productsBeyond63BitsAreFound(shape: String) {
    expectFault(safetensors(oneTensor(shape: shape), zeros: 4), .sizeOverflow(tensor: "a"))
  }

  /// A file with one float for each range, under the names a, b, ….
  private func file(_ ranges: [Range<Int>], size: Int) -> [UInt8] {
    let members = zip("abcdefgh", ranges).map { name, range in
      """
      "\(name)":{"dtype":"F32","shape":[\(range.count / 4)],\
      "data_offsets":[\(range.lowerBound),\(range.upperBound)]}
      """
    }
    return safetensors("{\(members.joined(separator: ","))}", zeros: size)
  }

  @Test func theTensorsMustFillTheData() {
    expectFault(file([4..<8], size: 8), .hole(before: "a"))
    expectFault(file([8..<12, 0..<4], size: 12), .hole(before: "a"))
    expectFault(file([0..<8, 4..<12], size: 12), .overlap(tensor: "b"))
    expectFault(file([0..<4, 0..<4], size: 4), .overlap(tensor: "b"))
    expectFault(file([0..<4, 0..<4], size: 8), .overlap(tensor: "b"))
    expectFault(file([0..<8, 4..<4], size: 8), .overlap(tensor: "b"))
    expectFault(file([0..<4, 4..<12], size: 11), .dataCut(expected: 12, found: 11))
    expectFault(file([0..<4], size: 0), .dataCut(expected: 4, found: 0))
    expectFault(file([0..<4], size: 5), .dataLeftOver(expected: 4, found: 5))
    expectFault(file([], size: 1), .dataLeftOver(expected: 0, found: 1))
  }

  @Test func manyTensorsOnOneRangeAreFound() {
    let members = (0..<100_000).map { "\"\($0)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}" }
    expectFault(safetensors("{\(members.joined(separator: ","))}", zeros: 4), .overlap(tensor: "1"))
  }

  @Test func hugeSizesAllocateNothing() {
    let header = oneTensor(shape: "[250000000000000000]", offsets: "[0,1000000000000000000]")
    expectFault(safetensors(header, zeros: 4), .dataCut(expected: 1_000_000_000_000_000_000, found: 4))
  }

  // MARK: Files

  @Test func filesAreReadAndNamedInErrors() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(safetensors(oneTensor(), zeros: 4), to: "model.safetensors")
    #expect(try SafetensorsFile(path: path).tensors.map(\.name) == ["a"])
    try folder.write([1, 2], to: "model.safetensors")
    let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
    #expect(error == .invalid(path: path, .prefixCut(found: 2)))
    #expect(error?.description == "\(path): not a safetensors file: only 2 bytes")
    #expect(throws: SafetensorsError.file(.isFolder(path: folder.path))) {
      try SafetensorsFile(path: folder.path)
    }
  }
}
