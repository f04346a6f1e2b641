import Formats

/// The conversion of stored numbers to bytes, the same for all images of a source.
enum RangeRule: Sendable, Equatable {
  /// Bytes as they are.
  case bytes
  /// 0 and 1.
  case binary
  /// 16-bit numbers from 0 to 65535.
  case words
  /// Numbers from 0 to 1.
  case unit
  /// Numbers from -1 to 1.
  case signedUnit
  /// Numbers from 0 to 16, as in digits of 8×8 pixels.
  case sixteen
  /// Numbers from 0 to 255.
  case byteNumbers

  /// The rule for the images in `arrays`, from their types, minimum and maximum.
  static func rule(for arrays: [SourceArray]) throws(DatasetError) -> RangeRule {
    var range = NumberRange()
    for array in arrays {
      let type = array.type
      try array.readPieces { piece throws(DatasetError) in
        guard range.include(piece, type) else { throw .source(path: array.path, .notFinite) }
        return !(type.kind == .uint8 && range.maximum > 1) && !(type.kind == .uint16 && range.maximum > 255)
      }
    }
    let path = arrays.first?.path ?? ""
    guard
      let rule = range.rule(isFloat: arrays.contains { $0.type.kind.isFloat }, kinds: arrays.map(\.type.kind))
    else {
      throw .source(path: path, .unknownRange(minimum: Double(range.minimum), maximum: Double(range.maximum)))
    }
    return rule
  }

  /// The rule for numbers of a text from `minimum` to `maximum`; nil for a range of no known meaning.
  static func rule(minimum: Float, maximum: Float, isFloat: Bool) -> RangeRule? {
    NumberRange(minimum: minimum, maximum: maximum).rule(isFloat: isFloat, kinds: [.float32])
  }

  /// The byte of a number.
  func byte(of number: Float) -> UInt8 {
    let (factor, offset) = scale
    let value = number * factor + offset
    // A file that changes while it is read may have NaN.
    return value >= 255 ? 255 : value > 0 ? UInt8(value.rounded()) : 0
  }

  /// The sentence about the rule.
  var text: String {
    switch self {
    case .bytes: "values 0 to 255"
    case .binary: "values 0 and 1, times 255"
    case .words: "values 0 to 65535, by 257"
    case .unit: "values 0 to 1, times 255"
    case .signedUnit: "values -1 to 1, (v + 1) / 2 times 255"
    case .sixteen: "values 0 to 16, by 16 times 255"
    case .byteNumbers: "values 0 to 255, rounded"
    }
  }

  /// The bytes of whole elements.
  func bytes(of elements: [UInt8], _ type: NumPyType) -> [UInt8] {
    switch self {
    case .bytes where type.size == 1: elements
    case .binary where type.size == 1: elements.map { $0 == 0 ? 0 : 255 }
    default: type.numbers(in: elements).map(byte)
    }
  }

  /// The factor and the offset from numbers to bytes.
  private var scale: (factor: Float, offset: Float) {
    switch self {
    case .bytes, .byteNumbers: (1, 0)
    case .words: (1 / 257, 0)
    case .unit, .binary: (255, 0)
    case .signedUnit: (127.5, 127.5)
    case .sixteen: (255 / 16, 0)
    }
  }
}

/// The least and the greatest of numbers.
private struct NumberRange {
  var minimum = Float.infinity
  var maximum = -Float.infinity

  /// The excess over a range that computing leaves.
  private static let tolerance: Float = 1e-4

  /// Includes whole elements; false where one is infinite or not a number.
  mutating func include(_ elements: [UInt8], _ type: NumPyType) -> Bool {
    if type.kind == .uint8 {
      if let greatest = elements.max() { maximum = max(maximum, Float(greatest)) }
      minimum = min(minimum, 0)
      return true
    }
    var isFinite = true
    for number in type.numbers(in: elements) {
      if !number.isFinite { isFinite = false }
      minimum = min(minimum, number)
      maximum = max(maximum, number)
    }
    return isFinite
  }

  func rule(isFloat: Bool, kinds: [NumPyType.Kind]) -> RangeRule? {
    if kinds.allSatisfy({ $0 == .uint8 || $0 == .bool }) { return maximum <= 1 ? .binary : .bytes }
    if minimum >= -Self.tolerance {
      if maximum <= 1 + Self.tolerance { return isFloat ? .unit : .binary }
      if maximum <= 16 + Self.tolerance { return .sixteen }
      if maximum <= 255 + Self.tolerance { return .byteNumbers }
      return kinds.allSatisfy { $0 == .uint16 || $0 == .uint8 } ? .words : nil
    }
    return minimum >= -1 - Self.tolerance && maximum <= 1 + Self.tolerance ? .signedUnit : nil
  }
}
