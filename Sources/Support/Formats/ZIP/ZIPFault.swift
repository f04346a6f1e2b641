import Primitives

/// A fault of a ZIP archive or of one of its members.
public enum ZIPFault: Error, Sendable, Equatable {
  /// There is no end record whose comment ends the file.
  case noEndRecord
  /// The archive continues on other disks.
  case severalDisks
  /// The 64-bit end record is missing, cut, or differs from the 32-bit one.
  case badZIP64EndRecord
  /// The central directory is not before the end record.
  case directoryOutsideFile
  /// The central directory is larger than the limit.
  case directoryTooLarge(bytes: Int, limit: Int)
  /// The central directory does not consist of the announced entries.
  case malformedDirectory(offset: Int)
  /// Two members have the same name.
  case duplicateName(String)
  /// The member is not before the central directory.
  case memberOutsideFile(String)
  /// There is no local header at the member's offset.
  case noLocalHeader(String)
  /// The local header has another name or method than the central directory.
  case headersDiffer(String)
  /// The bytes of two members overlap.
  case overlap(String, String)
  /// The member is encrypted.
  case encrypted(String)
  /// The member is compressed by another method than deflate.
  case unsupportedMethod(String, method: Int)
  /// The sizes of a stored member differ.
  case storedSizesDiffer(String, packed: Int, unpacked: Int)
  /// The member has fewer bytes than announced.
  case memberTooShort(String, expected: Int, found: Int)
  /// The member has more bytes than announced.
  case memberTooLong(String, expected: Int)
  /// The checksum of the member is wrong.
  case wrongChecksum(String)
  /// The compressed data of the member are invalid; the reason is zlib's.
  case damaged(String, reason: String)
}

extension ZIPFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .noEndRecord: "not a ZIP archive, or cut: there is no end record"
    case .severalDisks: "an archive of several disks is not supported"
    case .badZIP64EndRecord: "the 64-bit end record is missing, cut or contradicts the other one"
    case .directoryOutsideFile: "the directory is outside the file"
    case .directoryTooLarge(let bytes, let limit):
      "the directory has \(bytes) bytes; the limit is \(limit)"
    case .malformedDirectory(let offset): "the directory is malformed at its byte \(offset)"
    case .duplicateName(let name): "two members are called '\(name.printable)'"
    case .memberOutsideFile(let name): "the member '\(name.printable)' is outside the file"
    case .noLocalHeader(let name): "the member '\(name.printable)' has no local header"
    case .headersDiffer(let name):
      "the local header of the member '\(name.printable)' contradicts the directory"
    case .overlap(let first, let second):
      "the members '\(first.printable)' and '\(second.printable)' overlap"
    case .encrypted(let name): "the member '\(name.printable)' is encrypted"
    case .unsupportedMethod(let name, let method):
      "the member '\(name.printable)' is compressed by \(Self.name(ofMethod: method)), not deflate"
    case .storedSizesDiffer(let name, let packed, let unpacked):
      "the member '\(name.printable)' is stored in \(packed) bytes but announces \(unpacked)"
    case .memberTooShort(let name, let expected, let found):
      "the member '\(name.printable)' has only \(found) of the \(expected) bytes that the directory announces"
    case .memberTooLong(let name, let expected):
      "the member '\(name.printable)' has more than the \(expected) bytes that the directory announces"
    case .wrongChecksum(let name): "the checksum of the member '\(name.printable)' is wrong"
    case .damaged(let name, let reason):
      "the member '\(name.printable)' is damaged: \(reason.printable)"
    }
  }

  private static func name(ofMethod method: Int) -> String {
    switch method {
    case 9: "Deflate64"
    case 12: "BZip2"
    case 14: "LZMA"
    case 93: "Zstandard"
    case 95: "XZ"
    case 99: "AES encryption"
    default: "method \(method)"
    }
  }
}
