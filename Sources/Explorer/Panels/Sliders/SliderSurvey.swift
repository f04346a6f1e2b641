import Evaluation
import Training

/// The encoder's output for many images, and its distribution along each slider.
public struct SliderSurvey: Sendable, Equatable {
  /// The encoder's outputs.
  let outputs: [EncoderOutput]
  /// The principal components of the free latents, with each output's coordinates.
  let components: PrincipalComponents
  let projections: [[Double]]

  /// Creates a survey of the outputs of one model.
  public init(of outputs: [EncoderOutput]) {
    self.outputs = outputs
    let components = PrincipalComponents(of: outputs.map(\.latents))
    self.components = components
    projections = outputs.map { components.project($0.latents) }
  }

  /// The number of bins of a histogram.
  static let binCount = 48

  /// Returns the counts in equal bins of a slider's range, divided by the largest count; values beyond the
  /// ends are ignored. Empty without outputs.
  func histogram(_ slider: Int, scale: SliderScale) -> [Double] {
    var bins = [Double](repeating: 0, count: Self.binCount)
    let length = scale.range.upperBound - scale.range.lowerBound
    for output in outputs {
      let latent = slider - output.values.count
      let value = latent < 0 ? output.values[slider] : Double(output.latents[latent])
      let fraction = (scale.shown(value) - scale.range.lowerBound) / length
      guard fraction >= 0, fraction <= 1 else { continue }
      bins[min(Self.binCount - 1, Int(fraction * Double(Self.binCount)))] += 1
    }
    guard let fullest = bins.max(), fullest > 0 else { return [] }
    return bins.map { $0 / fullest }
  }
}
