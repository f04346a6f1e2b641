import Coordinates
import Kernels

/// The conversion from a typed head's raw output to the coordinate's code, and its gradient.
extension Coordinate {
  /// The number of raw outputs of the head.
  var rawWidth: Int { codeWidth }

  /// The name of the head's layer. That of the cyclic head is nested, as in the article's module.
  var headName: String {
    meaning.descriptor.headName + (isCyclic ? ".fc" : "")
  }

  /// Writes the code of one row's `raw` outputs to `codes`, from column `column` on.
  ///
  /// A rotation's raw vector is divided by max(length, 1e-12), as in PyTorch's `F.normalize`. Other raw
  /// outputs are the code.
  func encode(raw: Matrix, row: Int, into codes: Matrix, column: Int) {
    guard isCyclic else {
      codes[row, column] = raw[row, 0]
      return
    }
    let (x, y) = (raw[row, 0], raw[row, 1])
    let length = max((x * x + y * y).squareRoot(), Self.smallestLength)
    codes[row, column] = x / length
    codes[row, column + 1] = y / length
  }

  /// Replaces one row of `rawGradient`, the gradient with respect to the code, by that with respect to the
  /// raw outputs.
  func backpropagate(raw: Matrix, row: Int, rawGradient: Matrix) {
    guard isCyclic else { return }
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

  private static var smallestLength: Float { 1e-12 }
}
