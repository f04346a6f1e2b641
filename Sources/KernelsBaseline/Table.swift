import KernelTypes

/// This variant's kernels. No arrays here: a generic type would bring in functions that all variants share.
public func makeTable() -> KernelTable {
  KernelTable(
    name: variantName, lanes: lanes, product: product, maskedDots: maskedDots, listColumns: listColumns,
    listRows: listRows, adam: adam,
    sigmoidLoss: sigmoidLoss,
    columnSums: columnSums, unitNumbers: unitNumbers, packNeighbours: packNeighbours, sample: sample,
    multiplyAdds12: multiplyAdds12, multiplyAdds16: multiplyAdds16,
    multiplyAdds24: multiplyAdds24)
}
