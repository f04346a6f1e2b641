/// A fault of a PGM or PPM file.
public enum PNMFault: Error, Sendable, Equatable {
  /// The file does not begin with P2, P3, P5 or P6.
  case notPNM
  /// A format of the same family that is not read.
  case otherKind(String)
  /// A number is missing, malformed or too large.
  case malformed(String)
  /// The width, the height or the largest value is zero.
  case zero(String)
  /// The largest value is above 65,535.
  case wrongLargest(Int)
  /// The image has more pixels than the limit.
  case tooLarge([Int], limit: Int)
  /// The pixels end early: after `found` of `expected` bytes or numbers.
  case cut(expected: Int, found: Int?)
  /// Something follows the pixels.
  case leftOver
  /// A sample is above the largest value.
  case beyondLargest(Int, largest: Int)
}

extension PNMFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .notPNM: "not a PGM or PPM file"
    case .otherKind(let name): "\(name) is not read; PGM and PPM are"
    case .malformed(let name): "damaged PGM or PPM: \(name) is missing or no number"
    case .zero(let name): "damaged PGM or PPM: \(name) is 0"
    case .wrongLargest(let largest): "damaged PGM or PPM: the largest value is \(largest), above 65535"
    case .tooLarge(let size, let limit):
      "a picture of \(size[0])×\(size[1]) pixels; the limit is \(limit) pixels"
    case .cut(let expected, let found):
      "the PGM or PPM ends too early: " + (found.map { "\($0) of \(expected)" } ?? "fewer than \(expected)")
        + " bytes or numbers"
    case .leftOver: "the PGM or PPM goes on after its pixels"
    case .beyondLargest(let sample, let largest):
      "damaged PGM or PPM: a pixel of \(sample), above the largest value of \(largest)"
    }
  }
}
