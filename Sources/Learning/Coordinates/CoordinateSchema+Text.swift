/// The text form of a schema: items separated by commas, each with its coordinate's name and range, and the
/// number of free latents last, as in `rotation, shift-x:6, scale:0.6..1.4, free:16`.
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
    let text = parts.count > 1 ? parts[1] : nil
    func limit(_ isAllowed: (Double) -> Bool) throws(CoordinateSchemaError) -> ClosedRange<Double> {
      guard let limit = text.flatMap(Double.init), limit > 0, isAllowed(limit) else {
        throw .invalidRange(item)
      }
      return -limit...limit
    }
    switch meaning.descriptor.rangeForm {
    case .circleOrLimit(let end):
      self.init(meaning, range: text == nil ? nil : try limit { $0 < end })
    case .limit(let most): self.init(meaning, range: try limit { $0 <= most })
    case .ends(let lows, let highs):
      let ends = (text ?? "").split(separator: "..", omittingEmptySubsequences: false)
      guard ends.count == 2, let low = Double(ends[0]), let high = Double(ends[1]), low < high,
        lows.contains(low), highs.contains(high)
      else { throw .invalidRange(item) }
      self.init(meaning, range: low...high)
    }
  }

  /// The item of a schema's text form.
  public var description: String {
    let (low, high) = (Self.text(range.lowerBound), Self.text(range.upperBound))
    return switch meaning.descriptor.rangeForm {
    case _ where isCyclic: meaning.rawValue
    case .circleOrLimit, .limit: "\(meaning.rawValue):\(high)"
    case .ends: "\(meaning.rawValue):\(low)..\(high)"
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
      "'\(item)' is not a coordinate; use "
        + Coordinate.Meaning.allCases.flatMap(\.descriptor.examples).joined(separator: ", ")
        + " and, at the end, free:16"
    case .repeatedItem(let item): "'\(item)' means the same as a coordinate before it"
    case .invalidRange(let item):
      "'\(item)' lacks a valid range: "
        + Coordinate.Meaning.allCases.compactMap(\.descriptor.rangeRule).joined(separator: ", ")
    case .invalidFreeCount(let item):
      "'\(item)' does not name from 1 to \(CoordinateSchema.maximumFreeCount) free latents"
    case .itemAfterFree(let item): "'\(item)' comes after free:N, which is last"
    case .missingFree: "free:N is missing at the end"
    }
  }
}
