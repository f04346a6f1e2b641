import CZlib

/// The chunks of a PNG file that determine its pixels (W3C, "Portable Network Graphics", third edition).
struct PNGChunks {
  private(set) var header: PNGHeader
  /// The colours; empty without a palette.
  private(set) var palette: [PixelImage.RGB] = []
  /// The contents of the tRNS chunk.
  private(set) var transparency: [UInt8]?
  /// The compressed pixels.
  private(set) var pixels: [UInt8] = []

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Checks all chunks, including skipped ones.
  init(_ file: [UInt8]) throws(PNGFault) {
    guard file.starts(with: Self.signature) else { throw .notPNG }
    var rest = file[Self.signature.count...]
    let first = try Self.chunk(&rest)
    guard first.name == "IHDR" else { throw .missing(chunk: "IHDR") }
    header = try PNGHeader(first.contents)
    var last = first.name
    while last != "IEND" {
      let chunk = try Self.chunk(&rest)
      try handle(chunk, after: last)
      last = chunk.name
    }
    guard rest.isEmpty else { throw .leftOver(count: rest.count) }
    guard !pixels.isEmpty else { throw .missing(chunk: "IDAT") }
    if header.colorType == .palette, palette.isEmpty { throw .missing(chunk: "PLTE") }
  }

  private typealias Chunk = (name: String, contents: ArraySlice<UInt8>)

  /// Reads a chunk: length, name, contents, and the checksum of name and contents.
  private static func chunk(_ rest: inout ArraySlice<UInt8>) throws(PNGFault) -> Chunk {
    guard rest.count >= 12 else { throw .cut }
    let length = BigEndian.number(rest.prefix(4))
    guard length <= rest.count - 12 else { throw .cut }
    let checked = rest.dropFirst(4).prefix(4 + length)
    let name = checked.prefix(4)
    guard name.allSatisfy({ isUpper($0) || isUpper($0 & ~0x20) }) else { throw .malformedChunkName }
    let text = String(decoding: name, as: UTF8.self)
    let sum = checked.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    guard UInt(BigEndian.number(rest.dropFirst(8 + length).prefix(4))) == UInt(sum) else {
      throw .wrongChecksum(chunk: text)
    }
    rest = rest.dropFirst(12 + length)
    return (text, checked.dropFirst(4))
  }

  private mutating func handle(_ chunk: Chunk, after last: String) throws(PNGFault) {
    let length = chunk.contents.count
    switch chunk.name {
    case "IHDR": throw .misplaced(chunk: "IHDR")
    case "PLTE":
      guard pixels.isEmpty, palette.isEmpty, transparency == nil, header.colorType.mayHavePalette else {
        throw .misplaced(chunk: "PLTE")
      }
      let most = header.colorType == .palette ? 3 << header.bitDepth : 3 * 256
      guard length > 0, length % 3 == 0, length <= most else {
        throw .wrongLength(chunk: "PLTE", length: length)
      }
      palette = PNGChunks.colors(in: chunk.contents)
    case "tRNS":
      guard pixels.isEmpty, transparency == nil else { throw .misplaced(chunk: "tRNS") }
      let lengths =
        switch header.colorType {
        case .grey: 2...2
        case .color: 6...6
        case .palette where !palette.isEmpty: 1...palette.count
        default: throw PNGFault.misplaced(chunk: "tRNS")
        }
      guard lengths.contains(length) else { throw .wrongLength(chunk: "tRNS", length: length) }
      transparency = Array(chunk.contents)
    case "IDAT":
      guard pixels.isEmpty || last == "IDAT" else { throw .misplaced(chunk: "IDAT") }
      pixels += chunk.contents
    case "IEND":
      guard length == 0 else { throw .wrongLength(chunk: "IEND", length: length) }
    default:
      // A capital first letter marks a critical chunk.
      if Self.isUpper(chunk.name.utf8.first ?? 0) { throw .unknownChunk(chunk.name) }
    }
  }

  /// The colours in the contents of a PLTE chunk.
  static func colors(in contents: ArraySlice<UInt8>) -> [PixelImage.RGB] {
    let bytes = Array(contents)
    return stride(from: 0, to: bytes.count - bytes.count % 3, by: 3).map {
      PixelImage.RGB(bytes[$0], bytes[$0 + 1], bytes[$0 + 2])
    }
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}

/// The contents of the first chunk.
struct PNGHeader {
  /// The samples of a pixel.
  enum ColorType: UInt8 {
    case grey = 0
    case color = 2
    case palette = 3
    case greyAlpha = 4
    case colorAlpha = 6

    var samples: Int {
      switch self {
      case .grey, .palette: 1
      case .greyAlpha: 2
      case .color: 3
      case .colorAlpha: 4
      }
    }

    var mayHavePalette: Bool { self == .palette || self == .color || self == .colorAlpha }

    var bitDepths: [UInt8] {
      switch self {
      case .grey: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .color, .greyAlpha, .colorAlpha: [8, 16]
      }
    }
  }

  let width, height: Int
  /// The number of bits per sample.
  let bitDepth: Int
  let colorType: ColorType
  let isInterlaced: Bool

  init(_ contents: ArraySlice<UInt8>) throws(PNGFault) {
    guard contents.count == 13 else { throw .wrongLength(chunk: "IHDR", length: contents.count) }
    let bytes = Array(contents)
    (width, height) = (BigEndian.number(bytes[0..<4]), BigEndian.number(bytes[4..<8]))
    guard let colorType = ColorType(rawValue: bytes[9]), colorType.bitDepths.contains(bytes[8]) else {
      throw .unknownPixels(bitDepth: bytes[8], colorType: bytes[9])
    }
    self.colorType = colorType
    bitDepth = Int(bytes[8])
    guard bytes[10] == 0 else { throw .unknownMethod("compression", bytes[10]) }
    guard bytes[11] == 0 else { throw .unknownMethod("filtering", bytes[11]) }
    guard bytes[12] <= 1 else { throw .unknownMethod("interlacing", bytes[12]) }
    isInterlaced = bytes[12] == 1
  }

  var bitsPerPixel: Int { bitDepth * colorType.samples }
}
