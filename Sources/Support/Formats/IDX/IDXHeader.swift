import Primitives

/// The header of an IDX file.
public enum IDXHeader {
  static let bytesType: UInt8 = 8

  /// The element types, all with the most significant byte first.
  private static let types: [UInt8: NumPyType.Kind] = [
    bytesType: .uint8, 9: .int8, 0xB: .int16, 0xC: .int32, 0xD: .float32, 0xE: .float64,
  ]

  /// The bytes before elements that are unsigned bytes.
  public static func encode(_ dimensions: [Int]) -> [UInt8] {
    [0, 0, bytesType, UInt8(dimensions.count)] + dimensions.flatMap(BigEndian.bytes)
  }

  /// Reads a header.
  ///
  /// - Parameter rowShape: The dimensions after the first of unsigned bytes; nil for any array.
  static func read(
    _ contents: IDXContents, rowShape: [Int]?, limit: Int
  ) throws(FormatError<IDXFault>) -> NumPyHeader {
    let expected = 4 + 4 * (1 + (rowShape?.count ?? 0))
    let magic = try contents.read(upTo: 4)
    guard magic.count == 4 else { throw contents.fail(.headerCut(expected: expected, found: magic.count)) }
    guard !contents.isCompressed || !magic.starts(with: [0x1F, 0x8B]) else { throw contents.fail(.gzipTwice) }
    guard magic[0] == 0 && magic[1] == 0 else {
      throw contents.fail(.notIDX(firstBytes: Array(magic[..<2])))
    }
    guard let kind = types[magic[2]], rowShape == nil || magic[2] == bytesType else {
      throw contents.fail(rowShape == nil ? .unknownElementType(magic[2]) : .wrongElementType(magic[2]))
    }
    let dimensionCount = Int(magic[3])
    if let rowShape {
      guard dimensionCount == 1 + rowShape.count else {
        throw contents.fail(.wrongDimensionCount(expected: 1 + rowShape.count, found: dimensionCount))
      }
    } else if !(1...4).contains(dimensionCount) {
      throw contents.fail(.unsupportedDimensionCount(dimensionCount))
    }
    let dimensions = try dimensions(contents, count: dimensionCount)
    try check(dimensions, rowShape: rowShape, limit: limit, contents)
    return NumPyHeader(type: NumPyType(kind, isBigEndian: true), shape: dimensions)
  }

  private static func dimensions(
    _ contents: IDXContents, count: Int
  ) throws(FormatError<IDXFault>) -> [Int] {
    let extents = try contents.read(upTo: 4 * count)
    guard extents.count == 4 * count else {
      throw contents.fail(.headerCut(expected: 4 + 4 * count, found: 4 + extents.count))
    }
    return stride(from: 0, to: extents.count, by: 4).map { BigEndian.number(extents[$0..<$0 + 4]) }
  }

  private static func check(
    _ dimensions: [Int], rowShape: [Int]?, limit: Int, _ contents: IDXContents
  ) throws(FormatError<IDXFault>) {
    guard dimensions[0] > 0 else { throw contents.fail(.empty) }
    guard dimensions[0] <= limit else {
      throw contents.fail(.tooMany(count: dimensions[0], limit: limit))
    }
    let row = Array(dimensions.dropFirst())
    if let rowShape {
      guard row == rowShape else { throw contents.fail(.wrongImageSize(row, expected: rowShape)) }
    } else if row.contains(0) {
      throw contents.fail(.empty)
    } else if NumPyHeader(type: NumPyType(.float64), shape: dimensions).sizes == nil {
      throw contents.fail(.tooLarge(dimensions))
    }
  }
}
