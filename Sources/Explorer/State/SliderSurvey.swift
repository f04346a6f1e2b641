import Training

/// What the encoder reads from many images: how the data lie along each slider.
public struct SliderSurvey: Sendable, Equatable {
  /// The values of each slider, typed coordinates first, in the coordinates' units.
  private let values: [[Double]]
  /// The readings themselves.
  let readings: [StoredReading]
  /// The directions in which the free latents vary most.
  let components: PrincipalComponents

  /// Takes readings of one model.
  public init(of readings: [StoredReading]) {
    self.readings = readings
    components = PrincipalComponents(of: readings.map(\.latents))
    guard let first = readings.first else {
      values = []
      return
    }
    values =
      first.values.indices.map { index in readings.map { $0.values[index] } }
      + first.latents.indices.map { index in readings.map { Double($0.latents[index]) } }
  }

  /// How many parts of a slider's range are counted.
  static let binCount = 48

  /// How many values lie in each part of a slider's range, as shares of the fullest part; those beyond the
  /// ends are left out. Empty where nothing is known.
  func histogram(_ slider: Int, scale: SliderScale) -> [Double] {
    guard slider < values.count else { return [] }
    var bins = [Double](repeating: 0, count: Self.binCount)
    let length = scale.range.upperBound - scale.range.lowerBound
    for value in values[slider] {
      let share = (scale.shown(value) - scale.range.lowerBound) / length
      guard share >= 0, share <= 1 else { continue }
      bins[min(Self.binCount - 1, Int(share * Double(Self.binCount)))] += 1
    }
    guard let fullest = bins.max(), fullest > 0 else { return [] }
    return bins.map { $0 / fullest }
  }
}
