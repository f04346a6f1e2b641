let lanes = Vector.scalarCount

extension UnsafePointer where Pointee == Float {
  /// The vector at this address, at any alignment.
  @inline(__always)
  func vector() -> Vector { UnsafeRawPointer(self).loadUnaligned(as: Vector.self) }
}

extension UnsafeMutablePointer where Pointee == Float {
  /// The vector at this address, at any alignment.
  @inline(__always)
  func vector() -> Vector { UnsafeRawPointer(self).loadUnaligned(as: Vector.self) }

  /// Stores `vector` at this address, at any alignment.
  @inline(__always)
  func store(_ vector: Vector) {
    UnsafeMutableRawPointer(self).storeBytes(of: vector, as: Vector.self)
  }
}

/// The index of each element.
@inline(__always)
private var elementIndices: Vector {
  var indices = Vector()
  for lane in 0..<lanes { indices[lane] = Float(lane) }
  return indices
}

extension Vector {
  /// The first `count` elements, and zeros.
  @inline(__always)
  func keepingFirst(_ count: Int) -> Vector {
    Vector().replacing(with: self, where: elementIndices .< Vector(repeating: Float(count)))
  }

  /// Zeros instead of the first `count` elements.
  @inline(__always)
  func droppingFirst(_ count: Int) -> Vector {
    Vector().replacing(with: self, where: elementIndices .>= Vector(repeating: Float(count)))
  }
}

/// e^x for each element, within 2 units in the last place for −87 ≤ x ≤ 88; x is clamped to that range, NaN
/// stays NaN.
///
/// x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r is its Taylor series up to r⁷ / 7!, and 2^n is made from its bits.
@inline(__always)
func exponential(_ x: Vector) -> Vector {
  // Comparisons are false for NaN, which must be kept: it stops a diverging run.
  let (lowest, highest) = (Vector(repeating: -87), Vector(repeating: 88))
  let above = x.replacing(with: lowest, where: x .< lowest)
  let clamped = above.replacing(with: highest, where: above .> highest)
  // Adding and subtracting 1.5 · 2²³ rounds to an integer.
  let rounder = Vector(repeating: 0x1.8p23)
  let shifted = multiplyAdd(clamped, Vector(repeating: 1.442_695_04), rounder)
  let power = shifted - rounder
  var rest = multiplyAdd(power, Vector(repeating: -0.693_359_375), clamped)
  rest = multiplyAdd(power, Vector(repeating: 2.121_944_4e-4), rest)
  var sum = Vector(repeating: 1.0 / 5040)
  sum = multiplyAdd(sum, rest, Vector(repeating: 1.0 / 720))
  sum = multiplyAdd(sum, rest, Vector(repeating: 1.0 / 120))
  sum = multiplyAdd(sum, rest, Vector(repeating: 1.0 / 24))
  sum = multiplyAdd(sum, rest, Vector(repeating: 1.0 / 6))
  sum = multiplyAdd(sum, rest, Vector(repeating: 0.5))
  sum = multiplyAdd(sum, rest, Vector(repeating: 1))
  sum = multiplyAdd(sum, rest, Vector(repeating: 1))
  let whole = unsafeBitCast(shifted, to: IntegerVector.self) &- unsafeBitCast(rounder, to: IntegerVector.self)
  let scale = (whole &+ IntegerVector(repeating: 127)) &<< IntegerVector(repeating: 23)
  return sum * unsafeBitCast(scale, to: Vector.self)
}
