/// 1 ÷ x, within 2 units in the last place: an estimate and one Newton step.
@inline(__always)
func reciprocal(_ x: Vector) -> Vector {
  let estimate = reciprocalEstimate(x)
  return estimate * multiplyAdd(-x, estimate, Vector(repeating: 2))
}

/// √x for finite x ≥ 0, within 2 units in the last place from 1e-34 on: an estimate and one Newton step.
@inline(__always)
func squareRoot(_ x: Vector) -> Vector {
  // The smallest normal number keeps the estimate for 0 finite.
  let estimate = reciprocalRootEstimate(x + Vector(repeating: .leastNormalMagnitude))
  let root = x * estimate
  let rest = multiplyAdd(-root, root, x)
  return multiplyAdd(rest, estimate * Vector(repeating: 0.5), root)
}
