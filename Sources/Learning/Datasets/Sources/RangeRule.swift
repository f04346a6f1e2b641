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
    case .bytes, .byteNumbers: scaled(elements, type, by: 1)
    case .words: scaled(elements, type, by: 1 / 257)
    case .unit, .binary: scaled(elements, type, by: 255)
    case .signedUnit: scaled(elements, type, by: 127.5, plus: 127.5)
    case .sixteen: scaled(elements, type, by: 255 / 16)
    }
  }

  private func scaled(
    _ elements: [UInt8], _ type: NumPyType, by factor: Float, plus offset: Float = 0
  ) -> [UInt8] {
    type.numbers(in: elements).map { UInt8(min(max($0 * factor + offset, 0), 255).rounded()) }
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
