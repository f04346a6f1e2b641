extension StepPlan.CoordinateLoss {
  private static let chordFloor: Float = 1e-4

  /// The error of a code that differs by `difference`, of as many numbers as `width` says.
  func value(of difference: SIMD2<Float>, width: Int) -> Float {
    let squared = (difference * difference).sum()
    return switch self {
    case .squared: squared / Float(width)
    case .chord: (squared + Self.chordFloor).squareRoot()
    }
  }

  /// Its gradient.
  func gradient(of difference: SIMD2<Float>, width: Int) -> SIMD2<Float> {
    switch self {
    case .squared: difference * (2 / Float(width))
    case .chord: difference / ((difference * difference).sum() + Self.chordFloor).squareRoot()
    }
  }
}
