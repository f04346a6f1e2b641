import KernelInterface

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

/// A strip of one block, a few vectors wide, over all rows.
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

  /// Processes the rows with the tallest tiles that fit.
  @inline(__always)
  func run<let vectors: Int>(vectors: Tile<1, vectors>.Type) {
    var row = arguments.rowStart
    if let steps = arguments.steps {
      while row &+ StepLists.tile <= arguments.rowEnd {
        if tileRows == 8, row &+ 8 <= arguments.rowEnd, leavesLittleOut(steps, at: row) {
          tile(Tile<8, vectors>.self, at: row)
          row &+= 8
        } else {
          listedTile(Tile<4, vectors>.self, at: row, steps)
          row &+= StepLists.tile
        }
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

  /// Tells whether the lists of two tiles are so long that one tall tile with all steps is faster.
  @inline(__always)
  private func leavesLittleOut(_ steps: StepLists, at row: Int) -> Bool {
    let list = steps.base + (row / StepLists.tile) &* steps.stride
    return (Int(list[0]) &+ Int(list[steps.stride])) &* 100 > arguments.depth &* 2 &* 88
  }

  /// Computes a tile from its list of steps.
  @inline(__always)
  private func listedTile<let rows: Int, let vectors: Int>(
    _: Tile<rows, vectors>.Type, at row: Int, _ lists: StepLists
  ) {
    let steps = lists.base + (row / StepLists.tile) &* lists.stride
    let end = 1 &+ Int(steps[0])
    let left = arguments.left + row &* arguments.leftRow
    var begin = 1
    var tile = Tile<rows, vectors>(bias: arguments.bias.map { $0 + firstColumn })
    // A tile is contiguous where its strip is as wide as the panel.
    if let update = arguments.update, outRow == vectors &* lanes {
      begin = min(end, 1 &+ rows &* vectors &* lanes / 16)
      tile.accumulate(
        steps: steps, from: 1, to: begin, left: left, leftRow: arguments.leftRow,
        leftStep: arguments.leftStep, right: right, rightStep: rightStep,
        cursors: PrefetchCursors(arguments.out.base, update, offset: out + row &* outRow - arguments.out.base)
      )
    }
    tile.accumulate(
      steps: steps, from: begin, to: end, left: left, leftRow: arguments.leftRow,
      leftStep: arguments.leftStep, right: right, rightStep: rightStep)
    finish(&tile, at: row)
  }

  /// Computes a tile from all steps.
  @inline(__always)
  private func tile<let rows: Int, let vectors: Int>(_: Tile<rows, vectors>.Type, at row: Int) {
    if let update = arguments.update {
      prefetchTile(arguments.out.base, at: place(row: row, rows: rows, vectors: vectors), for: update)
    }
    var tile = Tile<rows, vectors>(bias: arguments.bias.map { $0 + firstColumn })
    tile.accumulate(
      depth: arguments.depth, left: arguments.left + row &* arguments.leftRow, leftRow: arguments.leftRow,
      leftStep: arguments.leftStep, right: right, rightStep: rightStep)
    finish(&tile, at: row)
  }

  @inline(__always)
  private func place(row: Int, rows: Int, vectors: Int) -> TilePlace {
    TilePlace(
      offset: out + row &* outRow - arguments.out.base, rowLength: outRow, row: row, column: firstColumn,
      rows: rows, columns: vectors &* lanes)
  }

  /// Applies the epilogue and stores a tile.
  @inline(__always)
  private func finish<let rows: Int, let vectors: Int>(_ tile: inout Tile<rows, vectors>, at row: Int) {
    if let update = arguments.update {
      // Through memory: with the step inlined here, the sums would not stay in registers.
      tile.store(to: update.scratch, row: vectors &* lanes)
      moveTile(arguments.out.base, at: place(row: row, rows: rows, vectors: vectors), by: update)
      return
    }
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

  /// The row stride of a block.
  @inline(__always)
  fileprivate func step(width: Int) -> Int { stride == 0 ? width : stride }
}
