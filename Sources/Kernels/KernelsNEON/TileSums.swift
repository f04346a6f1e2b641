import CKernels

/// Sums of products with `fmla` by element: left factors are loaded four at a time, and each multiplies vectors of the
/// right matrix from its place in the register.
extension Tile {
  /// Adds `depth` terms to each sum.
  @inline(__always)
  mutating func accumulate(
    depth: Int, left: UnsafePointer<Float>, leftRow: Int, leftStep: Int, right: UnsafePointer<Float>,
    rightStep: Int
  ) {
    var left = left
    var right = right
    var remaining = depth
    if rows == 4 || rows == 8, leftRow == 1 {
      while remaining > 0 {
        addStep(columnOf: left, right)
        left += leftStep
        right += rightStep
        remaining &-= 1
      }
    } else if rows == 4 || rows == 8, leftStep == 1 {
      while remaining >= 4 {
        addFourSteps(left, leftRow: leftRow, right, rightStep: rightStep, firstRow: 0)
        if rows == 8 {
          // Four steps of three vectors do not fit beside the sums: the lower half loads them again.
          addFourSteps(
            left + 4 &* leftRow, leftRow: leftRow, right + ck_opaque(0), rightStep: rightStep, firstRow: 4)
        }
        left += 4
        right += 4 &* rightStep
        remaining &-= 4
      }
    }
    while remaining > 0 {
      addStep(left, leftRow: leftRow, right)
      left += leftStep
      right += rightStep
      remaining &-= 1
    }
  }

  /// Adds the terms of the listed steps `from`..<`to` to each sum; the omitted terms are 0.
  @inline(__always)
  mutating func accumulate(
    steps: UnsafePointer<Int32>, from: Int, to: Int, left: UnsafePointer<Float>, leftRow: Int, leftStep: Int,
    right: UnsafePointer<Float>, rightStep: Int, cursors: PrefetchCursors? = nil
  ) {
    var cursors = cursors
    if rows == 4 || rows == 8, leftRow == 1 {
      for index in from..<to {
        cursors?.prefetchNext()
        let step = Int(steps[index])
        addStep(columnOf: left + step &* leftStep, right + step &* rightStep)
      }
    } else {
      for index in from..<to {
        cursors?.prefetchNext()
        let step = Int(steps[index])
        addStep(left + step &* leftStep, leftRow: leftRow, right + step &* rightStep)
      }
    }
  }

  /// Adds one term to each sum; the left factors of all rows are adjacent.
  @inline(__always)
  private mutating func addStep(columnOf left: UnsafePointer<Float>, _ right: UnsafePointer<Float>) {
    let values = loaded(right)
    for group in 0..<rows / 4 {
      let factors = (left + 4 &* group).vector()
      for lane in 0..<4 {
        let row = 4 &* group &+ lane
        for v in 0..<vectors {
          sums[row][v] = multiplyAdd(Vector(repeating: factors[lane]), values[v], sums[row][v])
        }
      }
    }
  }

  /// Adds one term to each sum; the left factors are `leftRow` values apart.
  @inline(__always)
  private mutating func addStep(
    _ left: UnsafePointer<Float>, leftRow: Int, _ right: UnsafePointer<Float>
  ) {
    let values = loaded(right)
    for row in 0..<rows {
      let factor = Vector(repeating: left[row &* leftRow])
      for v in 0..<vectors { sums[row][v] = multiplyAdd(factor, values[v], sums[row][v]) }
    }
  }

  /// Adds the terms of four steps to the sums of four rows, whose left factors are adjacent for each row.
  @inline(__always)
  private mutating func addFourSteps(
    _ left: UnsafePointer<Float>, leftRow: Int, _ right: UnsafePointer<Float>, rightStep: Int, firstRow: Int
  ) {
    let factors = (
      left.vector(), (left + leftRow).vector(), (left + 2 &* leftRow).vector(), (left + 3 &* leftRow).vector()
    )
    // Written out: a loop would choose its element at run time.
    addStep(factors, 0, right, firstRow: firstRow)
    addStep(factors, 1, right + rightStep, firstRow: firstRow)
    addStep(factors, 2, right + 2 &* rightStep, firstRow: firstRow)
    addStep(factors, 3, right + 3 &* rightStep, firstRow: firstRow)
  }

  /// Adds one term to the sums of four rows, with element `lane` of each row's factors.
  @inline(__always)
  private mutating func addStep(
    _ factors: (Vector, Vector, Vector, Vector), _ lane: Int, _ right: UnsafePointer<Float>, firstRow row: Int
  ) {
    for v in 0..<vectors {
      // One at a time: with all loaded first, the optimizer keeps the sums in memory.
      let value = (right + v &* lanes).vector()
      sums[row][v] = multiplyAdd(Vector(repeating: factors.0[lane]), value, sums[row][v])
      sums[row &+ 1][v] = multiplyAdd(Vector(repeating: factors.1[lane]), value, sums[row &+ 1][v])
      sums[row &+ 2][v] = multiplyAdd(Vector(repeating: factors.2[lane]), value, sums[row &+ 2][v])
      sums[row &+ 3][v] = multiplyAdd(Vector(repeating: factors.3[lane]), value, sums[row &+ 3][v])
    }
  }

  /// The tile's vectors of one step of the right matrix.
  @inline(__always)
  private func loaded(_ right: UnsafePointer<Float>) -> InlineArray<vectors, Vector> {
    var values = InlineArray<vectors, Vector>(repeating: Vector())
    for v in 0..<vectors { values[v] = (right + v &* lanes).vector() }
    return values
  }
}
