/// A reader of PGM and PPM files, in text (P2, P3) or binary (P5, P6), as grey or RGB bytes.
///
/// Samples are scaled by the file's largest value, rounded: of 15, 7 becomes 119.
public enum PNMReader {
  /// Decodes `file` at its own size.
  ///
  /// - Throws: `PNMFault.tooLarge` for more pixels than `pixelLimit`, before memory is allocated for them.
  public static func image(_ file: [UInt8], pixelLimit: Int) throws(PNMFault) -> PixelImage {
    var text = PNMText(file)
    let header = try PNMHeader(&text)
    guard header.width <= pixelLimit / header.height else {
      throw .tooLarge([header.width, header.height], limit: pixelLimit)
    }
    let count = header.width * header.height * header.channels
    let samples =
      header.isText
      ? try plainSamples(count, &text, header: header)
      : try binarySamples(count, in: file, from: text.position, header: header)
    return PixelImage(
      width: header.width, height: header.height, colors: header.channels == 1 ? .grey : .rgb, bytes: samples)
  }

  /// The size and kind of a picture, from the first bytes of its file.
  static func header(_ bytes: [UInt8]) throws(PNMFault) -> PictureHeader {
    var text = PNMText(bytes)
    let header = try PNMHeader(&text)
    return PictureHeader(width: header.width, height: header.height, channels: header.channels)
  }

  private static func plainSamples(
    _ count: Int, _ text: inout PNMText, header: PNMHeader
  ) throws(PNMFault) -> [UInt8] {
    var samples: [UInt8] = []
    // Each sample needs a digit and a space.
    guard count <= text.left else { throw .cut(expected: count, found: nil) }
    samples.reserveCapacity(count)
    while samples.count < count {
      guard let number = try text.number("a pixel") else { throw .cut(expected: count, found: samples.count) }
      guard number <= header.largest else { throw .beyondLargest(number, largest: header.largest) }
      samples.append(header.scaled(number))
    }
    guard try text.number("a pixel") == nil else { throw .leftOver }
    return samples
  }

  private static func binarySamples(
    _ count: Int, in file: [UInt8], from start: Int, header: PNMHeader
  ) throws(PNMFault) -> [UInt8] {
    let width = header.largest > 255 ? 2 : 1
    guard file.count - start >= count * width else {
      throw .cut(expected: count * width, found: file.count - start)
    }
    let end = start + count * width
    guard file[end...].allSatisfy(PNMText.isSpace) else { throw .leftOver }
    if header.largest == 255 { return Array(file[start..<end]) }
    var samples: [UInt8] = []
    samples.reserveCapacity(count)
    for place in stride(from: start, to: end, by: width) {
      let sample = width == 1 ? Int(file[place]) : Int(file[place]) << 8 | Int(file[place + 1])
      guard sample <= header.largest else { throw .beyondLargest(sample, largest: header.largest) }
      samples.append(header.scaled(sample))
    }
    return samples
  }
}

/// The header of a PGM or PPM file.
private struct PNMHeader {
  let isText: Bool
  let channels: Int
  let width, height: Int
  /// The largest value that a sample may have.
  let largest: Int

  init(_ text: inout PNMText) throws(PNMFault) {
    switch text.magic {
    case "P2": (isText, channels) = (true, 1)
    case "P3": (isText, channels) = (true, 3)
    case "P5": (isText, channels) = (false, 1)
    case "P6": (isText, channels) = (false, 3)
    case "P1", "P4": throw .otherKind("a bitmap (PBM)")
    case "P7": throw .otherKind("PAM")
    default: throw .notPNM
    }
    width = try Self.number("the width", &text)
    height = try Self.number("the height", &text)
    largest = try Self.number("the largest value", &text)
    guard largest <= 65535 else { throw .wrongLargest(largest) }
    guard isText || text.skipOneSpace() else { throw .malformed("the largest value") }
  }

  private static func number(_ name: String, _ text: inout PNMText) throws(PNMFault) -> Int {
    guard let number = try text.number(name) else { throw .malformed(name) }
    guard number > 0 else { throw .zero(name) }
    return number
  }

  func scaled(_ sample: Int) -> UInt8 { UInt8((sample * 255 + largest / 2) / largest) }
}

/// The numbers at the beginning of a file, between white space and comments.
private struct PNMText {
  private let bytes: [UInt8]
  private(set) var position = 2

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var magic: String { String(decoding: bytes.prefix(2), as: UTF8.self) }

  /// The number of bytes after the position.
  var left: Int { max(0, bytes.count - position) }

  /// The next number; nil at the end.
  mutating func number(_ name: String) throws(PNMFault) -> Int? {
    skipSpaceAndComments()
    guard position < bytes.count else { return nil }
    let start = position
    var value = 0
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      position += 1
      guard value <= Int32.max else { throw .malformed(name) }
    }
    let isEnded = position == bytes.count || Self.isSpace(bytes[position]) || bytes[position] == Self.comment
    guard position > start, isEnded else { throw .malformed(name) }
    return value
  }

  /// Skips the one byte of white space between header and pixels.
  mutating func skipOneSpace() -> Bool {
    guard position < bytes.count, Self.isSpace(bytes[position]) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpaceAndComments() {
    var isComment = false
    while position < bytes.count,
      isComment || Self.isSpace(bytes[position]) || bytes[position] == Self.comment
    {
      if bytes[position] == Self.comment { isComment = true }
      if Self.lineEnds.contains(bytes[position]) { isComment = false }
      position += 1
    }
  }

  private static let comment = UInt8(ascii: "#")
  private static let lineEnds: [UInt8] = [0x0A, 0x0D]

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
