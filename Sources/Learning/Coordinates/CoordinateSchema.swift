/// The latent coordinates of a typed autoencoder: typed ones in order of declaration, then free ones.
///
/// The text form (see `CoordinateSchema+Text.swift`) of the article's schema is `rotation, free:5`. The
/// learned decoder's input is the typed codes in order of declaration, followed by the free latents.
public struct CoordinateSchema: Sendable, Hashable {
  /// The typed coordinates in order of declaration, each with another meaning.
  public let typed: [Coordinate]
  /// The number of free latents, at least one.
  public let freeCount: Int

  /// The article's schema: a rotation and five free latents.
  public static let article = CoordinateSchema(typed: [.rotation], freeCount: 5)

  /// Creates a schema of typed coordinates with distinct meanings and at least one free latent.
  public init(typed: [Coordinate], freeCount: Int) {
    precondition(freeCount >= 1, "a schema needs a free latent, not \(freeCount)")
    precondition(
      Set(typed.map(\.meaning)).count == typed.count, "two typed coordinates mean the same in \(typed)")
    self.typed = typed
    self.freeCount = freeCount
  }

  /// The total number of elements of the typed codes.
  public var codeWidth: Int { typed.reduce(0) { $0 + $1.codeWidth } }

  /// The number of typed code elements and free latents.
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

  /// The values of the identity transform, one for each typed coordinate.
  public var neutralValues: [Double] { typed.map(\.neutralValue) }

  /// The concatenated codes of `values`, one value for each typed coordinate.
  public func code(of values: [Double]) -> [Float] {
    precondition(values.count == typed.count, "\(values.count) values for \(typed.count) typed coordinates")
    return zip(typed, values).flatMap { coordinate, value in
      let code = coordinate.code(of: value)
      return (0..<coordinate.codeWidth).map { code[$0] }
    }
  }

  /// The values of concatenated typed codes, one for each typed coordinate.
  public func values(ofCode code: [Float]) -> [Double] {
    zip(typed, codeColumns).map { $0.value(of: code[$1]) }
  }

  /// The position of the coordinate with `meaning` in `typed` and in `LatentPoint.values`; nil where there is
  /// none.
  public func index(of meaning: Coordinate.Meaning) -> Int? {
    typed.firstIndex { $0.meaning == meaning }
  }

  /// The positions of the typed coordinates with one code element, all but full rotations.
  public var bounded: [Int] { typed.indices.filter { !typed[$0].isCyclic } }

  /// The pose components that the residual head of a staged encoder corrects.
  ///
  /// With a rotation and a shift these are both shifts, as an error of the angle mixes them.
  public var residualDegreesOfFreedom: [Pose.Change.Component] {
    var components = Set(typed.map(\.component))
    if components.contains(.angle), !components.isDisjoint(with: [.x, .y]) {
      components.formUnion([.x, .y])
    }
    return Pose.Change.Component.allCases.filter(components.contains)
  }

  /// The transform of an image for `values`, one for each typed coordinate.
  ///
  /// The transforms compose in the order of their descriptors' places, independent of the order of declaration.
  /// The map is the inverse: from pixels of the transformed image to pixels of the image.
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

  /// All meanings, those applied last first.
  private static let inverseCompositionOrder = Coordinate.Meaning.allCases.sorted {
    $0.descriptor.place > $1.descriptor.place
  }
}

extension CoordinateSchema {
  /// The first shift of more than half the size of images of `width` by `height` pixels; nil if there is none.
  public func shift(beyondHalfOf width: Int, by height: Int) -> Coordinate? {
    typed.first { coordinate in
      switch coordinate.meaning.descriptor.component {
      case .x: coordinate.range.upperBound > Double(width) / 2
      case .y: coordinate.range.upperBound > Double(height) / 2
      case .angle, .logScale, .shear: false
      }
    }
  }
}
