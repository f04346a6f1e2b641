/// Measures of images, each in a row of a matrix, plane by plane, each plane's pixels in row-major order.
public enum ImageMeasures {
  /// The width and height of the window of the structural similarity.
  private static let window = 7

  /// The structural similarity of two images with values in [0, 1] (Wang et al., 2004): the mean over all
  /// windows of 7 × 7 pixels inside the image of
  ///
  ///     (2 μx μy + C1)(2 σxy + C2) ÷ ((μx² + μy² + C1)(σx² + σy² + C2)), C1 = 0.01², C2 = 0.03².
  ///
  /// With several planes it is the mean of theirs.
  public static func structuralSimilarity(
    _ one: Matrix, row oneRow: Int, _ other: Matrix, row otherRow: Int, width: Int, channels: Int = 1
  ) -> Double {
    precondition(one.columns == other.columns, "\(one.columns) and \(other.columns) values")
    let height = height(of: one, width: width, channels: channels)
    precondition(min(width, height) >= window, "images of \(width) × \(height) pixels")
    let (x, y) = (pixels(one, oneRow), pixels(other, otherRow))
    let sum = (0..<channels).reduce(0) { sum, channel in
      let offset = channel * width * height
      return sum + similarity(x + offset, y + offset, width: width, height: height)
    }
    return sum / Double(channels)
  }

  /// The structural similarity of two planes.
  private static func similarity(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, width: Int, height: Int
  ) -> Double {
    let (columns, rows) = (width - window + 1, height - window + 1)
    // Sums over windows of x, y, x², y² and xy: first along rows, then down columns.
    return withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: columns * height) { sums in
      for row in 0..<height {
        for column in 0..<columns {
          var sum = SIMD8<Float>()
          for offset in 0..<window {
            let (a, b) = (x[row * width + column + offset], y[row * width + column + offset])
            sum += SIMD8(a, b, a * a, b * b, a * b, 0, 0, 0)
          }
          sums[row * columns + column] = sum
        }
      }
      var total = 0.0
      for row in 0..<rows {
        for column in 0..<columns {
          var sum = SIMD8<Float>()
          for offset in 0..<window { sum += sums[(row + offset) * columns + column] }
          total += Double(similarity(sum / Float(window * window)))
        }
      }
      return total / Double(rows * columns)
    }
  }

  /// The similarity of one window, given the means of x, y, x², y² and xy.
  private static func similarity(_ means: SIMD8<Float>) -> Float {
    let (c1, c2): (Float, Float) = (0.0001, 0.0009)
    let (x, y) = (means[0], means[1])
    let (varianceX, varianceY) = (means[2] - x * x, means[3] - y * y)
    let covariance = means[4] - x * y
    return (2 * x * y + c1) * (2 * covariance + c2)
      / ((x * x + y * y + c1) * (varianceX + varianceY + c2))
  }

  /// Σ|∇image|: the sum of the absolute differences between horizontal and vertical neighbours, over all planes.
  public static func gradientSum(_ image: Matrix, row: Int, width: Int, channels: Int = 1) -> Double {
    let height = height(of: image, width: width, channels: channels)
    let first = pixels(image, row)
    var total = 0.0
    for channel in 0..<channels {
      let values = first + channel * width * height
      var sum: Float = 0
      for row in 0..<height {
        for column in 0..<width {
          let place = row * width + column
          if column + 1 < width { sum += abs(values[place + 1] - values[place]) }
          if row + 1 < height { sum += abs(values[place + width] - values[place]) }
        }
      }
      total += Double(sum)
    }
    return total
  }

  /// The sum of an image's squares up to which nothing is drawn on it, so that relative errors are undefined.
  public static let leastSquares = 1e-12

  /// Σ (one − other)² and Σ other².
  public static func squares(
    _ one: Matrix, row oneRow: Int, _ other: Matrix, row otherRow: Int
  ) -> (ofDifference: Double, ofOther: Double) {
    let (x, y) = (pixels(one, oneRow), pixels(other, otherRow))
    precondition(one.columns == other.columns, "\(one.columns) and \(other.columns) values")
    var (difference, norm) = (SIMD16<Float>(), SIMD16<Float>())
    // Rows are padded with zeros to a multiple of 16.
    for place in stride(from: 0, to: one.paddedColumns, by: 16) {
      let a = UnsafeRawPointer(x + place).loadUnaligned(as: SIMD16<Float>.self)
      let b = UnsafeRawPointer(y + place).loadUnaligned(as: SIMD16<Float>.self)
      difference += (a - b) * (a - b)
      norm += b * b
    }
    return (Double(difference.sum()), Double(norm.sum()))
  }

  /// The height of images in the rows of `matrix`.
  private static func height(of matrix: Matrix, width: Int, channels: Int) -> Int {
    precondition(
      width >= 1 && channels >= 1 && matrix.columns % (width * channels) == 0,
      "\(matrix.columns) values of images \(width) wide in \(channels) planes")
    return matrix.columns / (width * channels)
  }

  private static func pixels(_ matrix: Matrix, _ row: Int) -> UnsafePointer<Float> {
    matrix.check(row: row, column: 0)
    return UnsafePointer(matrix.base + row * matrix.stride)
  }
}
