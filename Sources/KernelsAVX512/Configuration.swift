import CKernels

/// Sixteen numbers: AVX-512.
typealias Vector = SIMD16<Float>
typealias IntegerVector = SIMD16<Int32>

let variantName = "avx512"

/// A tile of 8 × 48 sums fits into thirty-two registers.
let tileRows = 8

@inline(__always)
func squareRoot(_ x: Vector) -> Vector { ck_sqrt16(x) }

/// a · b + c, rounded once.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector { c.addingProduct(a, b) }
