extension Sketch {
  /// The side of the square that the ink fills, in pixels.
  private static let boxSide = 20.0
  /// Places that are sampled along each side of a pixel, so that smaller ink is not ragged.
  private static let samplesAcross = 4

  /// The picture framed as MNIST's digits are: the ink's box is scaled, with its proportions kept, to 20
  /// pixels at its longer side, then its centre of mass is moved to the middle of the 28 by 28 pixels.
  ///
  /// (LeCun, Cortes and Burges, "The MNIST database of handwritten digits".) An empty sketch stays empty.
  public func framed() -> Sketch {
    guard let box = inkBox else { return Sketch() }
    let scale = Self.boxSide / max(box.width, box.height)
    let middle = centreOfMass
    var framed = Sketch()
    let count = Self.samplesAcross
    framed.setEach { column, row in
      var sum: Float = 0
      for part in 0..<count * count {
        let x = Double(column) + (Double(part % count) + 0.5) / Double(count)
        let y = Double(row) + (Double(part / count) + 0.5) / Double(count)
        sum += intensity(
          x: (x - Double(ImageShape.width) / 2) / scale + middle.x,
          y: (y - Double(ImageShape.height) / 2) / scale + middle.y)
      }
      return sum / Float(count * count)
    }
    return framed
  }

  /// The middle of the ink by weight; of nothing, the middle of the sheet.
  var centreOfMass: (x: Double, y: Double) {
    var (sum, x, y) = (0.0, 0.0, 0.0)
    for (index, intensity) in intensities.enumerated() {
      let weight = Double(intensity)
      sum += weight
      x += weight * (Double(index % ImageShape.width) + 0.5)
      y += weight * (Double(index / ImageShape.width) + 0.5)
    }
    guard sum > 0 else { return (Double(ImageShape.width) / 2, Double(ImageShape.height) / 2) }
    return (x / sum, y / sum)
  }

  /// The extent of the ink in pixels; absent where there is none. What is all but paper does not count.
  private var inkBox: (width: Double, height: Double)? {
    let inked = intensities.indices.filter { intensities[$0] >= 0.1 }
    let columns = inked.map { $0 % ImageShape.width }
    let rows = inked.map { $0 / ImageShape.width }
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max()
    else { return nil }
    return (Double(right - left + 1), Double(bottom - top + 1))
  }

  /// The intensity at a place, in a straight line between the middles of the pixels around; paper outside.
  private func intensity(x: Double, y: Double) -> Float {
    let (left, top) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
    let (right, lower) = (Float(x - 0.5 - left), Float(y - 0.5 - top))
    func pixel(_ column: Double, _ row: Double) -> Float {
      guard column >= 0, row >= 0, column < Double(ImageShape.width), row < Double(ImageShape.height)
      else { return 0 }
      return intensities[Int(row) * ImageShape.width + Int(column)]
    }
    let above = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right
    let below = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right
    return above * (1 - lower) + below * lower
  }
}
