extension KernelVariant {
  /// Loops of multiply-adds on independent vectors, to measure the processor's peak. Each takes the number of
  /// iterations and returns the number of floating-point operations.
  public var peakLoops: [@Sendable (_ iterations: Int) -> Double] {
    [(12, table.multiplyAdds12), (16, table.multiplyAdds16), (24, table.multiplyAdds24)].map { vectors, run in
      let operations = Double(2 * vectors * table.lanes)
      return { iterations in
        // The result is used, so that the loop is not optimised away.
        run(iterations).isNaN ? 0 : operations * Double(iterations)
      }
    }
  }
}
