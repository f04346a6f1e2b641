/// What is wrong with a PNG file, or why it is no image for a network.
public enum PNGFault: Error, Sendable, Equatable {
  /// It does not start as PNG does.
  case notPNG
  /// The file ends within a chunk, or before the last one.
  case cut
  /// The name of a chunk is not four letters.
  case malformedChunkName
  /// The contents of a chunk do not have the checksum that stands behind them.
  case wrongChecksum(chunk: String)
  /// A chunk is where it must not be, is there twice, or is not as long as it must be.
  case misplaced(chunk: String)
  /// A chunk of another length than it must have.
  case wrongLength(chunk: String, length: Int)
  /// A chunk that is needed is missing.
  case missing(chunk: String)
  /// A chunk that must not be passed over and that nobody knows.
  case unknownChunk(String)
  /// Bytes after the last chunk.
  case leftOver(count: Int)
  /// No picture has samples of this many bits with this colour type.
  case unknownPixels(bitDepth: UInt8, colorType: UInt8)
  /// A method of compression, filtering or interlacing that nobody knows.
  case unknownMethod(String, UInt8)
  /// The picture does not have 28×28 pixels.
  case wrongSize(width: Int, height: Int)
  /// The compressed pixels are damaged.
  case damagedPixels
  /// The compressed pixels are fewer or more than the picture has.
  case wrongPixelCount
  /// A row has a filter that nobody knows.
  case unknownFilter(UInt8)
  /// A pixel has a colour that the palette lacks.
  case colorBeyondPalette(Int)
}

extension PNGFault: CustomStringConvertible {
  /// The fault in a few words for people.
  public var description: String {
    switch self {
    case .notPNG: "not a PNG file"
    case .cut: "the PNG ends too early"
    case .malformedChunkName: "damaged PNG: a chunk has no name"
    case .wrongChecksum(let chunk): "damaged PNG: the checksum of \(chunk) is wrong"
    case .misplaced(let chunk): "damaged PNG: \(chunk) is where it must not be"
    case .wrongLength(let chunk, let length): "damaged PNG: \(chunk) cannot have \(length) bytes"
    case .missing(let chunk): "damaged PNG: there is no \(chunk)"
    case .unknownChunk(let chunk): "the PNG needs what is not known: \(chunk)"
    case .leftOver(let count): "\(count) bytes after the end of the PNG"
    case .unknownPixels(let bitDepth, let colorType):
      "damaged PNG: no colour type \(colorType) has \(bitDepth) bits a sample"
    case .unknownMethod(let name, let number): "the PNG has an unknown method of \(name): \(number)"
    case .wrongSize(let width, let height): "a picture of \(width)×\(height) pixels, not 28×28"
    case .damagedPixels: "damaged PNG: its pixels do not inflate"
    case .wrongPixelCount: "damaged PNG: it has more or fewer pixels than it announces"
    case .unknownFilter(let filter): "damaged PNG: a row has the unknown filter \(filter)"
    case .colorBeyondPalette(let index): "damaged PNG: the palette has no colour \(index)"
    }
  }
}
