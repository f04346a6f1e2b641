/// What a typed autoencoder's latent coordinates mean: typed ones in order of declaration, then free ones.
///
/// The text form lists them: `rotation, free:5` is the article's schema. The decoder's input is the typed
/// codes in the order of declaration, followed by the free latents.
public struct CoordinateSchema: Sendable, Hashable, CustomStringConvertible {
  /// The typed coordinates, in order of declaration; none occurs twice.
  public let typed: [Coordinate]
  /// How many free latents follow them, at least one.
  public let freeCount: Int

  /// The article's schema: a rotation and five free latents.
  public static let article = CoordinateSchema(typed: [.rotation], freeCount: 5)

  /// The schema of the given coordinates.
  public init(typed: [Coordinate], freeCount: Int) {
    precondition(freeCount >= 1, "a schema needs a free latent, not \(freeCount)")
    precondition(Set(typed).count == typed.count, "a typed coordinate occurs twice in \(typed)")
    self.typed = typed
    self.freeCount = freeCount
  }

  /// The largest number of free latents that the text form accepts.
  public static let maximumFreeCount = 4096

  /// Reads the text form, such as `rotation, free:5`.
  ///
  /// Spaces around items do not matter; `free:N` comes last.
  public init(parsing text: String) throws(CoordinateSchemaError) {
    var typed: [Coordinate] = []
    var freeCount: Int?
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let item = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      guard freeCount == nil else { throw .itemAfterFree(item) }
      if item == Coordinate.rotation.name {
        guard !typed.contains(.rotation) else { throw .repeatedItem(item) }
        typed.append(.rotation)
      } else if item.hasPrefix("free:") {
        guard let count = Int(item.dropFirst("free:".count)), (1...Self.maximumFreeCount).contains(count)
        else { throw .invalidFreeCount(item) }
        freeCount = count
      } else {
        throw .unknownItem(item)
      }
    }
    guard let freeCount else { throw .missingFree }
    self.init(typed: typed, freeCount: freeCount)
  }

  /// The text form, which `init(parsing:)` reads.
  public var description: String {
    (typed.map(\.name) + ["free:\(freeCount)"]).joined(separator: ", ")
  }

  /// How many numbers the codes of all typed coordinates have together.
  public var codeWidth: Int { typed.reduce(0) { $0 + $1.codeWidth } }

  /// How many numbers the decoder takes: typed codes and free latents.
  public var decoderInputWidth: Int { codeWidth + freeCount }

  /// The columns of the decoder's input that hold the code of each typed coordinate.
  public var codeColumns: [Range<Int>] {
    var start = 0
    return typed.map { coordinate in
      defer { start += coordinate.codeWidth }
      return start..<(start + coordinate.codeWidth)
    }
  }

  /// The columns of the decoder's input that hold the free latents.
  public var freeColumns: Range<Int> { codeWidth..<decoderInputWidth }

  /// The values, one for each typed coordinate, at which an image is left as it is.
  public var neutralValues: [Double] { typed.map(\.neutralValue) }

  /// The codes of `values`, one value for each typed coordinate, side by side.
  public func code(of values: [Double]) -> [Float] {
    precondition(values.count == typed.count, "\(values.count) values for \(typed.count) typed coordinates")
    return zip(typed, values).flatMap { coordinate, value in
      let code = coordinate.code(of: value)
      return (0..<coordinate.codeWidth).map { code[$0] }
    }
  }

  /// The values that the typed part of a decoder input stands for, one for each typed coordinate.
  public func values(ofCode code: [Float]) -> [Double] {
    zip(typed, codeColumns).map { $0.value(of: code[$1]) }
  }

  /// The true transform of an image for `values`, one for each typed coordinate.
  public func map(of values: [Double]) -> AffineMap {
    precondition(values.count == typed.count, "\(values.count) values for \(typed.count) typed coordinates")
    return zip(typed, values).reduce(.identity) { $0.composed(with: $1.0.map(of: $1.1)) }
  }
}

/// Why a schema's text form could not be read.
public enum CoordinateSchemaError: Error, Equatable {
  /// The item is neither a typed coordinate nor `free:N`.
  case unknownItem(String)
  /// The typed coordinate stands there twice.
  case repeatedItem(String)
  /// The count after `free:` is not a whole number from 1 to the maximum.
  case invalidFreeCount(String)
  /// The item follows `free:N`, which comes last.
  case itemAfterFree(String)
  /// There is no `free:N`.
  case missingFree
}
