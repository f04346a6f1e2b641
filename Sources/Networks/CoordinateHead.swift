import Coordinates
import Kernels

/// From a typed head's raw output to the coordinate's code, and the gradient back.
extension Coordinate {
  /// How many raw numbers the head has.
  var rawWidth: Int {
    switch self {
    case .rotation: 2
    }
  }

  /// Writes the code of one row's `raw` numbers to `codes`, from column `column` on.
  ///
  /// A rotation's raw vector is divided by its length, or by 1e-12 if that is longer, as PyTorch's
  /// `F.normalize` does.
  func encode(raw: Matrix, row: Int, into codes: Matrix, column: Int) {
    switch self {
    case .rotation:
      let (x, y) = (raw[row, 0], raw[row, 1])
      let length = max((x * x + y * y).squareRoot(), Self.smallestLength)
      codes[row, column] = x / length
      codes[row, column + 1] = y / length
    }
  }

  /// Replaces one row of `rawGradient`, which holds the gradient with respect to the code, by the gradient
  /// with respect to the raw numbers.
  func backpropagate(raw: Matrix, row: Int, rawGradient: Matrix) {
    switch self {
    case .rotation:
      let (x, y) = (raw[row, 0], raw[row, 1])
      let (gradientX, gradientY) = (rawGradient[row, 0], rawGradient[row, 1])
      let length = (x * x + y * y).squareRoot()
      guard length > Self.smallestLength else {
        rawGradient[row, 0] = gradientX / Self.smallestLength
        rawGradient[row, 1] = gradientY / Self.smallestLength
        return
      }
      let (unitX, unitY) = (x / length, y / length)
      let radial = gradientX * unitX + gradientY * unitY
      rawGradient[row, 0] = (gradientX - radial * unitX) / length
      rawGradient[row, 1] = (gradientY - radial * unitY) / length
    }
  }

  private static var smallestLength: Float { 1e-12 }
}
