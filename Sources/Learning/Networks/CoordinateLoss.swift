extension StepPlan.CoordinateLoss {
  private static let chordFloor: Float = 1e-4

  /// The loss of a code of `width` elements that differs from the true one by `difference`.
  func value(of difference: SIMD2<Float>, width: Int) -> Float {
    let squared = (difference * difference).sum()
    return switch self {
    case .squared: squared / Float(width)
    case .chord: (squared + Self.chordFloor).squareRoot()
    }
  }

  /// The gradient of `value` with respect to `difference`.
  func gradient(of difference: SIMD2<Float>, width: Int) -> SIMD2<Float> {
    switch self {
    case .squared: difference * (2 / Float(width))
    case .chord: difference / ((difference * difference).sum() + Self.chordFloor).squareRoot()
    }
  }
}
