/// A bias-corrected exponential moving average.
enum ChartSmoothing {
  /// The average at every value: mₙ = s·mₙ₋₁ + (1 − s)·xₙ with m₀ = 0, divided by 1 − sⁿ.
  ///
  /// The division corrects the bias towards m₀, as in Adam (Kingma and Ba, 2015, section 3). Values that are
  /// not finite are excluded and unchanged.
  ///
  /// - Parameters:
  ///   - smoothing: the weight s of the past, from 0 to below 1.
  ///   - restarts: the indices, in order, at which the average restarts.
  static func average(_ values: [Float], smoothing: Double, restarts: [Int]) -> [Float] {
    var result = values
    let ends = restarts.filter { $0 > 0 && $0 < values.count } + [values.count]
    var start = 0
    for end in ends where end > start {
      average(&result, in: start..<end, smoothing: smoothing)
      start = end
    }
    return result
  }

  private static func average(_ values: inout [Float], in indices: Range<Int>, smoothing: Double) {
    var moment = 0.0
    var power = 1.0
    for index in indices where values[index].isFinite {
      moment = smoothing * moment + (1 - smoothing) * Double(values[index])
      power *= smoothing
      values[index] = Float(moment / (1 - power))
    }
  }
}
