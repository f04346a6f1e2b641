import Training

/// What the encoder reads from many images: how the data lie along each slider.
public struct SliderSurvey: Sendable, Equatable {
  /// What was read.
  let readings: [EncoderOutput]
  /// The directions in which the free latents vary most, and where each reading lies along them.
  let components: PrincipalComponents
  let projections: [[Double]]

  /// Takes readings of one model.
  public init(of readings: [EncoderOutput]) {
    self.readings = readings
    let components = PrincipalComponents(of: readings.map(\.latents))
    self.components = components
    projections = readings.map { components.project($0.latents) }
  }

  /// How many parts of a slider's range are counted.
  static let binCount = 48

  /// How many values lie in each part of a slider's range, as shares of the fullest part; those beyond the
  /// ends are left out. Empty where nothing is known.
  func histogram(_ slider: Int, scale: SliderScale) -> [Double] {
    var bins = [Double](repeating: 0, count: Self.binCount)
    let length = scale.range.upperBound - scale.range.lowerBound
    for reading in readings {
      let latent = slider - reading.values.count
      let value = latent < 0 ? reading.values[slider] : Double(reading.latents[latent])
      let fraction = (scale.shown(value) - scale.range.lowerBound) / length
      guard fraction >= 0, fraction <= 1 else { continue }
      bins[min(Self.binCount - 1, Int(fraction * Double(Self.binCount)))] += 1
    }
    guard let fullest = bins.max(), fullest > 0 else { return [] }
    return bins.map { $0 / fullest }
  }
}
