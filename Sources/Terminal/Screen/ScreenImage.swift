/// An image of intensities from 0 (background) to 1 (ink), row by row.
public struct GreyscaleImage: Hashable, Sendable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The `width * height` intensities, from 0 to 1.
  public let intensities: [Float]

  /// Creates an image; intensities are clamped to 0–1, NaN becomes 0.
  ///
  /// - Parameters:
  ///   - intensities: row by row; the count must be a multiple of `width`.
  ///   - width: the number of pixels in a row.
  public init(intensities: [Float], width: Int) {
    precondition(
      width > 0 && intensities.count % width == 0,
      "\(intensities.count) intensities do not fill rows of \(width) pixels")
    self.width = width
    height = intensities.count / width
    self.intensities = intensities.map { $0 > 0 ? min($0, 1) : 0 }
  }

  /// Creates an image from bytes, 0 for background and 255 for ink; the count must be a multiple of `width`.
  public init(bytes: [UInt8], width: Int) {
    self.init(intensities: bytes.map { Float($0) / 255 }, width: width)
  }

  /// The image at another resolution, by area averaging.
  func resampled(width newWidth: Int, height newHeight: Int) -> [Float] {
    let columns = AreaWeights.all(from: width, to: newWidth)
    let rows = AreaWeights.all(from: height, to: newHeight)
    var result: [Float] = []
    result.reserveCapacity(newWidth * newHeight)
    for row in rows {
      for column in columns {
        var sum: Float = 0
        for (y, rowWeight) in row.weights.enumerated() {
          let start = (row.first + y) * width + column.first
          for (x, columnWeight) in column.weights.enumerated() {
            sum += rowWeight * columnWeight * intensities[start + x]
          }
        }
        result.append(sum)
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
