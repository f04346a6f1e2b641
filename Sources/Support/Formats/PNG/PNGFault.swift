/// A fault of a PNG file, or an unsuitable size.
public enum PNGFault: Error, Sendable, Equatable {
  /// The signature is wrong.
  case notPNG
  /// The file ends within a chunk, or before the last one.
  case cut
  /// The name of a chunk is not four letters.
  case malformedChunkName
  /// The checksum of a chunk is wrong.
  case wrongChecksum(chunk: String)
  /// A chunk is in the wrong position or repeated.
  case misplaced(chunk: String)
  /// A chunk has the wrong length.
  case wrongLength(chunk: String, length: Int)
  /// A required chunk is missing.
  case missing(chunk: String)
  /// A critical chunk is unknown.
  case unknownChunk(String)
  /// Bytes after the last chunk.
  case leftOver(count: Int)
  /// The combination of bit depth and colour type is invalid.
  case unknownPixels(bitDepth: UInt8, colorType: UInt8)
  /// The method of compression, filtering or interlacing is unknown.
  case unknownMethod(String, UInt8)
  /// The image has another width and height than expected.
  case wrongSize([Int], expected: [Int])
  /// The width or the height is zero.
  case noPixels
  /// The image has more pixels than the limit.
  case tooLarge([Int], limit: Int)
  /// The compressed pixels are damaged.
  case damagedPixels
  /// The number of pixels disagrees with the size.
  case wrongPixelCount
  /// A row has an unknown filter.
  case unknownFilter(UInt8)
  /// A pixel's colour is not in the palette.
  case colorBeyondPalette(Int)
}

extension PNGFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .notPNG: "not a PNG file"
    case .cut: "the PNG ends too early"
    case .malformedChunkName: "damaged PNG: a chunk has no name"
    case .wrongChecksum(let chunk): "damaged PNG: the checksum of \(chunk) is wrong"
    case .misplaced(let chunk): "damaged PNG: \(chunk) is misplaced"
    case .wrongLength(let chunk, let length): "damaged PNG: \(chunk) cannot have \(length) bytes"
    case .missing(let chunk): "damaged PNG: \(chunk) is missing"
    case .unknownChunk(let chunk): "the PNG needs the unknown chunk \(chunk)"
    case .leftOver(let count): "\(count) bytes after the end of the PNG"
    case .unknownPixels(let bitDepth, let colorType):
      "damaged PNG: no colour type \(colorType) has \(bitDepth) bits a sample"
    case .unknownMethod(let name, let number): "the PNG has an unknown method of \(name): \(number)"
    case .wrongSize(let size, let expected):
      "a picture of \(size[0])×\(size[1]) pixels, not \(expected[0])×\(expected[1])"
    case .noPixels: "damaged PNG: its width or height is 0"
    case .tooLarge(let size, let limit):
      "a picture of \(size[0])×\(size[1]) pixels; the limit is \(limit) pixels"
    case .damagedPixels: "damaged PNG: its pixel data cannot be decompressed"
    case .wrongPixelCount: "damaged PNG: it has more or fewer pixels than it announces"
    case .unknownFilter(let filter): "damaged PNG: a row has the unknown filter \(filter)"
    case .colorBeyondPalette(let index): "damaged PNG: the palette has no colour \(index)"
    }
  }
}
