/// Plain implementations of the kernels' operations, to which tests compare the fast ones.
///
/// Matrices are arrays in row-major order; sums are in `Double`.
public enum Reference {
  /// The product of `left` `[rows, depth]` and `right` `[depth, columns]`.
  public static func product(_ left: [Float], _ right: [Float], rows: Int, depth: Int, columns: Int)
    -> [Float]
  {
    var out = [Float](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for step in 0..<depth {
          sum += Double(left[row * depth + step]) * Double(right[step * columns + column])
        }
        out[row * columns + column] = Float(sum)
      }
    }
    return out
  }

  /// The transpose of `matrix` `[rows, columns]`.
  public static func transposed(_ matrix: [Float], rows: Int, columns: Int) -> [Float] {
    var out = [Float](repeating: 0, count: matrix.count)
    for row in 0..<rows {
      for column in 0..<columns { out[column * rows + row] = matrix[row * columns + column] }
    }
    return out
  }

  /// The image's value at a point relative to its first pixel, bilinear or nearest; zero outside.
  public static func value(
    of image: [Float], width: Int, height: Int, x: Double, y: Double, interpolation: Interpolation
  ) -> Double {
    func pixel(_ column: Int, _ row: Int) -> Double {
      (0..<width).contains(column) && (0..<height).contains(row) ? Double(image[row * width + column]) : 0
    }
    switch interpolation {
    case .nearest:
      return pixel(Int(x.rounded(.toNearestOrEven)), Int(y.rounded(.toNearestOrEven)))
    case .bilinear:
      let (left, top) = (x.rounded(.down), y.rounded(.down))
      let (column, row) = (Int(left), Int(top))
      let above = pixel(column, row) * (1 - (x - left)) + pixel(column + 1, row) * (x - left)
      let below = pixel(column, row + 1) * (1 - (x - left)) + pixel(column + 1, row + 1) * (x - left)
      return above * (1 - (y - top)) + below * (y - top)
    }
  }
}
