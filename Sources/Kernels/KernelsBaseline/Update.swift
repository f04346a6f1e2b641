import CKernels
import KernelInterface

/// A tile of a weight matrix.
struct TilePlace {
  /// The offset from the matrix's first value, and the row stride.
  let offset, rowLength: Int
  /// The first row and column.
  let row, column: Int
  /// The extents.
  let rows, columns: Int
}

/// Updates a tile of weights, and its transposed copy, by one Adam step with the gradient in the scratch
/// memory.
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

/// Prefetches the cache lines that a tile's step writes to. Not inlined: it would cost the product registers.
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

/// The transposed copy of a weight matrix, in panels.
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

  /// The number of the tile's columns without padding, which the copy has no rows for.
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
