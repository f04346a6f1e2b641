import CKernels
import KernelTypes

/// A tile of a weight matrix.
struct TilePlace {
  /// How far behind the matrix's first value it starts, and how far its rows are apart.
  let offset, rowLength: Int
  /// Where it starts.
  let row, column: Int
  /// Its size.
  let rows, columns: Int
}

/// Moves a tile of weights one Adam step on by the gradient in the step's scratch memory, and their
/// transposed copy with them.
@inline(never)
func moveTile(_ weights: UnsafeMutablePointer<Float>, at tile: TilePlace, by update: UpdateArguments) {
  let step = AdamStep(update.factors)
  var gradient = update.scratch
  for row in 0..<tile.rows {
    var place = tile.offset &+ row &* tile.rowLength
    let end = place &+ tile.columns
    while place < end {
      step.move(
        weights + place, first: update.firstMoments + place, second: update.secondMoments + place,
        gradient: gradient.vector())
      gradient += lanes
      place &+= lanes
    }
  }
  TransposedCopy(update)?.write(tile, of: weights)
}

/// Asks for the cache lines that a tile's step will write to. Not inlined: it would cost the product registers.
@inline(never)
func prefetchTile(_ weights: UnsafeMutablePointer<Float>, at tile: TilePlace, for update: UpdateArguments) {
  for row in 0..<tile.rows {
    var place = tile.offset &+ row &* tile.rowLength
    let end = place &+ tile.columns
    while place < end {
      ck_prefetch_to_write(weights + place)
      ck_prefetch_to_write(update.firstMoments + place)
      ck_prefetch_to_write(update.secondMoments + place)
      place &+= 16
    }
  }
  TransposedCopy(update)?.prefetch(tile)
}

/// The transposed copy of a weight matrix, in panels of its own.
private struct TransposedCopy {
  let base: UnsafeMutablePointer<Float>
  let rows: Int
  let columns: Int

  @inline(__always)
  init?(_ update: UpdateArguments) {
    guard let base = update.transposed else { return nil }
    self.base = base
    (rows, columns) = (update.transposedRows, update.transposedColumns)
  }

  /// Writes a tile of weights as columns.
  @inline(__always)
  func write(_ tile: TilePlace, of weights: UnsafeMutablePointer<Float>) {
    let source = weights + tile.offset
    let columns = usedColumns(of: tile)
    var done = 0
    // Eight rows that start at a multiple of 8 lie in one panel.
    if tile.rows == 8, tile.row % 8 == 0 {
      while done &+ 8 <= columns {
        ck_transpose8x8(
          source + done, tile.rowLength, place(row: tile.column &+ done, column: tile.row),
          panelWidth(at: tile.row))
        done &+= 8
      }
    }
    for column in done..<columns {
      for row in 0..<tile.rows {
        place(row: tile.column &+ column, column: tile.row &+ row).pointee =
          source[row &* tile.rowLength &+ column]
      }
    }
  }

  @inline(__always)
  func prefetch(_ tile: TilePlace) {
    for column in 0..<usedColumns(of: tile) {
      ck_prefetch_to_write(place(row: tile.column &+ column, column: tile.row))
    }
  }

  /// Padding columns are no rows of the transposed copy.
  @inline(__always)
  private func usedColumns(of tile: TilePlace) -> Int { max(0, min(tile.columns, rows &- tile.column)) }

  @inline(__always)
  private func panelWidth(at column: Int) -> Int {
    min(ColumnBlocks.width, columns &- column / ColumnBlocks.width &* ColumnBlocks.width)
  }

  @inline(__always)
  private func place(row: Int, column: Int) -> UnsafeMutablePointer<Float> {
    let start = column / ColumnBlocks.width &* ColumnBlocks.width
    return base + (start &* rows &+ row &* panelWidth(at: column) &+ column &- start)
  }
}
