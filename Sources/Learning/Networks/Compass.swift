import Kernels

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A classifier of the full rotation, for images with a rough half-turn symmetry: a regression of (cos θ, sin
/// θ) would average the two candidate angles.
///
/// Bin `k` is the angle k · 5°.
enum Compass {
  static let binCount = 72
  /// The number of bins on each side of a window's middle, over which an answer is averaged.
  private static let reach = 3
  /// The standard deviation of the soft labels, a von Mises distribution, in radians.
  private static let spread: Float = 5 * .pi / 180

  private static let cosines = (0..<binCount).map { Float(cos(Double($0) * 2 * .pi / Double(binCount))) }
  private static let sines = (0..<binCount).map { Float(sin(Double($0) * 2 * .pi / Double(binCount))) }

  /// The estimate from one row of logits.
  struct Answer {
    /// (cos θ, sin θ).
    var direction: SIMD2<Float>
    /// The probability within the window, 17.5° to each side.
    var certainty: Float
  }

  /// The circular mean over the window of seven bins with the highest probability.
  static func answer(of logits: Matrix, row: Int) -> Answer {
    let weights = probabilities(of: logits, row: row)
    var best = (sum: -Float.infinity, middle: 0)
    for middle in 0..<binCount {
      var sum: Float = 0
      for offset in -reach...reach { sum += weights[bin(middle + offset)] }
      if sum > best.sum { best = (sum, middle) }
    }
    var direction = SIMD2<Float>()
    for offset in -reach...reach {
      let bin = bin(best.middle + offset)
      direction += weights[bin] * SIMD2(cosines[bin], sines[bin])
    }
    let length = (direction * direction).sum().squareRoot()
    return Answer(
      direction: length > 0 ? direction / length : [cosines[best.middle], sines[best.middle]],
      certainty: best.sum)
  }

  /// The cross-entropy of one row of logits against the direction's soft labels, minus their entropy; stores
  /// `scale` times its gradient.
  static func loss(
    of logits: Matrix, row: Int, truth: SIMD2<Float>, gradient: Matrix, scale: Float
  ) -> Float {
    let weights = probabilities(of: logits, row: row)
    let labels = labels(of: truth)
    var loss: Float = 0
    for bin in 0..<binCount {
      gradient[row, bin] = scale * (weights[bin] - labels[bin])
      // Smaller terms do not count, and the logarithm of 0 is infinite.
      guard labels[bin] > 1e-12 else { continue }
      loss += labels[bin] * (log(labels[bin]) - log(max(weights[bin], .leastNormalMagnitude)))
    }
    return loss
  }

  /// Normalized probabilities ∝ e^(cos(angle − truth) ÷ spread²).
  private static func labels(of truth: SIMD2<Float>) -> Row {
    var labels = Row(repeating: 0)
    var sum: Float = 0
    for bin in 0..<binCount {
      let cosine = cosines[bin] * truth.x + sines[bin] * truth.y
      labels[bin] = exp((cosine - 1) / (spread * spread))
      sum += labels[bin]
    }
    for bin in 0..<binCount { labels[bin] /= sum }
    return labels
  }

  /// The softmax of one row of logits.
  private static func probabilities(of logits: Matrix, row: Int) -> Row {
    var weights = Row(repeating: 0)
    var largest = -Float.infinity
    for bin in 0..<binCount { largest = max(largest, logits[row, bin]) }
    var sum: Float = 0
    for bin in 0..<binCount {
      weights[bin] = exp(logits[row, bin] - largest)
      sum += weights[bin]
    }
    for bin in 0..<binCount { weights[bin] /= sum }
    return weights
  }

  /// One value for each bin, on the stack.
  private typealias Row = InlineArray<72, Float>

  private static func bin(_ number: Int) -> Int { (number + binCount) % binCount }
}
