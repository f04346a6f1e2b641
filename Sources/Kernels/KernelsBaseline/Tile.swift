import CKernels
import KernelInterface

/// Cursors that prefetch the weights and moments which the end of a tile writes to.
struct PrefetchCursors {
  var weights, firstMoments, secondMoments: UnsafeMutablePointer<Float>

  @inline(__always)
  init(_ weights: UnsafeMutablePointer<Float>, _ update: UpdateArguments, offset: Int) {
    self.weights = weights + offset
    firstMoments = update.firstMoments + offset
    secondMoments = update.secondMoments + offset
  }

  @inline(__always)
  mutating func prefetchNext() {
    ck_prefetch_to_write(weights)
    ck_prefetch_to_write(firstMoments)
    ck_prefetch_to_write(secondMoments)
    weights += 16
    firstMoments += 16
    secondMoments += 16
  }
}

/// A tile of a matrix product whose sums stay in registers.
///
/// Each sum is accumulated in the order of the depth, whatever the tile's size, so that results do not depend
/// on the tiling.
struct Tile<let rows: Int, let vectors: Int> {
  var sums: InlineArray<rows, InlineArray<vectors, Vector>>

  /// Initializes each column's sums with its bias, or with 0.
  @inline(__always)
  init(bias: UnsafePointer<Float>?) {
    var first = InlineArray<vectors, Vector>(repeating: Vector())
    if let bias {
      for v in 0..<vectors { first[v] = (bias + v &* lanes).vector() }
    }
    sums = InlineArray(repeating: first)
  }

  /// Adds the values of rows with the stride `row`.
  @inline(__always)
  mutating func add(_ values: UnsafeMutablePointer<Float>, row: Int) {
    for r in 0..<rows {
      for v in 0..<vectors { sums[r][v] += (values + (r &* row &+ v &* lanes)).vector() }
    }
  }

  /// Replaces negative sums by 0.
  @inline(__always)
  mutating func rectify() {
    for r in 0..<rows {
      for v in 0..<vectors {
        sums[r][v] = sums[r][v].replacing(with: Vector(), where: sums[r][v] .< Vector())
      }
    }
  }

  /// Replaces sums by 0 where the mask is not above 0.
  @inline(__always)
  mutating func apply(mask: UnsafePointer<Float>, maskRow: Int) {
    for r in 0..<rows {
      for v in 0..<vectors {
        let maskValues = (mask + (r &* maskRow &+ v &* lanes)).vector()
        sums[r][v] = Vector().replacing(with: sums[r][v], where: maskValues .> Vector())
      }
    }
  }

  /// Stores the sums to rows with the stride `row`.
  @inline(__always)
  func store(to out: UnsafeMutablePointer<Float>, row: Int) {
    for r in 0..<rows {
      for v in 0..<vectors { (out + (r &* row &+ v &* lanes)).store(sums[r][v]) }
    }
  }
}
