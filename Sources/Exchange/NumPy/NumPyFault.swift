import Primitives

/// What is wrong with a NumPy file.
public enum NumPyFault: Error, Sendable, Equatable {
  /// It does not start as such files do.
  case notNumPy
  /// The format's version is none from 1.0 to 3.0.
  case unknownVersion(major: UInt8, minor: UInt8)
  /// The file ends within its header: `found` bytes are there and `expected` are needed.
  case headerCut(expected: Int, found: Int)
  /// The header announces more bytes than the limit.
  case headerTooLong(length: Int, limit: Int)
  /// The header is not the text of a Python dictionary with `descr`, `fortran_order` and `shape`; at this byte
  /// of it something else is expected.
  case malformedHeader(offset: Int, expected: String)
  /// The header has a key twice.
  case duplicateKey(String)
  /// The header has a key that nobody knows.
  case unknownKey(String)
  /// The header lacks a key.
  case missingKey(String)
  /// The elements are of a type that is not read.
  case unknownType(String)
  /// The shape, or its size in bytes, is beyond 63 bits.
  case shapeTooLarge
  /// The array has another shape than is needed.
  case wrongShape([Int], expected: String)
  /// The elements are not floating-point numbers, where latents are.
  case notFloats(String)
  /// The columns stand one after the other (Fortran's order), and the array is too large to turn them in memory.
  case tooLargeForFortranOrder(bytes: Int, limit: Int)
  /// The elements end early: `found` of `expected` bytes.
  case elementsCut(expected: Int, found: Int)
  /// Something follows the `expected` bytes of elements.
  case elementsLeftOver(expected: Int)
}

extension NumPyFault: CustomStringConvertible {
  /// The fault in a few words for people.
  public var description: String {
    switch self {
    case .notNumPy: "not a NumPy file"
    case .unknownVersion(let major, let minor): "version \(major).\(minor) of the format is not known"
    case .headerCut(let expected, let found): "the header is cut: \(found) of \(expected) bytes"
    case .headerTooLong(let length, let limit):
      "the header announces \(length) bytes; the limit is \(limit)"
    case .malformedHeader(let offset, let expected):
      "the header is malformed: \(expected) is missing at its byte \(offset)"
    case .duplicateKey(let key): "the header has '\(key.printable)' twice"
    case .unknownKey(let key): "the header has an unknown key '\(key.printable)'"
    case .missingKey(let key): "the header has no '\(key)'"
    case .unknownType(let type):
      "elements of the type '\(type.printable)' are not read; u1, f2, f4 and f8 are"
    case .shapeTooLarge: "the shape is larger than any memory"
    case .wrongShape(let shape, let expected): "an array of the shape \(shape), not \(expected)"
    case .notFloats(let type): "elements of the type '\(type.printable)', not floating-point numbers"
    case .tooLargeForFortranOrder(let bytes, let limit):
      "\(bytes) bytes in Fortran's order are more than the limit of \(limit); numpy.ascontiguousarray helps"
    case .elementsCut(let expected, let found):
      "too short: \(found) of the \(expected) bytes that the header announces"
    case .elementsLeftOver(let expected):
      "too long: more than the \(expected) bytes that the header announces"
    }
  }
}
