import Coordinates
import Kernels
import Networks

/// What is measured of each image, written by several threads to different rows.
final class Scores {
  let count: Int
  let grid: TransformGrid
  /// Numbers of one image.
  enum Column: Int, CaseIterable {
    /// Squared errors, summed over pixels and averaged over transforms.
    case upright, decodedFromUpright, decodedFromTurned, ownCode
    /// Structural similarities, averaged over transforms.
    case uprightSimilarity, decodedFromUprightSimilarity
    /// Sums of gradients' sizes: drawn and true.
    case uprightGradient, uprightTrueGradient, decodedFromUprightGradient, decodedFromUprightTrueGradient
    /// Averaged over transforms.
    case equivariance
    /// ‖ẑ − z‖², averaged over transforms.
    case cycleLatents
    /// The share of realised angles, of the first images.
    case realised
  }
  private let numbers: Matrix
  /// What was read of each image under each transform: the values of the typed coordinates.
  let encodedValues, leakFreeValues: [Matrix]
  /// What was read of steered images, at the grid's `cyclePositions`.
  let cycleValues: [Matrix]
  /// How sure the encoder was of each reading, as it is and shifted; 0 where it does not say.
  let certainties, leakFreeCertainties: Matrix
  /// Whether the encoder says how sure it is.
  let hasCertainties: Bool
  /// What was read of each upright image, as it is and shifted: `[images, typed coordinates]`.
  let uprightValues, leakFreeUprightValues: Matrix
  /// The free latents of upright images, and of each image under each transform.
  let uprightLatents, latents: Matrix

  init(count: Int, grid: TransformGrid, hasCertainties: Bool) {
    self.count = count
    self.grid = grid
    self.hasCertainties = hasCertainties
    func encodedValues() -> [Matrix] {
      grid.schema.typed.map { _ in Matrix(rows: count, columns: grid.count) }
    }
    numbers = Matrix(rows: count, columns: Column.allCases.count)
    self.encodedValues = encodedValues()
    leakFreeValues = encodedValues()
    cycleValues = encodedValues()
    certainties = Matrix(rows: count, columns: grid.count)
    leakFreeCertainties = Matrix(rows: count, columns: grid.count)
    uprightValues = Matrix(rows: count, columns: max(grid.schema.typed.count, 1))
    leakFreeUprightValues = Matrix(rows: count, columns: max(grid.schema.typed.count, 1))
    uprightLatents = Matrix(rows: count, columns: grid.schema.freeCount)
    latents = Matrix(rows: count * grid.count, columns: grid.schema.freeCount)
  }

  subscript(image: Int, column: Column) -> Double {
    get { Double(numbers[image, column.rawValue]) }
    set { numbers[image, column.rawValue] = Float(newValue) }
  }

  /// The sum of a column over some images.
  func sum(_ column: Column, over images: some Sequence<Int>) -> Double {
    images.reduce(0) { $0 + self[$1, column] }
  }
}
