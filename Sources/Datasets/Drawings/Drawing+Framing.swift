extension Drawing {
  /// The side of the square that the ink fills, in pixels.
  private static let boxSide = 20.0
  /// The middle of the pixel that the centre of mass comes to lie on, along each axis: pixel 14, as in MNIST.
  private static let centre = Double(ImageShape.width) / 2 + 0.5

  /// The picture framed as MNIST's digits are: the ink's box is scaled, with its proportions kept, to 20
  /// pixels at its longer side, then it is moved by whole pixels until its centre of mass lies on pixel
  /// (14, 14) of 28 by 28.
  ///
  /// (LeCun, Cortes and Burges, "The MNIST database of handwritten digits".) An empty drawing stays empty, and
  /// one that is framed already stays as it is.
  public func framed() -> Drawing {
    guard let box = inkBox else { return Drawing() }
    let scale = Self.boxSide / max(box.width, box.height)
    let middle = centreOfMass
    let left = (Self.centre + (box.left - middle.x) * scale).rounded()
    let top = (Self.centre + (box.top - middle.y) * scale).rounded()
    // Ink that is made smaller is sampled at several places of a pixel along each side, or it would be ragged.
    let count = scale < 1 ? 4 : 1
    var framed = Drawing()
    framed.setEach { column, row in
      var sum: Float = 0
      for part in 0..<count * count {
        let x = Double(column) + (Double(part % count) + 0.5) / Double(count)
        let y = Double(row) + (Double(part / count) + 0.5) / Double(count)
        sum += intensity(x: (x - left) / scale + box.left, y: (y - top) / scale + box.top)
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

  /// Where the ink lies, in pixels; absent where there is none. What is all but paper does not count.
  private var inkBox: (left: Double, top: Double, width: Double, height: Double)? {
    let inked = intensities.indices.filter { intensities[$0] >= 0.1 }
    let columns = inked.map { $0 % ImageShape.width }
    let rows = inked.map { $0 / ImageShape.width }
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max()
    else { return nil }
    return (Double(left), Double(top), Double(right - left + 1), Double(bottom - top + 1))
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
