import Coordinates

/// A reading as a row of numbers that a person moves: typed coordinates come first, then free latents.
extension LatentPoint {
  /// One of the numbers, in the coordinate's unit.
  public func value(ofSlider index: Int) -> Double {
    index < values.count ? values[index] : Double(latents[index - values.count])
  }

  /// Sets one of the numbers, likewise.
  public mutating func set(_ slider: Int, to value: Double) {
    if slider < values.count { values[slider] = value } else { latents[slider - values.count] = Float(value) }
  }
}

extension CoordinateSchema {
  /// The reading at a share of the way from one to another: typed coordinates go the way that their kind goes
  /// (an angle along the shorter arc), free latents straight.
  public func latentPoint(from start: LatentPoint, to end: LatentPoint, fraction: Double) -> LatentPoint {
    LatentPoint(
      values: typed.indices.map {
        typed[$0].value(from: start.values[$0], to: end.values[$0], fraction: fraction)
      },
      latents: zip(start.latents, end.latents).map { $0 + Float(fraction) * ($1 - $0) })
  }
}
