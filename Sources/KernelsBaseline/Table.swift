import KernelTypes

/// This variant's kernels. No arrays here: a generic type would bring in functions that all variants share.
public func makeTable() -> KernelTable {
  KernelTable(
    name: variantName, lanes: lanes, product: product, findSteps: findSteps, adam: adam,
    sigmoidLoss: sigmoidLoss,
    columnSums: columnSums, sample: sample,
    multiplyAdds12: multiplyAdds12, multiplyAdds16: multiplyAdds16,
    multiplyAdds24: multiplyAdds24)
}
