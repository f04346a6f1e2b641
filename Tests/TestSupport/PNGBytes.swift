import CZlib

/// PNG files as bytes, sound ones unless told otherwise.
public enum PNGBytes {
  /// The first bytes.
  public static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The low 32 bits of a number.
  public static func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// A chunk with its checksum, or another one.
  public static func chunk(_ name: String, _ contents: [UInt8] = [], checksum: UInt32? = nil) -> [UInt8] {
    let checked = Array(name.utf8) + contents
    let sum = checksum ?? UInt32(truncatingIfNeeded: crc32(0, checked, UInt32(checked.count)))
    return bigEndian(contents.count) + checked + bigEndian(Int(sum))
  }

  /// The chunk of the header.
  public static func header(
    _ colorType: UInt8, _ bitDepth: UInt8, width: Int = 28, height: Int = 28, methods: [UInt8] = [0, 0, 0]
  ) -> [UInt8] {
    chunk("IHDR", bigEndian(width) + bigEndian(height) + [bitDepth, colorType] + methods)
  }

  /// Compresses to the format of zlib.
  public static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var length = compressBound(UInt(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(length))
    compress2(&result, &length, bytes, UInt(bytes.count), 6)
    return Array(result[..<Int(length)])
  }

  /// A file of a header, chunks between it and the pixels, and the pixels.
  public static func file(_ header: [UInt8], _ between: [UInt8] = [], lines: [UInt8]) -> [UInt8] {
    signature + header + between + chunk("IDAT", deflated(lines)) + chunk("IEND")
  }

  /// 28 rows of `bytes` bytes each, all with one filter.
  public static func lines(_ bytes: Int, filter: UInt8 = 0, _ value: (_ row: Int, _ index: Int) -> UInt8)
    -> [UInt8]
  {
    (0..<28).flatMap { row in [filter] + (0..<bytes).map { value(row, $0) } }
  }

  /// A grey file of 8 bits whose pixels are `pixel`.
  public static func grey(_ pixel: (Int, Int) -> UInt8 = { UInt8(truncatingIfNeeded: $0 * 9 + $1) })
    -> [UInt8]
  {
    file(header(0, 8), lines: lines(28, pixel))
  }
}
