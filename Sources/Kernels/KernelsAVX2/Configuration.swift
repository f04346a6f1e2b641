import CKernels

/// Eight floats: AVX2 with fused multiply-add.
typealias Vector = SIMD8<Float>
typealias IntegerVector = SIMD8<Int32>

let variantName = "avx2"

/// A tile of 4 × 24 sums fits into sixteen registers.
let tileRows = 4

/// The number of columns that are multiplied with four rows at a time.
typealias DotTile = ColumnDots<2>

/// The sums of the elements of four vectors.
@inline(__always)
func sums(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> SIMD4<Float> { ck_sums8(a, b, c, d) }

/// The values at `places`.
@inline(__always)
func gather(_ values: UnsafePointer<Int32>, _ places: IntegerVector) -> IntegerVector {
  ck_gather8(values, places)
}

/// Adds to the four pixels around each place, sequentially, as two places may share pixels.
@inline(__always)
func scatter(
  _ values: Taps, at offsets: IntegerVector, into image: UnsafeMutablePointer<Float>, _ rowLength: Int
) {
  ck_scatter_add8(image, rowLength, offsets, values.0, values.1, values.2, values.3)
}

/// Conversions between integers and floats; to integers by truncation.
@inline(__always)
func converted(_ x: IntegerVector) -> Vector { ck_converted8(x) }
@inline(__always)
func truncated(_ x: Vector) -> IntegerVector { ck_truncated8(x) }

/// Bytes as floats.
@inline(__always)
func numbers(_ bytes: UnsafePointer<UInt8>) -> Vector { ck_numbers8(bytes) }

/// Approximations of 1 ÷ x and 1 ÷ √x.
@inline(__always)
func reciprocalEstimate(_ x: Vector) -> Vector { ck_reciprocal_estimate8(x) }
@inline(__always)
func reciprocalRootEstimate(_ x: Vector) -> Vector { ck_reciprocal_root_estimate8(x) }

/// x ÷ 255 for x from 0 to 255, correctly rounded for integers: a product with a correction.
@inline(__always)
func unitNumbers(_ x: Vector) -> Vector {
  let reciprocal = Vector(repeating: 1 / 255)
  let quotient = x * reciprocal
  let rest = multiplyAdd(quotient, Vector(repeating: -255), x)
  return multiplyAdd(rest, reciprocal, quotient)
}

/// a · b + c, fused.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector { c.addingProduct(a, b) }
