extension Matrix {
  /// Σ x² over some rows: not finite if an element is not finite, otherwise no smaller than the largest
  /// square.
  public func squareSum(rows range: Range<Int>) -> Double {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    var total = 0.0
    for row in range {
      let start = UnsafeRawPointer(base + row * stride)
      // Padding is zero and adds nothing.
      var sums = SIMD16<Float>()
      for column in Swift.stride(from: 0, to: paddedColumns, by: 16) {
        let values = start.load(
          fromByteOffset: column * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
        sums += values * values
      }
      total += Double(sums.sum())
    }
    return total
  }
}
