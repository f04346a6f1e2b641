/// The kernels of one variant: functions that one instruction set's build of the same source exports.
public struct KernelTable: Sendable {
  /// What the variant is called, such as `avx512`.
  public let name: String
  /// Numbers in a vector.
  public let lanes: Int
  /// A matrix product with its epilogue.
  public let product: @Sendable (ProductArguments) -> Void
  /// Some numbers of a product with a transposed matrix.
  public let maskedTransposedProduct: @Sendable (MaskedTransposedProductArguments) -> Void
  /// For tiles of rows, the columns that are not all zeros.
  public let listColumns: @Sendable (ListArguments) -> Void
  /// For tiles of columns, the rows that are not all zeros.
  public let listRows: @Sendable (ListArguments) -> Void
  /// An optimizer step.
  public let adam: @Sendable (AdamArguments) -> Void
  /// The decoder's output, its error and gradient.
  public let sigmoidLoss: @Sendable (SigmoidLossArguments) -> Void
  /// The decoder's output alone.
  public let sigmoid: @Sendable (SigmoidArguments) -> Void
  /// The gradient through a sigmoid.
  public let sigmoidBackward: @Sendable (SigmoidBackwardArguments) -> Void
  /// An error and its gradient.
  public let squaredLoss: @Sendable (SquaredLossArguments) -> Void
  /// The gradient of a bias.
  public let columnSums: @Sendable (ColumnSumArguments) -> Void
  /// Bytes as numbers.
  public let unitNumbers: @Sendable (UnitNumberArguments) -> Void
  /// An image of bytes as the transform reads it.
  public let packNeighbours: @Sendable (NeighbourArguments) -> Void
  /// The transform of an image of bytes.
  public let sample: @Sendable (SampleArguments) -> Void
  /// The transform of an image of numbers, with its place for the result.
  public let sampleNumbers: @Sendable (NumberSampleArguments, UnsafeMutablePointer<Float>) -> Void
  /// The way back: the result's gradient, and places for the source's and for the map's six.
  public let sampleNumbersBackward:
    @Sendable (
      NumberSampleArguments, UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  /// A loop of nothing but multiply-adds on 12 independent vectors: it takes a number of iterations and
  /// returns a number that depends on all of them.
  public let multiplyAdds12: @Sendable (Int) -> Float
  /// The same on 16 vectors.
  public let multiplyAdds16: @Sendable (Int) -> Float
  /// The same on 24 vectors.
  public let multiplyAdds24: @Sendable (Int) -> Float

  /// Puts the kernels of a variant together.
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

/// A search of a matrix's tiles for what is not zero.
///
/// A tile is as many rows (or columns) as the lists say; list `t` belongs to tile `t`.
@frozen public struct ListArguments {
  /// The tiles to search.
  public var tileStart, tileEnd: Int
  /// The matrix, its rows `stride` values apart; columns are padded with zeros to a multiple of 16.
  public var matrix: UnsafePointer<Float>
  /// The distance between two rows.
  public var stride: Int
  /// How many rows and columns there are; the last tile may have fewer than the others.
  public var rows, columns: Int
  /// Where the lists go.
  public var lists: StepLists

  /// Names the tiles.
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

/// Bytes to be written as numbers in [0, 1].
@frozen public struct UnitNumberArguments {
  /// How many there are.
  public var count: Int
  /// Numbers from 0 to 255.
  public var bytes: UnsafePointer<UInt8>
  /// Where byte ÷ 255 goes.
  public var out: UnsafeMutablePointer<Float>

  /// Names the bytes.
  public init(count: Int, bytes: UnsafePointer<UInt8>, out: UnsafeMutablePointer<Float>) {
    self.count = count
    self.bytes = bytes
    self.out = out
  }
}

/// The sum of each column of a matrix, in order of the rows.
@frozen public struct ColumnSumArguments {
  /// How many rows are summed.
  public var rows: Int
  /// A range of columns; both ends are multiples of 16.
  public var columnStart, columnEnd: Int
  /// The first value of the matrix, whose rows are `stride` values apart.
  public var matrix: UnsafePointer<Float>
  /// The distance between two rows.
  public var stride: Int
  /// One sum for each column of the matrix.
  public var sums: UnsafeMutablePointer<Float>

  /// Names the columns.
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
