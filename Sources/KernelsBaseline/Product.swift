import KernelTypes

/// Computes the blocks of a matrix product one after the other, each in strips of up to three vectors.
func product(_ arguments: ProductArguments) {
  for block in arguments.blockStart..<arguments.blockEnd {
    let firstColumn = block &* ColumnBlocks.width
    let width = min(ColumnBlocks.width, arguments.columns &- firstColumn)
    var column = 0
    while column < width {
      let strip = Strip(arguments, block: block, blockWidth: width, column: column)
      let vectors = min(3, (width &- column) / lanes)
      switch vectors {
      case 3: strip.run(vectors: Tile<1, 3>.self)
      case 2: strip.run(vectors: Tile<1, 2>.self)
      default: strip.run(vectors: Tile<1, 1>.self)
      }
      column &+= vectors &* lanes
    }
  }
}

/// A few vectors' width of one block, over all rows.
private struct Strip {
  let arguments: ProductArguments
  let right: UnsafeMutablePointer<Float>
  let rightStep: Int
  let out: UnsafeMutablePointer<Float>
  let outRow: Int
  let firstColumn: Int

  @inline(__always)
  init(_ arguments: ProductArguments, block: Int, blockWidth: Int, column: Int) {
    self.arguments = arguments
    right = arguments.right.start(of: block) + column
    rightStep = arguments.right.step(width: blockWidth)
    out = arguments.out.start(of: block) + column
    outRow = arguments.out.step(width: blockWidth)
    firstColumn = block &* ColumnBlocks.width &+ column
  }

  /// Runs down the rows with the tallest tiles that fit.
  @inline(__always)
  func run<let vectors: Int>(vectors: Tile<1, vectors>.Type) {
    var row = arguments.rowStart
    if let steps = arguments.steps {
      if steps.tileRows == 8 {
        row = listedTiles(Tile<8, vectors>.self, from: row, steps)
      } else {
        row = listedTiles(Tile<4, vectors>.self, from: row, steps)
      }
    }
    while row &+ tileRows <= arguments.rowEnd {
      if tileRows == 8 {
        tile(Tile<8, vectors>.self, at: row)
      } else {
        tile(Tile<4, vectors>.self, at: row)
      }
      row &+= tileRows
    }
    if tileRows == 8, row &+ 4 <= arguments.rowEnd {
      tile(Tile<4, vectors>.self, at: row)
      row &+= 4
    }
    if row &+ 2 <= arguments.rowEnd {
      tile(Tile<2, vectors>.self, at: row)
      row &+= 2
    }
    if row < arguments.rowEnd {
      tile(Tile<1, vectors>.self, at: row)
    }
  }

  /// Computes as many whole tiles as there are with their lists of steps; returns the row after them.
  @inline(__always)
  private func listedTiles<let rows: Int, let vectors: Int>(
    _: Tile<rows, vectors>.Type, from start: Int, _ steps: StepLists
  ) -> Int {
    var row = start
    while row &+ rows <= arguments.rowEnd {
      var tile = Tile<rows, vectors>(bias: arguments.bias.map { $0 + firstColumn })
      tile.accumulate(
        steps: steps.base + (row / rows) &* steps.stride, left: arguments.left + row &* arguments.leftRow,
        leftRow: arguments.leftRow, leftStep: arguments.leftStep, right: right, rightStep: rightStep)
      finish(&tile, at: row)
      row &+= rows
    }
    return row
  }

  @inline(__always)
  private func tile<let rows: Int, let vectors: Int>(_: Tile<rows, vectors>.Type, at row: Int) {
    var tile = Tile<rows, vectors>(bias: arguments.bias.map { $0 + firstColumn })
    tile.accumulate(
      depth: arguments.depth, left: arguments.left + row &* arguments.leftRow, leftRow: arguments.leftRow,
      leftStep: arguments.leftStep, right: right, rightStep: rightStep)
    finish(&tile, at: row)
  }

  /// What happens to the sums before they are stored.
  @inline(__always)
  private func finish<let rows: Int, let vectors: Int>(_ tile: inout Tile<rows, vectors>, at row: Int) {
    if arguments.accumulates {
      tile.add(out + row &* outRow, row: outRow)
    }
    if arguments.rectified {
      tile.rectify()
    }
    if let mask = arguments.mask {
      tile.apply(mask: mask + (row &* arguments.maskRow &+ firstColumn), maskRow: arguments.maskRow)
    }
    tile.store(to: out + row &* outRow, row: outRow)
  }
}

extension ColumnBlocks {
  /// The first value of a block.
  @inline(__always)
  fileprivate func start(of block: Int) -> UnsafeMutablePointer<Float> {
    base + block &* Self.width &* (stride == 0 ? panelRows : 1)
  }

  /// The distance between the rows of a block.
  @inline(__always)
  fileprivate func step(width: Int) -> Int { stride == 0 ? width : stride }
}
