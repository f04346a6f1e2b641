import Essentials
import Libraries
import Training

/// Messages about a training run.
struct TrainingText {
  let recipe: Recipe
  let batchesPerEpoch: Int

  /// The images, the network and the recipe, on one line.
  func summary(_ configuration: TrainingConfiguration, images: Int, data: String) -> String {
    let architecture = configuration.architecture
    let count = architecture.layers.reduce(0) { $0 + ($1.inputs + 1) * $1.outputs }
    return "\(images) images of \(data), \(batchesPerEpoch) batches an epoch; \(architecture.schema), "
      + "\(architecture.encoderKind.rawValue) encoder, \(architecture.decoderKind.rawValue) decoder, "
      + "\(count) weights; recipe \(recipe.name), seed \(configuration.seed)"
  }

  /// The position, the loss, the speed and the remaining time.
  func line(_ report: StepReport, imagesPerSecond rate: Double?, left: Int) -> String {
    positionText(report.position) + ", batch \(report.position.batch + 1)/\(batchesPerEpoch): loss "
      + formatted("%.5f", report.losses.total)
      + (rate.map { formatted(", %.0f images/s, ", $0) + duration(Double(left) / $0) + " left" } ?? "")
  }

  /// The result of an epoch.
  func epochLine(_ report: StepReport, loss: Double?, imagesPerSecond: Double?) -> String {
    let mean = loss.map { formatted(": loss %.5f", $0) } ?? ""
    let heldOut = report.heldOut.map { formatted(", held-out loss %.5f", $0.total) } ?? ""
    let rate = imagesPerSecond.map { formatted(", %.0f images/s", $0) } ?? ""
    return positionText(report.position) + mean + heldOut + rate
  }

  /// The next batch of a resumed run.
  func next(_ position: TrainingPosition) -> String {
    guard position.phase < recipe.phases.count else { return "the end" }
    return positionText(position) + ", batch \(position.batch + 1)/\(batchesPerEpoch)"
  }

  private func positionText(_ position: TrainingPosition) -> String {
    let phase = recipe.phases[position.phase]
    return "phase \(position.phase + 1) (\(phase.name)), epoch \(position.epoch + 1)/\(phase.epochs)"
  }
}
