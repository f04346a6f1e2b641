import CKernels

/// Four numbers: SSE on x86-64, NEON on arm64.
typealias Vector = SIMD4<Float>
typealias IntegerVector = SIMD4<Int32>

let variantName = "baseline"

/// A tile of 4 × 12 sums fits into sixteen registers.
let tileRows = 4

@inline(__always)
func squareRoot(_ x: Vector) -> Vector { ck_sqrt4(x) }

/// a · b + c. Without an instruction that fuses them, `addingProduct` would call a function per number.
@inline(__always)
func multiplyAdd(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
  #if arch(arm64)
    c.addingProduct(a, b)
  #else
    c + a * b
  #endif
}
