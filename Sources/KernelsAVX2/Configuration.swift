import CKernels

/// Eight numbers: AVX2 with fused multiply-add.
typealias Vector = SIMD8<Float>
typealias IntegerVector = SIMD8<Int32>

let variantName = "avx2"

/// A tile of 4 × 24 sums fits into sixteen registers.
let tileRows = 4

/// How many columns four rows are multiplied with at a time.
typealias DotTile = ColumnDots<2>

/// The sums of four vectors' numbers.
@inline(__always)
func sums(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> SIMD4<Float> { ck_sums8(a, b, c, d) }

/// The values at some places.
@inline(__always)
func gather(_ values: UnsafePointer<Int32>, _ places: IntegerVector) -> IntegerVector {
  ck_gather8(values, places)
}

/// Whole numbers as such, and numbers without what follows the point.
@inline(__always)
func converted(_ x: IntegerVector) -> Vector { ck_converted8(x) }
@inline(__always)
func truncated(_ x: Vector) -> IntegerVector { ck_truncated8(x) }

/// Bytes as whole numbers.
@inline(__always)
func numbers(_ bytes: UnsafePointer<UInt8>) -> Vector { ck_numbers8(bytes) }

/// 1 ÷ x and 1 ÷ √x, roughly.
@inline(__always)
func reciprocalEstimate(_ x: Vector) -> Vector { ck_reciprocal_estimate8(x) }
@inline(__always)
func reciprocalRootEstimate(_ x: Vector) -> Vector { ck_reciprocal_root_estimate8(x) }

/// x ÷ 255 for x from 0 to 255, rounded once if x is whole: a product, corrected by what is left over.
@inline(__always)
func unitNumbers(_ x: Vector) -> Vector {
  let reciprocal = Vector(repeating: 1 / 255)
  let quotient = x * reciprocal
  let rest = multiplyAdd(quotient, Vector(repeating: -255), x)
  return multiplyAdd(rest, reciprocal, quotient)
}

/// a · b + c, rounded once.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector { c.addingProduct(a, b) }
