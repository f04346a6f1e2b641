/// The text form of a schema: items separated by commas, the free latents last.
///
/// | item | coordinate |
/// | --- | --- |
/// | `rotation` | rotation over the full circle |
/// | `rotation:45` | rotation up to 45° in either direction; above 0 and below 180 |
/// | `shift-x:6`, `shift-y:6` | shift to the right and down, up to 6 pixels in either direction; above 0, up to 14 |
/// | `scale:0.6..1.4` | enlargement; from 0.1 to 10, with 1 in the range |
/// | `free:16` | the number of free latents; at least one |
extension CoordinateSchema: CustomStringConvertible {
  /// The largest number of free latents that the text form accepts.
  public static let maximumFreeCount = 4096

  /// Parses the text form, such as `rotation, free:5`; spaces around items are ignored.
  ///
  /// - Throws: `CoordinateSchemaError` for the first invalid item.
  public init(parsing text: String) throws(CoordinateSchemaError) {
    var typed: [Coordinate] = []
    var freeCount: Int?
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let item = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      guard freeCount == nil else { throw .itemAfterFree(item) }
      if item.hasPrefix("free:") {
        guard let count = Int(item.dropFirst("free:".count)), (1...Self.maximumFreeCount).contains(count)
        else { throw .invalidFreeCount(item) }
        freeCount = count
        continue
      }
      let coordinate = try Coordinate(parsing: item)
      guard !typed.contains(where: { $0.meaning == coordinate.meaning }) else { throw .repeatedItem(item) }
      typed.append(coordinate)
    }
    guard let freeCount else { throw .missingFree }
    self.init(typed: typed, freeCount: freeCount)
  }

  /// The text form that `init(parsing:)` accepts.
  public var description: String {
    (typed.map(\.description) + ["free:\(freeCount)"]).joined(separator: ", ")
  }
}

extension Coordinate: CustomStringConvertible {
  /// Parses one item of a schema's text form.
  init(parsing item: String) throws(CoordinateSchemaError) {
    let parts = item.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let meaning = parts.first.flatMap(Meaning.init) else { throw .unknownItem(item) }
    let range = parts.count > 1 ? parts[1] : nil
    func limit(_ isAllowed: (Double) -> Bool) throws(CoordinateSchemaError) -> Double {
      guard let number = range.flatMap(Double.init), isAllowed(number) else { throw .invalidRange(item) }
      return number
    }
    switch meaning {
    case .rotation:
      self = range == nil ? .rotation : .limitedRotation(degrees: try limit { $0 > 0 && $0 < 180 })
    case .shiftX: self = .shiftX(pixels: try limit { $0 > 0 && $0 <= 14 })
    case .shiftY: self = .shiftY(pixels: try limit { $0 > 0 && $0 <= 14 })
    case .scale:
      let ends = (range ?? "").split(separator: "..", omittingEmptySubsequences: false)
      guard ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]), low < high,
        (0.1...1).contains(low), (1...10).contains(high)
      else { throw .invalidRange(item) }
      self = .scale(from: low, to: high)
    }
  }

  /// The item of a schema's text form.
  public var description: String {
    let name = meaning.rawValue
    return switch self {
    case .rotation: name
    case .limitedRotation(let degrees): "\(name):\(Self.text(degrees))"
    case .shiftX(let pixels), .shiftY(let pixels): "\(name):\(Self.text(pixels))"
    case .scale(let low, let high): "\(name):\(Self.text(low))..\(Self.text(high))"
    }
  }

  /// A number, without a decimal point where it is an integer.
  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }
}

/// An invalid text form of a schema.
public enum CoordinateSchemaError: Error, Equatable {
  /// The item is neither a typed coordinate nor `free:N`.
  case unknownItem(String)
  /// A coordinate of the same meaning precedes the item.
  case repeatedItem(String)
  /// The range is missing or invalid.
  case invalidRange(String)
  /// The count after `free:` is not an integer from 1 to the maximum.
  case invalidFreeCount(String)
  /// The item follows `free:N`, which comes last.
  case itemAfterFree(String)
  /// There is no `free:N`.
  case missingFree
}

extension CoordinateSchemaError: CustomStringConvertible {
  /// The error message.
  public var description: String {
    switch self {
    case .unknownItem(let item):
      "'\(item)' is not a coordinate; use rotation, rotation:45, shift-x:6, shift-y:6, scale:0.6..1.4 "
        + "and, at the end, free:16"
    case .repeatedItem(let item): "'\(item)' means the same as a coordinate before it"
    case .invalidRange(let item):
      "'\(item)' lacks a valid range: rotation below 180 degrees, shifts up to 14 pixels, "
        + "a scale from 0.1 to 10 with 1 in its range, such as scale:0.6..1.4"
    case .invalidFreeCount(let item):
      "'\(item)' does not name from 1 to \(CoordinateSchema.maximumFreeCount) free latents"
    case .itemAfterFree(let item): "'\(item)' comes after free:N, which is last"
    case .missingFree: "free:N is missing at the end"
    }
  }
}
