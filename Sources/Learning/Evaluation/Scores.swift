import Coordinates
import Kernels
import Networks

/// The measurements of each image; several threads write to different rows.
final class Scores {
  let count: Int
  let grid: TransformGrid
  /// A scalar measurement of one image.
  enum Column: Int, CaseIterable {
    /// Squared errors, summed over pixels; all but the first are averaged over transforms. `ownCode` is that of
    /// transformed images decoded from their own code and latents.
    case upright, decodedFromUpright, decodedFromTurned, ownCode
    /// Structural similarities, averaged over transforms.
    case uprightSimilarity, decodedFromUprightSimilarity
    /// Sums of gradient magnitudes, decoded and true.
    case uprightGradient, uprightTrueGradient, decodedFromUprightGradient, decodedFromUprightTrueGradient
    /// Averaged over the transforms for which the ratio is defined; NaN without any.
    case equivariance
    /// ‖ẑ − z‖², averaged over transforms: z are the latents that are decoded, ẑ those that the encoder returns
    /// for the decoded image.
    case cycleLatents
    /// The fraction of decoded images whose nearest true image, of 72 angles, is within 10° of the requested angle;
    /// for the first images only.
    case realised
  }
  private let numbers: Matrix
  /// The typed values encoded from each image under each transform; *leak-free* ones are of images that were first
  /// shifted at random by up to a pixel, so that their centring tells nothing.
  let encodedValues, leakFreeValues: [Matrix]
  /// The typed values encoded from decoded images, at the grid's `cyclePositions`.
  let cycleValues: [Matrix]
  /// The certainty of each angle: the probability that the compass (a softmax over 72 directions) gives to directions
  /// near its answer; 0 without a compass.
  let certainties, leakFreeCertainties: Matrix
  /// Tells whether the encoder has a compass.
  let hasCertainties: Bool
  /// The typed values encoded from each upright image, as it is and shifted: `[images, typed coordinates]`.
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
