extension KernelVariant {
  /// Loops of nothing but multiply-adds on independent vectors, to measure what the processor can do: each
  /// takes a number of iterations and returns how many floating-point operations it did.
  public var peakLoops: [@Sendable (_ iterations: Int) -> Double] {
    table.peakLoops.map { loop in
      let operations = Double(2 * loop.vectors * table.lanes)
      return { iterations in
        // The result is looked at, so that the loop is not optimised away.
        loop.run(iterations).isNaN ? 0 : operations * Double(iterations)
      }
    }
  }
}
