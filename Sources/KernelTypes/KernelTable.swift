/// The kernels of one variant: functions that one instruction set's build of the same source exports.
public struct KernelTable: Sendable {
  /// What the variant is called, such as `avx512`.
  public let name: String
  /// Numbers in a vector.
  public let lanes: Int
  /// A matrix product with its epilogue.
  public let product: @Sendable (ProductArguments) -> Void
  /// The steps of a product that are not all zeros.
  public let findSteps: @Sendable (StepSearchArguments) -> Void
  /// An optimizer step.
  public let adam: @Sendable (AdamArguments) -> Void
  /// The decoder's output, its error and gradient.
  public let sigmoidLoss: @Sendable (SigmoidLossArguments) -> Void
  /// The gradient of a bias.
  public let columnSums: @Sendable (ColumnSumArguments) -> Void
  /// The transform of an image.
  public let sample: @Sendable (SampleArguments) -> Void

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
    findSteps: @escaping @Sendable (StepSearchArguments) -> Void,
    adam: @escaping @Sendable (AdamArguments) -> Void,
    sigmoidLoss: @escaping @Sendable (SigmoidLossArguments) -> Void,
    columnSums: @escaping @Sendable (ColumnSumArguments) -> Void,
    sample: @escaping @Sendable (SampleArguments) -> Void,
    multiplyAdds12: @escaping @Sendable (Int) -> Float,
    multiplyAdds16: @escaping @Sendable (Int) -> Float,
    multiplyAdds24: @escaping @Sendable (Int) -> Float
  ) {
    self.name = name
    self.lanes = lanes
    self.product = product
    self.findSteps = findSteps
    self.adam = adam
    self.sigmoidLoss = sigmoidLoss
    self.columnSums = columnSums
    self.sample = sample
    self.multiplyAdds12 = multiplyAdds12
    self.multiplyAdds16 = multiplyAdds16
    self.multiplyAdds24 = multiplyAdds24
  }
}

/// A search for the steps at which a tile of a product's left matrix is not all zeros.
@frozen public struct StepSearchArguments {
  /// The tiles to search.
  public var tileStart, tileEnd: Int
  /// How many steps a row has.
  public var depth: Int
  /// All rows; the last tile may have fewer than the others.
  public var rows: Int
  /// The left matrix's value at row 0, step 0.
  public var left: UnsafePointer<Float>
  /// The distances between two rows and between two steps of the left matrix.
  public var leftRow, leftStep: Int
  /// Where the lists go.
  public var lists: StepLists

  /// Names the tiles.
  public init(
    tiles: Range<Int>, depth: Int, rows: Int, left: UnsafePointer<Float>, leftRow: Int, leftStep: Int,
    lists: StepLists
  ) {
    (tileStart, tileEnd) = (tiles.lowerBound, tiles.upperBound)
    self.depth = depth
    self.rows = rows
    self.left = left
    self.leftRow = leftRow
    self.leftStep = leftStep
    self.lists = lists
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
