import Primitives

/// An invalid gzip file.
public enum GzipFault: Error, Sendable, Equatable {
  /// The magic number is wrong.
  case wrongMagic
  /// The compression method is not deflate.
  case unknownMethod
  /// The header has unknown flags.
  case unknownFlags
  /// The file ends before the compressed data do.
  case truncated
  /// The checksum at the end of a member is wrong.
  case wrongChecksum
  /// The length at the end of a member is wrong.
  case wrongLength
  /// `count` bytes after the last member are not gzip.
  case trailingGarbage(count: Int)
  /// The compressed data are invalid; the reason is zlib's.
  case invalid(reason: String)
}

extension GzipFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .wrongMagic: "no gzip signature"
    case .unknownMethod: "unknown compression method"
    case .unknownFlags: "unknown flags in the header"
    case .truncated: "it ends too early"
    case .wrongChecksum: "the checksum is wrong"
    case .wrongLength: "the length at the end is wrong"
    case .trailingGarbage(let count): "\(count) bytes after the end are not gzip"
    case .invalid(let reason): reason.printable
    }
  }
}
