import Primitives

/// A fault of a NumPy file.
public enum NumPyFault: Error, Sendable, Equatable {
  /// The magic number is wrong.
  case notNumPy
  /// The format's version is not one from 1.0 to 3.0.
  case unknownVersion(major: UInt8, minor: UInt8)
  /// The file ends within its header, after `found` of `expected` bytes.
  case headerCut(expected: Int, found: Int)
  /// The header is longer than the limit.
  case headerTooLong(length: Int, limit: Int)
  /// The header is not the text of a Python dictionary with `descr`, `fortran_order` and `shape`; the fault
  /// is at this byte.
  case malformedHeader(offset: Int, expected: String)
  /// The header has a key twice.
  case duplicateKey(String)
  /// The header has an unknown key.
  case unknownKey(String)
  /// The header lacks a key.
  case missingKey(String)
  /// The element type is not supported.
  case unknownType(String)
  /// The shape, or its size in bytes, exceeds 63 bits.
  case shapeTooLarge
  /// The shape is not one of those expected.
  case wrongShape([Int], expected: String)
  /// The elements are not floats.
  case notFloats(String)
  /// The array is in Fortran order and too large to transpose in memory.
  case tooLargeForFortranOrder(bytes: Int, limit: Int)
  /// The elements end after `found` of `expected` bytes.
  case elementsCut(expected: Int, found: Int)
  /// Bytes follow the `expected` bytes of elements.
  case elementsLeftOver(expected: Int)
}

extension NumPyFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .notNumPy: "not a NumPy file"
    case .unknownVersion(let major, let minor): "version \(major).\(minor) of the format is not supported"
    case .headerCut(let expected, let found): "the header is cut: \(found) of \(expected) bytes"
    case .headerTooLong(let length, let limit):
      "the header announces \(length) bytes; the limit is \(limit)"
    case .malformedHeader(let offset, let expected):
      "the header is malformed: \(expected) is missing at its byte \(offset)"
    case .duplicateKey(let key): "the header has '\(key.printable)' twice"
    case .unknownKey(let key): "the header has an unknown key '\(key.printable)'"
    case .missingKey(let key): "the header has no '\(key)'"
    case .unknownType(let type): Self.refusal(ofType: type)
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

extension NumPyFault {
  /// The sentence about elements that are not numbers, or not of a supported size.
  private static func refusal(ofType type: String) -> String {
    let kind = type.drop { "<>|=".contains($0) }.first
    let contents: String? =
      switch kind {
      case "O": "Python objects, which only running a pickle would read"
      case "U", "S", "T": "text"
      case "s" where type == "structure": "structures"
      case "V": "raw bytes or structures"
      case "c": "complex numbers"
      case "m", "M": "times"
      default: nil
      }
    let numbers = "use booleans, integers or floats of 1 to 8 bytes"
    return "elements of the type '\(type.printable)' are not supported"
      + (contents.map { ": they are \($0)" } ?? "; \(numbers)")
  }
}
