import Coordinates

/// The point as one list of values: the typed coordinates, then the free latents.
extension LatentPoint {
  /// The value at `index`, in the coordinate's unit.
  public func value(ofSlider index: Int) -> Double {
    index < values.count ? values[index] : Double(latents[index - values.count])
  }

  /// Sets one value, in the coordinate's unit.
  public mutating func set(_ slider: Int, to value: Double) {
    if slider < values.count { values[slider] = value } else { latents[slider - values.count] = Float(value) }
  }

  /// The point with one value replaced, in the coordinate's unit.
  public func setting(_ slider: Int, to value: Double) -> LatentPoint {
    var point = self
    point.set(slider, to: value)
    return point
  }
}

extension CoordinateSchema {
  /// The point at `fraction` (0–1) between two points: typed coordinates as
  /// `Coordinate.value(from:to:fraction:)`, free latents linearly.
  public func latentPoint(from start: LatentPoint, to end: LatentPoint, fraction: Double) -> LatentPoint {
    LatentPoint(
      values: typed.indices.map {
        typed[$0].value(from: start.values[$0], to: end.values[$0], fraction: fraction)
      },
      latents: zip(start.latents, end.latents).map { $0 + Float(fraction) * ($1 - $0) })
  }
}
