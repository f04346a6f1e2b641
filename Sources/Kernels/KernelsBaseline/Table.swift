import KernelInterface

/// Creates this variant's table. Without arrays: generic code would be shared between the variants.
public func makeTable() -> KernelTable {
  KernelTable(
    name: variantName, lanes: lanes, product: product, maskedTransposedProduct: maskedTransposedProduct,
    listColumns: listColumns,
    listRows: listRows, adam: adam,
    sigmoidLoss: sigmoidLoss, sigmoid: sigmoid, sigmoidBackward: sigmoidBackward, squaredLoss: squaredLoss,
    columnSums: columnSums, unitNumbers: unitNumbers, packNeighbours: packNeighbours, sample: sample,
    sampleNumbers: { sampleNumbers($0, into: $1) },
    sampleNumbersBackward: {
      sampleNumbersBackward($0, gradient: $1, sourceGradient: $2, mapGradient: $3)
    },
    multiplyAdds12: multiplyAdds12, multiplyAdds16: multiplyAdds16,
    multiplyAdds24: multiplyAdds24)
}
