import Checkpoints
import Datasets
import Foundation
import Primitives
import Training

/// Carries a training run through on the calling thread, with progress, metrics and files.
struct Trainer {
  let dataset: Dataset
  let folder: RunFolder
  let threads: Int
  let storage: SafetensorsFile.Storage

  func run(_ state: TrainingState) throws {
    let run = try TrainingRun(state, images: dataset.training, threads: threads)
    try folder.prepare()
    let recipe = state.configuration.recipe
    let interruption = Interruption()
    var metrics = try MetricsLog(path: folder.metricsPath)
    var progress = ProgressLine()
    var throughput = Throughput()
    var epochLoss = MeanLoss()
    var trained: Set<Int> = []
    let start = monotonicSeconds()
    while !interruption.hasCome, let report = try run.step() {
      let now = monotonicSeconds()
      throughput.add(images: report.images, at: now)
      epochLoss.add(report)
      try metrics.add(report, imagesPerSecond: throughput.imagesPerSecond, seconds: now - start)
      let left = recipe.remainingImages(from: run.position, imageCount: run.imageCount)
      progress.update(
        Self.line(report, recipe: recipe, batches: run.batchesPerEpoch, throughput: throughput, left: left))
      if report.endsEpoch {
        progress.note(Self.epochLine(report, loss: epochLoss.mean, recipe: recipe, throughput: throughput))
        epochLoss = MeanLoss()
      }
      if report.endsPhase {
        trained.insert(report.position.phase + 1)
        try write(run, to: folder.modelPath(phase: report.position.phase + 1))
      }
    }
    progress.clear()
    try write(run, to: folder.modelPath)
    guard run.phase == nil else {
      throw Failure("stopped before the end; \(folder.modelPath.printable) holds the weights so far")
    }
    try folder.removePhases(except: trained)
    progress.note("wrote \(folder.modelPath.printable) in \(duration(monotonicSeconds() - start))")
  }

  private func write(_ run: TrainingRun, to path: String) throws {
    var model = TypedModel(
      run.configuration, weights: run.weights, at: run.position, data: dataset.name)
    try model.measureLatents(over: dataset.training)
    try model.keepReadings(of: dataset.test)
    try ModelFile.write(model, to: path, storage: storage)
  }

  private static func line(
    _ report: StepReport, recipe: Recipe, batches: Int, throughput: Throughput, left: Int
  ) -> String {
    let position = report.position
    let rate = throughput.imagesPerSecond
    return place(position, recipe: recipe) + ", batch \(position.batch + 1)/\(batches): loss "
      + String(format: "%.5f", report.losses.total)
      + (rate.map { String(format: ", %.0f images/s, ", $0) + duration(Double(left) / $0) + " left" } ?? "")
  }

  private static func epochLine(
    _ report: StepReport, loss: Double, recipe: Recipe, throughput: Throughput
  ) -> String {
    let heldOut = report.heldOut.map { String(format: ", held-out loss %.5f", $0.total) } ?? ""
    let rate = throughput.imagesPerSecond.map { String(format: ", %.0f images/s", $0) } ?? ""
    return place(report.position, recipe: recipe)
      + String(format: ": loss %.5f", loss) + heldOut + rate
  }

  private static func place(_ position: TrainingPosition, recipe: Recipe) -> String {
    let phase = recipe.phases[position.phase]
    return "phase \(position.phase + 1) (\(phase.name)), epoch \(position.epoch + 1)/\(phase.epochs)"
  }
}

/// The mean loss over the images of several steps.
private struct MeanLoss {
  private var sum = 0.0
  private var images = 0

  mutating func add(_ report: StepReport) {
    sum += report.losses.total * Double(report.images)
    images += report.images
  }

  var mean: Double { sum / Double(max(images, 1)) }
}

/// A time span for people: `8 s`, `2:05` or `1:02:05`.
func duration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e9 else { return "∞" }
  let whole = Int(seconds.rounded())
  let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
  if hours > 0 { return String(format: "%d:%02d:%02d", hours, minutes, rest) }
  return minutes > 0 ? String(format: "%d:%02d", minutes, rest) : "\(rest) s"
}
