import CKernels

/// Four numbers: SSE on x86-64, NEON on arm64.
typealias Vector = SIMD4<Float>
typealias IntegerVector = SIMD4<Int32>

let variantName = "baseline"

/// A tile of 4 × 12 sums fits into sixteen registers.
let tileRows = 4

/// How many columns four rows are multiplied with at a time.
typealias DotTile = ColumnDots<2>

/// The sums of four vectors' numbers.
@inline(__always)
func sums(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) -> SIMD4<Float> { ck_sums4(a, b, c, d) }

/// The values at some places.
@inline(__always)
func gather(_ values: UnsafePointer<Int32>, _ places: IntegerVector) -> IntegerVector {
  ck_gather4(values, places)
}

/// Whole numbers as such, and numbers without what follows the point.
@inline(__always)
func converted(_ x: IntegerVector) -> Vector { ck_converted4(x) }
@inline(__always)
func truncated(_ x: Vector) -> IntegerVector { ck_truncated4(x) }

/// Bytes as whole numbers.
@inline(__always)
func numbers(_ bytes: UnsafePointer<UInt8>) -> Vector { ck_numbers4(bytes) }

/// 1 ÷ x and 1 ÷ √x, as well as they can be rounded.
@inline(__always)
func reciprocalEstimate(_ x: Vector) -> Vector { Vector(repeating: 1) / x }
@inline(__always)
func reciprocalRootEstimate(_ x: Vector) -> Vector { Vector(repeating: 1) / ck_sqrt4(x) }

/// x ÷ 255, rounded once.
@inline(__always)
func unitNumbers(_ x: Vector) -> Vector { x / Vector(repeating: 255) }

/// a · b + c. Without an instruction that fuses them, `addingProduct` would call a function per number.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
  #if arch(arm64)
    c.addingProduct(a, b)
  #else
    c + a * b
  #endif
}
