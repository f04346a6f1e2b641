/// How a matrix of many columns lies in memory, cut into blocks of 48 columns.
@frozen public struct ColumnBlocks {
  /// Columns in every block but possibly the last, which has 16, 32 or 48.
  public static var width: Int { 48 }

  /// The first value.
  public let base: UnsafeMutablePointer<Float>
  /// For plain rows: the distance between rows. For panels: 0.
  public let stride: Int
  /// For panels: how many rows each panel has, stored one panel after the other.
  public let panelRows: Int

  /// Plain rows, `stride` values apart: block `q` starts at column 48 q of the first row.
  @inlinable public init(rows base: UnsafeMutablePointer<Float>, stride: Int) {
    self.base = base
    self.stride = stride
    panelRows = 0
  }

  /// Panels: block `q` is stored by itself, its rows as wide as the block.
  @inlinable public init(panels base: UnsafeMutablePointer<Float>, panelRows: Int) {
    self.base = base
    stride = 0
    self.panelRows = panelRows
  }
}

/// For each tile of a product's left matrix, a list of steps: its count, then as many numbers.
@frozen public struct StepLists {
  /// How many rows a tile has: fewer than in a product without lists, as fewer rows share more zeros.
  public static var tile: Int { 4 }

  /// The first list.
  public var base: UnsafeMutablePointer<Int32>
  /// The distance between two lists.
  public var stride: Int

  /// Names the lists.
  @inlinable public init(base: UnsafeMutablePointer<Int32>, stride: Int) {
    self.base = base
    self.stride = stride
  }
}

/// One matrix product, out = epilogue(left · right), over a range of rows and a range of column blocks.
///
/// `left` is read at `left + row · leftRow + step · leftStep`, so that the same kernel multiplies a matrix
/// and its transpose.
@frozen public struct ProductArguments {
  /// The rows of the product to compute.
  public var rowStart, rowEnd: Int
  /// The blocks of 48 columns to compute.
  public var blockStart, blockEnd: Int
  /// All columns of the product, a multiple of 16.
  public var columns: Int
  /// How many products each sum has.
  public var depth: Int
  /// The left matrix's value at row 0, step 0.
  public var left: UnsafePointer<Float>
  /// The distances between two rows and between two steps of the left matrix.
  public var leftRow, leftStep: Int
  /// The right matrix, a row for each step.
  public var right: ColumnBlocks
  /// Where the product goes.
  public var out: ColumnBlocks
  /// For each tile of rows, the steps at which it is not all zeros; absent: every step counts.
  public var steps: StepLists?
  /// What each column's sum starts with; absent: 0.
  public var bias: UnsafePointer<Float>?
  /// Whether sums are added to what stands in `out`.
  public var accumulates: Bool
  /// Negative results become 0.
  public var rectified: Bool
  /// Where this matrix (rows `maskRow` values apart) is not above 0, the result becomes 0.
  public var mask: UnsafePointer<Float>?
  /// The distance between two rows of the mask.
  public var maskRow: Int
  /// Takes the product as the gradient of what stands in `out`, and moves that one step on.
  public var update: UpdateArguments?

  /// A product without bias and epilogue.
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

/// An Adam step for weights in panels, of which a product is the gradient.
@frozen public struct UpdateArguments {
  /// The running means of gradients and of their squares, in panels like the weights.
  public var firstMoments, secondMoments: UnsafeMutablePointer<Float>
  /// What all weights share.
  public var factors: AdamFactors
  /// Memory for one tile of gradients, `UpdateArguments.scratchCount` values.
  public var scratch: UnsafeMutablePointer<Float>
  /// The panels of the transposed copy, which is brought up to date; absent: there is none.
  public var transposed: UnsafeMutablePointer<Float>?
  /// Rows and columns of the transposed copy, the columns padded to a multiple of 16.
  public var transposedRows, transposedColumns: Int

  /// As many values as the largest tile has.
  public static var scratchCount: Int { 8 * ColumnBlocks.width }

  /// A step without a transposed copy.
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
