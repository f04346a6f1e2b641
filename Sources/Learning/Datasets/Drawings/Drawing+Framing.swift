extension Drawing {
  /// The longer side of the ink's box after framing: 20 of 28 pixels.
  private var boxSide: Double { 20 * Double(min(shape.width, shape.height)) / 28 }
  /// The centre of mass after framing: in images of 28 × 28 pixels the middle of pixel (14, 14).
  private var centre: (x: Double, y: Double) {
    (Double(shape.width / 2) + 0.5, Double(shape.height / 2) + 0.5)
  }

  /// The drawing framed as MNIST's digits (LeCun, Cortes and Burges, "The MNIST database of handwritten
  /// digits"): the ink's box is scaled to 20 pixels at its longer side, then shifted by whole pixels until
  /// the centre of mass is on pixel (14, 14). Other sizes are framed in proportion.
  ///
  /// An empty or already framed drawing does not change.
  public func framed() -> Drawing {
    guard let box = inkBox else { return Drawing(shape: shape) }
    let scale = boxSide / max(box.width, box.height)
    let middle = centreOfMass
    let left = (centre.x + (box.left - middle.x) * scale).rounded()
    let top = (centre.y + (box.top - middle.y) * scale).rounded()
    // Reduced ink is supersampled to avoid aliasing.
    let count = scale < 1 ? 4 : 1
    var framed = Drawing(shape: shape)
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

  /// The centre of mass; the middle of an empty drawing.
  var centreOfMass: (x: Double, y: Double) {
    var (sum, x, y) = (0.0, 0.0, 0.0)
    for (index, intensity) in intensities.enumerated() {
      let weight = Double(intensity)
      sum += weight
      x += weight * (Double(index % shape.width) + 0.5)
      y += weight * (Double(index / shape.width) + 0.5)
    }
    guard sum > 0 else { return (Double(shape.width) / 2, Double(shape.height) / 2) }
    return (x / sum, y / sum)
  }

  /// The bounding box of the ink, in pixels; nil where there is none. Intensities below 0.1 do not count.
  private var inkBox: (left: Double, top: Double, width: Double, height: Double)? {
    let inked = intensities.indices.filter { intensities[$0] >= 0.1 }
    let columns = inked.map { $0 % shape.width }
    let rows = inked.map { $0 / shape.width }
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max()
    else { return nil }
    return (Double(left), Double(top), Double(right - left + 1), Double(bottom - top + 1))
  }

  /// The bilinear interpolation of the intensity at a point; 0 outside.
  private func intensity(x: Double, y: Double) -> Float {
    let (left, top) = ((x - 0.5).rounded(.down), (y - 0.5).rounded(.down))
    let (right, lower) = (Float(x - 0.5 - left), Float(y - 0.5 - top))
    func pixel(_ column: Double, _ row: Double) -> Float {
      guard column >= 0, row >= 0, column < Double(shape.width), row < Double(shape.height)
      else { return 0 }
      return intensities[Int(row) * shape.width + Int(column)]
    }
    let above = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right
    let below = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right
    return above * (1 - lower) + below * lower
  }
}
