import Kernels

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An angle over the full circle as a choice between directions, for images that look alike upside down:
/// unlike a mean of (cos θ, sin θ), a choice does not come out between two answers.
///
/// Bin `k` stands for the angle k · 5°.
enum Compass {
  static let binCount = 72
  /// Bins to each side of the best window's middle, over which an answer is the mean.
  private static let reach = 3
  /// How far soft labels spread: the standard deviation, in radians, of a von Mises distribution.
  private static let spread: Float = 5 * .pi / 180

  private static let cosines = (0..<binCount).map { Float(cos(Double($0) * 2 * .pi / Double(binCount))) }
  private static let sines = (0..<binCount).map { Float(sin(Double($0) * 2 * .pi / Double(binCount))) }

  /// What one row of logits stands for.
  struct Answer {
    /// (cos θ, sin θ).
    var direction: SIMD2<Float>
    /// The probability inside the window that it comes from, within 17.5° to each side.
    var certainty: Float
  }

  /// The circular mean inside the window of seven bins with the most probability.
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

  /// The cross-entropy of one row of logits against the true direction's soft labels, less its smallest
  /// possible value, and `scale` times its gradient.
  static func loss(
    of logits: Matrix, row: Int, truth: SIMD2<Float>, gradient: Matrix, scale: Float
  ) -> Float {
    let weights = probabilities(of: logits, row: row)
    let labels = labels(of: truth)
    var loss: Float = 0
    for bin in 0..<binCount {
      gradient[row, bin] = scale * (weights[bin] - labels[bin])
      // Below this a term is nothing, and the logarithm of 0 would be infinite.
      guard labels[bin] > 1e-12 else { continue }
      loss += labels[bin] * (log(labels[bin]) - log(max(weights[bin], .leastNormalMagnitude)))
    }
    return loss
  }

  /// Probabilities ∝ e^(cos(angle − truth) ÷ spread²), which add up to 1.
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

  /// A number for each bin, without memory of its own.
  private typealias Row = InlineArray<72, Float>

  private static func bin(_ number: Int) -> Int { (number + binCount) % binCount }
}
