import Primitives

/// A fault of an IDX file, plain or gzip.
public enum IDXFault: Error, Sendable, Equatable {
  /// The file should be gzip, but is not; it may be a web page.
  case notGzip(looksLikeHTML: Bool)
  /// The contents of the gzip file are gzip again.
  case gzipTwice
  /// The gzip file is damaged.
  case damagedGzip(GzipFault)
  /// The file ends within its header, after `found` of `expected` bytes.
  case headerCut(expected: Int, found: Int)
  /// The first two bytes are not zero, so that this is not an IDX file.
  case notIDX(firstBytes: [UInt8])
  /// The elements are not unsigned bytes (type 0x08).
  case wrongElementType(UInt8)
  /// The elements have an unknown type.
  case unknownElementType(UInt8)
  /// The number of dimensions is not one from 1 to 4.
  case unsupportedDimensionCount(Int)
  /// The size in bytes exceeds 63 bits.
  case tooLarge([Int])
  /// The number of dimensions is not 3 for images or 1 for labels.
  case wrongDimensionCount(expected: Int, found: Int)
  /// The images do not have the expected size.
  case wrongImageSize([Int], expected: [Int])
  /// The header announces no elements.
  case empty
  /// The header announces more images or labels than the limit.
  case tooMany(count: Int, limit: Int)
  /// The elements end after `found` of `expected` bytes.
  case elementsCut(expected: Int, found: Int)
  /// Bytes follow the `expected` bytes of elements.
  case elementsLeftOver(expected: Int)
}

extension IDXFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .notGzip(let looksLikeHTML): "not gzip\(looksLikeHTML ? " but a web page" : "")"
    case .damagedGzip(let fault): "damaged gzip: \(fault)"
    case .gzipTwice: "compressed twice: there is gzip within the gzip; 'gunzip' undoes one of the two"
    case .headerCut(let expected, let found): "the header is cut: \(found) of \(expected) bytes"
    case .notIDX(firstBytes: [0x1F, 0x8B]): "this is gzip; rename it to end in .gz"
    case .notIDX(let firstBytes):
      "not an IDX file: it starts with the bytes \(firstBytes), not with two zeros"
    case .wrongElementType(let type): "the elements have type \(type), not 8 (unsigned bytes)"
    case .unknownElementType(let type): "the elements have the unknown type \(type)"
    case .unsupportedDimensionCount(let count): "\(count) dimensions; 1 to 4 are read"
    case .tooLarge(let shape): "an array of \(Self.text(shape)) elements is larger than any memory"
    case .wrongDimensionCount(let expected, let found):
      "\(found) dimensions, where \(expected == 1 ? "labels" : "images") have \(expected)"
    case .wrongImageSize(let found, let expected):
      "images of \(Self.text(found)) pixels, not \(Self.text(expected))"
    case .empty: "the header announces no elements"
    case .tooMany(let count, let limit): "the header announces \(count) elements; the limit is \(limit)"
    case .elementsCut(let expected, let found):
      "too short: \(found) of the \(expected) bytes that the header announces"
    case .elementsLeftOver(let expected):
      "too long: more than the \(expected) bytes that the header announces"
    }
  }

  private static func text(_ size: [Int]) -> String { size.map(String.init).joined(separator: "×") }
}
