import CKernels

/// Four floats: NEON.
typealias Vector = SIMD4<Float>
typealias IntegerVector = SIMD4<Int32>

let variantName = "neon"

/// A tile of 8 × 12 sums takes 24 of the 32 registers.
let tileRows = 8

/// The number of columns that are multiplied with four rows at a time.
typealias DotTile = ColumnDots<6>

/// The sums of the elements of four vectors.
@inline(__always)
func sums(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> SIMD4<Float> { ck_sums4(a, b, c, d) }

/// The values at `places`.
@inline(__always)
func gather(_ values: UnsafePointer<Int32>, _ places: IntegerVector) -> IntegerVector {
  ck_gather4(values, places)
}

/// Adds to the four pixels around each place, sequentially, as two places may share pixels.
@inline(__always)
func scatter(
  _ values: Taps, at offsets: IntegerVector, into image: UnsafeMutablePointer<Float>, _ rowLength: Int
) {
  ck_scatter_add4(image, rowLength, offsets, values.0, values.1, values.2, values.3)
}

/// Conversions between integers and floats; to integers by truncation.
@inline(__always)
func converted(_ x: IntegerVector) -> Vector { ck_converted4(x) }
@inline(__always)
func truncated(_ x: Vector) -> IntegerVector { ck_truncated4(x) }

/// Bytes as floats.
@inline(__always)
func numbers(_ bytes: UnsafePointer<UInt8>) -> Vector { ck_numbers4(bytes) }

/// 1 ÷ x and 1 ÷ √x, correctly rounded: NEON's estimates have 8 bits, for which the one Newton step of `reciprocal` and
/// `squareRoot` is too little.
@inline(__always)
func reciprocalEstimate(_ x: Vector) -> Vector { Vector(repeating: 1) / x }
@inline(__always)
func reciprocalRootEstimate(_ x: Vector) -> Vector { Vector(repeating: 1) / ck_sqrt4(x) }

/// x ÷ 255, correctly rounded.
@inline(__always)
func unitNumbers(_ x: Vector) -> Vector { x / Vector(repeating: 255) }

/// a · b + c, fused.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector { c.addingProduct(a, b) }
