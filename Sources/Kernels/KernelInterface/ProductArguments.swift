/// The memory layout of a wide matrix, cut into blocks of 48 columns.
@frozen public struct ColumnBlocks {
  /// The number of columns of every block but the last, which has 16, 32 or 48.
  public static var width: Int { 48 }

  /// The first value.
  public let base: UnsafeMutablePointer<Float>
  /// The row stride of plain rows; 0 for panels.
  public let stride: Int
  /// The number of rows of each panel, stored one panel after the other; 0 for plain rows.
  public let panelRows: Int

  /// Creates the layout of plain rows, `stride` values apart: block `q` starts at column 48 q of the first
  /// row.
  @inlinable public init(rows base: UnsafeMutablePointer<Float>, stride: Int) {
    self.base = base
    self.stride = stride
    panelRows = 0
  }

  /// Creates the layout of panels: block `q` is contiguous, its rows as wide as the block.
  @inlinable public init(panels base: UnsafeMutablePointer<Float>, panelRows: Int) {
    self.base = base
    stride = 0
    self.panelRows = panelRows
  }
}

/// For each tile of a product's left matrix, a list of steps: the count, then the steps.
@frozen public struct StepLists {
  /// The number of rows of a tile: fewer than in a product without lists, as fewer rows have more zeros in
  /// common.
  public static var tile: Int { 4 }

  /// The first list.
  public var base: UnsafeMutablePointer<Int32>
  /// The distance between two lists, in values.
  public var stride: Int

  /// Creates the lists.
  @inlinable public init(base: UnsafeMutablePointer<Int32>, stride: Int) {
    self.base = base
    self.stride = stride
  }
}

/// The arguments of a matrix product, out = epilogue(left · right), over a range of rows and of column
/// blocks.
///
/// `left` is read at `left + row · leftRow + step · leftStep`, so that the same kernel multiplies a matrix or
/// its transpose.
@frozen public struct ProductArguments {
  /// The rows of the product to compute.
  public var rowStart, rowEnd: Int
  /// The blocks of 48 columns to compute.
  public var blockStart, blockEnd: Int
  /// The number of columns of the product, a multiple of 16.
  public var columns: Int
  /// The number of terms of each sum.
  public var depth: Int
  /// The left matrix's value at row 0, step 0.
  public var left: UnsafePointer<Float>
  /// The row and step strides of the left matrix, in values.
  public var leftRow, leftStep: Int
  /// The right matrix, a row for each step.
  public var right: ColumnBlocks
  /// The product.
  public var out: ColumnBlocks
  /// For each tile of rows, its nonzero steps; nil for all steps.
  public var steps: StepLists?
  /// The initial value of each column's sum; nil for 0.
  public var bias: UnsafePointer<Float>?
  /// Adds the sums to the contents of `out`.
  public var accumulates: Bool
  /// Replaces negative results by 0.
  public var rectified: Bool
  /// Replaces results by 0 where this matrix (rows `maskRow` values apart) is not above 0.
  public var mask: UnsafePointer<Float>?
  /// The row stride of the mask, in values.
  public var maskRow: Int
  /// Uses the product as the gradient of the contents of `out` and updates those by one optimizer step.
  public var update: UpdateArguments?

  /// Creates a product without bias and epilogue.
  public init(
    rows: Range<Int>, blocks: Range<Int>, columns: Int, depth: Int, left: UnsafePointer<Float>,
    leftRow: Int, leftStep: Int, right: ColumnBlocks, out: ColumnBlocks
  ) {
    (rowStart, rowEnd) = (rows.lowerBound, rows.upperBound)
    (blockStart, blockEnd) = (blocks.lowerBound, blocks.upperBound)
    self.columns = columns
    self.depth = depth
    self.left = left
    self.leftRow = leftRow
    self.leftStep = leftStep
    self.right = right
    self.out = out
    steps = nil
    bias = nil
    accumulates = false
    rectified = false
    mask = nil
    maskRow = 0
    update = nil
  }
}

/// An Adam step for weights in panels, with a product as their gradient.
@frozen public struct UpdateArguments {
  /// The first and second moments, in panels like the weights.
  public var firstMoments, secondMoments: UnsafeMutablePointer<Float>
  /// The factors common to all weights.
  public var factors: AdamFactors
  /// Memory for one tile of gradients, `UpdateArguments.scratchCount` values.
  public var scratch: UnsafeMutablePointer<Float>
  /// The panels of the transposed copy to update; nil where there is none.
  public var transposed: UnsafeMutablePointer<Float>?
  /// The extents of the transposed copy, the columns padded to a multiple of 16.
  public var transposedRows, transposedColumns: Int

  /// The number of values of the largest tile.
  public static var scratchCount: Int { 8 * ColumnBlocks.width }

  /// Creates a step without a transposed copy.
  public init(
    firstMoments: UnsafeMutablePointer<Float>, secondMoments: UnsafeMutablePointer<Float>,
    factors: AdamFactors, scratch: UnsafeMutablePointer<Float>
  ) {
    self.scratch = scratch
    self.firstMoments = firstMoments
    self.secondMoments = secondMoments
    self.factors = factors
    transposed = nil
    (transposedRows, transposedColumns) = (0, 0)
  }
}
