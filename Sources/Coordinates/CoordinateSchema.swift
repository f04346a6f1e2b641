/// What a typed autoencoder's latent coordinates mean: typed ones in order of declaration, then free ones.
///
/// The text form lists them (see `CoordinateSchema+Text.swift`): `rotation, free:5` is the article's schema.
/// The decoder's input is the typed codes in the order of declaration, followed by the free latents.
public struct CoordinateSchema: Sendable, Hashable {
  /// The typed coordinates, in order of declaration; no two mean the same.
  public let typed: [Coordinate]
  /// How many free latents follow them, at least one.
  public let freeCount: Int

  /// The article's schema: a rotation and five free latents.
  public static let article = CoordinateSchema(typed: [.rotation], freeCount: 5)

  /// The schema of the given coordinates, no two of which may mean the same, and at least one free latent.
  public init(typed: [Coordinate], freeCount: Int) {
    precondition(freeCount >= 1, "a schema needs a free latent, not \(freeCount)")
    precondition(
      Set(typed.map(\.meaning)).count == typed.count, "two typed coordinates mean the same in \(typed)")
    self.typed = typed
    self.freeCount = freeCount
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

  /// The position of the typed coordinate with some meaning among `typed` and in `LatentPoint.values`; absent
  /// where there is none.
  public func index(of meaning: Coordinate.Meaning) -> Int? {
    typed.firstIndex { $0.meaning == meaning }
  }

  /// The positions of the typed coordinates other than a full rotation: their codes have one number.
  public var bounded: [Int] { typed.indices.filter { typed[$0] != .rotation } }

  /// In what an image whose typed coordinates are known roughly can still be moved.
  ///
  /// Both shifts where there is one and a rotation: after a turn, either can be seen as the other.
  public var residualDegreesOfFreedom: [Pose.Change.Component] {
    let meanings = Set(typed.map(\.meaning))
    var components: [Pose.Change.Component] = []
    if meanings.contains(.rotation) { components.append(.angle) }
    let shifts = meanings.intersection([.shiftX, .shiftY])
    let seesBoth = meanings.contains(.rotation) && !shifts.isEmpty
    if seesBoth || shifts.contains(.shiftX) { components.append(.x) }
    if seesBoth || shifts.contains(.shiftY) { components.append(.y) }
    if meanings.contains(.scale) { components.append(.logScale) }
    return components
  }

  /// The true transform of an image for `values`, one for each typed coordinate.
  ///
  /// Whatever the order of declaration, an image is scaled first, then turned, then shifted. The map goes
  /// the other way, from the transformed image back to the image.
  public func map(of values: [Double]) -> AffineMap {
    precondition(values.count == typed.count, "\(values.count) values for \(typed.count) typed coordinates")
    var map = AffineMap.identity
    for meaning in Self.inverseCompositionOrder {
      for (position, coordinate) in typed.enumerated() where coordinate.meaning == meaning {
        map = map.composed(with: coordinate.map(of: values[position]))
      }
    }
    return map
  }

  private static let inverseCompositionOrder: [Coordinate.Meaning] = [.shiftX, .shiftY, .rotation, .scale]
}
