import Coordinates
import Kernels

/// From a typed head's raw output to the coordinate's code, and the gradient back.
extension Coordinate {
  /// How many raw numbers the head has.
  var rawWidth: Int { codeWidth }

  /// What the head's layer is called: the cyclic head's layer lies inside of it, as in the article's module.
  var headName: String {
    switch self {
    case .rotation: "head_rot.fc"
    case .limitedRotation: "head_rot"
    case .shiftX: "head_shift_x"
    case .shiftY: "head_shift_y"
    case .scale: "head_scale"
    }
  }

  /// Writes the code of one row's `raw` numbers to `codes`, from column `column` on.
  ///
  /// A rotation's raw vector is divided by its length, or by 1e-12 if that is longer, as PyTorch's
  /// `F.normalize` does. Other raw numbers are the code.
  func encode(raw: Matrix, row: Int, into codes: Matrix, column: Int) {
    guard self == .rotation else {
      codes[row, column] = raw[row, 0]
      return
    }
    let (x, y) = (raw[row, 0], raw[row, 1])
    let length = max((x * x + y * y).squareRoot(), Self.smallestLength)
    codes[row, column] = x / length
    codes[row, column + 1] = y / length
  }

  /// Replaces one row of `rawGradient`, which holds the gradient with respect to the code, by the gradient
  /// with respect to the raw numbers.
  func backpropagate(raw: Matrix, row: Int, rawGradient: Matrix) {
    guard self == .rotation else { return }
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
