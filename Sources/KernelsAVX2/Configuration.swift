import CKernels

/// Eight numbers: AVX2 with fused multiply-add.
typealias Vector = SIMD8<Float>
typealias IntegerVector = SIMD8<Int32>

let variantName = "avx2"

/// A tile of 4 × 24 sums fits into sixteen registers.
let tileRows = 4

@inline(__always)
func squareRoot(_ x: Vector) -> Vector { ck_sqrt8(x) }

/// a · b + c, rounded once.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector { c.addingProduct(a, b) }
