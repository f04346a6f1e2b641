import CKernels

/// Four floats: SSE on x86-64, NEON on arm64.
typealias Vector = SIMD4<Float>
typealias IntegerVector = SIMD4<Int32>

let variantName = "baseline"

/// A tile of 4 × 12 sums fits into sixteen registers.
let tileRows = 4

/// The number of columns that are multiplied with four rows at a time.
typealias DotTile = ColumnDots<2>

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

/// 1 ÷ x and 1 ÷ √x, correctly rounded.
@inline(__always)
func reciprocalEstimate(_ x: Vector) -> Vector { Vector(repeating: 1) / x }
@inline(__always)
func reciprocalRootEstimate(_ x: Vector) -> Vector { Vector(repeating: 1) / ck_sqrt4(x) }

/// x ÷ 255, correctly rounded.
@inline(__always)
func unitNumbers(_ x: Vector) -> Vector { x / Vector(repeating: 255) }

/// a · b + c. Without a fused instruction, `addingProduct` would call a function for each element.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
  #if arch(arm64)
    c.addingProduct(a, b)
  #else
    c + a * b
  #endif
}
