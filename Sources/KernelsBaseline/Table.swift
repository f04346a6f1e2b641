import KernelTypes

/// This variant's kernels.
public func makeTable() -> KernelTable {
  KernelTable(
    name: variantName, lanes: lanes, product: product, findSteps: findSteps, adam: adam,
    sigmoidLoss: sigmoidLoss,
    columnSums: columnSums, sample: sample,
    peakLoops: [(12, multiplyAdds12), (16, multiplyAdds16), (24, multiplyAdds24)])
}
