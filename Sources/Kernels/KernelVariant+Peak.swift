extension KernelVariant {
  /// Loops of nothing but multiply-adds on independent vectors, to measure what the processor can do: each
  /// takes a number of iterations and returns how many floating-point operations it did.
  public var peakLoops: [@Sendable (_ iterations: Int) -> Double] {
    [(12, table.multiplyAdds12), (16, table.multiplyAdds16), (24, table.multiplyAdds24)].map { vectors, run in
      let operations = Double(2 * vectors * table.lanes)
      return { iterations in
        // The result is looked at, so that the loop is not optimised away.
        run(iterations).isNaN ? 0 : operations * Double(iterations)
      }
    }
  }
}
