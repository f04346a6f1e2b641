/// An image of intensities from 0 (background) to 1 (ink): one plane of greys, or the planes of red, green and
/// blue, each row by row.
public struct ScreenImage: Hashable, Sendable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The intensities of all planes, one plane after the other, from 0 to 1.
  public let intensities: [Float]

  /// Tells whether the image has the planes of red, green and blue.
  public var isColored: Bool { intensities.count > width * height }

  /// Creates an image; intensities are clamped to 0–1, NaN becomes 0.
  ///
  /// - Parameters:
  ///   - intensities: one or three planes of `width * height` values.
  ///   - width: the number of pixels in a row, above 0.
  ///   - height: the number of rows.
  public init(intensities: [Float], width: Int, height: Int) {
    let count = width * height
    precondition(
      width > 0 && height >= 0 && (intensities.count == count || intensities.count == 3 * count),
      "\(intensities.count) intensities are not one or three planes of \(width)×\(height) pixels")
    (self.width, self.height) = (width, height)
    self.intensities = intensities.map { $0 > 0 ? min($0, 1) : 0 }
  }

  /// Creates a grey image; the count of the intensities must be a multiple of `width`.
  public init(intensities: [Float], width: Int) {
    precondition(
      width > 0 && intensities.count % width == 0,
      "\(intensities.count) intensities do not fill rows of \(width) pixels")
    self.init(intensities: intensities, width: width, height: intensities.count / width)
  }

  /// Creates a grey image from bytes, 0 for background and 255 for ink; the count must be a multiple of `width`.
  public init(bytes: [UInt8], width: Int) {
    self.init(intensities: bytes.map { Float($0) / 255 }, width: width)
  }

  /// The planes at another resolution, by area averaging.
  func resampled(width newWidth: Int, height newHeight: Int) -> [Float] {
    let columns = AreaWeights.all(from: width, to: newWidth)
    let rows = AreaWeights.all(from: height, to: newHeight)
    var result: [Float] = []
    result.reserveCapacity(newWidth * newHeight * (isColored ? 3 : 1))
    for plane in stride(from: 0, to: intensities.count, by: max(1, width * height)) {
      for row in rows {
        for column in columns {
          var sum: Float = 0
          for (y, rowWeight) in row.weights.enumerated() {
            let start = plane + (row.first + y) * width + column.first
            for (x, columnWeight) in column.weights.enumerated() {
              sum += rowWeight * columnWeight * intensities[start + x]
            }
          }
          result.append(sum)
        }
      }
    }
    return result
  }
}

/// The old pixels under one new pixel along one axis, with their weights.
private struct AreaWeights {
  let first: Int
  let weights: [Float]

  static func all(from oldCount: Int, to newCount: Int) -> [AreaWeights] {
    guard oldCount > 0, newCount > 0 else { return [] }
    return (0..<newCount).map { index in
      // In units of 1/newCount of an old pixel, the new pixel covers [index, index + 1) * oldCount.
      let start = index * oldCount
      let end = start + oldCount
      let first = start / newCount
      let last = (end - 1) / newCount
      let weights = (first...last).map { old in
        Float(min(end, (old + 1) * newCount) - max(start, old * newCount)) / Float(oldCount)
      }
      return AreaWeights(first: first, weights: weights)
    }
  }
}
