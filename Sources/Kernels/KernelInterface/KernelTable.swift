/// The kernels of one variant: the functions that the build for one instruction set exports.
public struct KernelTable: Sendable {
  /// The variant's name, such as `avx512`.
  public let name: String
  /// The number of elements in a vector.
  public let lanes: Int
  /// The matrix product with its epilogue.
  public let product: @Sendable (ProductArguments) -> Void
  /// The masked product A·Bᵀ.
  public let maskedTransposedProduct: @Sendable (MaskedTransposedProductArguments) -> Void
  /// The nonzero columns of tiles of rows.
  public let listColumns: @Sendable (ListArguments) -> Void
  /// The nonzero rows of tiles of columns.
  public let listRows: @Sendable (ListArguments) -> Void
  /// The optimizer step.
  public let adam: @Sendable (AdamArguments) -> Void
  /// The sigmoid of the logits with its squared error and gradient.
  public let sigmoidLoss: @Sendable (SigmoidLossArguments) -> Void
  /// The sigmoid.
  public let sigmoid: @Sendable (SigmoidArguments) -> Void
  /// The gradient of the sigmoid.
  public let sigmoidBackward: @Sendable (SigmoidBackwardArguments) -> Void
  /// The squared error and its gradient.
  public let squaredLoss: @Sendable (SquaredLossArguments) -> Void
  /// The sums of columns, the gradient of a bias.
  public let columnSums: @Sendable (ColumnSumArguments) -> Void
  /// The conversion of bytes to floats in [0, 1].
  public let unitNumbers: @Sendable (UnitNumberArguments) -> Void
  /// The packing of an image of bytes for `sample`.
  public let packNeighbours: @Sendable (NeighbourArguments) -> Void
  /// The transform of an image of bytes.
  public let sample: @Sendable (SampleArguments) -> Void
  /// The transform of an image of floats; the pointer receives the result.
  public let sampleNumbers: @Sendable (NumberSampleArguments, UnsafeMutablePointer<Float>) -> Void
  /// The gradient of `sampleNumbers`: takes the result's gradient; writes the source's and the map's six.
  public let sampleNumbersBackward:
    @Sendable (
      NumberSampleArguments, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  /// A loop of multiply-adds on 12 independent vectors. Takes the number of iterations; the result depends on
  /// all of them.
  public let multiplyAdds12: @Sendable (Int) -> Float
  /// `multiplyAdds12` on 16 vectors.
  public let multiplyAdds16: @Sendable (Int) -> Float
  /// `multiplyAdds12` on 24 vectors.
  public let multiplyAdds24: @Sendable (Int) -> Float

  /// Creates the table of a variant.
  public init(
    name: String, lanes: Int, product: @escaping @Sendable (ProductArguments) -> Void,
    maskedTransposedProduct: @escaping @Sendable (MaskedTransposedProductArguments) -> Void,
    listColumns: @escaping @Sendable (ListArguments) -> Void,
    listRows: @escaping @Sendable (ListArguments) -> Void,
    adam: @escaping @Sendable (AdamArguments) -> Void,
    sigmoidLoss: @escaping @Sendable (SigmoidLossArguments) -> Void,
    sigmoid: @escaping @Sendable (SigmoidArguments) -> Void,
    sigmoidBackward: @escaping @Sendable (SigmoidBackwardArguments) -> Void,
    squaredLoss: @escaping @Sendable (SquaredLossArguments) -> Void,
    columnSums: @escaping @Sendable (ColumnSumArguments) -> Void,
    unitNumbers: @escaping @Sendable (UnitNumberArguments) -> Void,
    packNeighbours: @escaping @Sendable (NeighbourArguments) -> Void,
    sample: @escaping @Sendable (SampleArguments) -> Void,
    sampleNumbers: @escaping @Sendable (NumberSampleArguments, UnsafeMutablePointer<Float>) -> Void,
    sampleNumbersBackward:
      @escaping @Sendable (
        NumberSampleArguments, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
      ) -> Void,
    multiplyAdds12: @escaping @Sendable (Int) -> Float,
    multiplyAdds16: @escaping @Sendable (Int) -> Float,
    multiplyAdds24: @escaping @Sendable (Int) -> Float
  ) {
    self.name = name
    self.lanes = lanes
    self.product = product
    self.maskedTransposedProduct = maskedTransposedProduct
    self.listColumns = listColumns
    self.listRows = listRows
    self.adam = adam
    self.sigmoidLoss = sigmoidLoss
    self.sigmoid = sigmoid
    self.sigmoidBackward = sigmoidBackward
    self.squaredLoss = squaredLoss
    self.columnSums = columnSums
    self.unitNumbers = unitNumbers
    self.packNeighbours = packNeighbours
    self.sample = sample
    self.sampleNumbers = sampleNumbers
    self.sampleNumbersBackward = sampleNumbersBackward
    self.multiplyAdds12 = multiplyAdds12
    self.multiplyAdds16 = multiplyAdds16
    self.multiplyAdds24 = multiplyAdds24
  }
}

/// The arguments of a search for nonzero rows or columns in a matrix's tiles.
///
/// A tile is `StepLists.tile` rows or columns; list `t` belongs to tile `t`.
@frozen public struct ListArguments {
  /// The tiles to search.
  public var tileStart, tileEnd: Int
  /// The matrix, its rows `stride` values apart; columns are padded with zeros to a multiple of 16.
  public var matrix: UnsafePointer<Float>
  /// The row stride, in values.
  public var stride: Int
  /// The extents of the matrix; the last tile may be smaller than the others.
  public var rows, columns: Int
  /// The resulting lists.
  public var lists: StepLists

  /// Creates the arguments.
  public init(
    tiles: Range<Int>, matrix: UnsafePointer<Float>, stride: Int, rows: Int, columns: Int, lists: StepLists
  ) {
    (tileStart, tileEnd) = (tiles.lowerBound, tiles.upperBound)
    self.matrix = matrix
    self.stride = stride
    (self.rows, self.columns) = (rows, columns)
    self.lists = lists
  }
}

/// The arguments of a conversion of bytes to floats in [0, 1].
@frozen public struct UnitNumberArguments {
  /// The number of bytes.
  public var count: Int
  /// The bytes, from 0 to 255.
  public var bytes: UnsafePointer<UInt8>
  /// The result, byte ÷ 255.
  public var out: UnsafeMutablePointer<Float>

  /// Creates the arguments.
  public init(count: Int, bytes: UnsafePointer<UInt8>, out: UnsafeMutablePointer<Float>) {
    self.count = count
    self.bytes = bytes
    self.out = out
  }
}

/// The arguments of the sum over the rows of a matrix, in order.
@frozen public struct ColumnSumArguments {
  /// The number of rows.
  public var rows: Int
  /// A range of columns; both ends are multiples of 16.
  public var columnStart, columnEnd: Int
  /// The first value of the matrix, whose rows are `stride` values apart.
  public var matrix: UnsafePointer<Float>
  /// The row stride, in values.
  public var stride: Int
  /// One sum for each column of the matrix.
  public var sums: UnsafeMutablePointer<Float>

  /// Creates the arguments.
  public init(
    rows: Int, columns: Range<Int>, matrix: UnsafePointer<Float>, stride: Int,
    sums: UnsafeMutablePointer<Float>
  ) {
    self.rows = rows
    (columnStart, columnEnd) = (columns.lowerBound, columns.upperBound)
    self.matrix = matrix
    self.stride = stride
    self.sums = sums
  }
}
