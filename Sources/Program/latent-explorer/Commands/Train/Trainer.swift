import Checkpoints
import Datasets
import Essentials
import Libraries
import Primitives
import Training

/// Training on the calling thread, with progress, metrics, models and checkpoints.
///
/// Write errors are reported and retried, and do not end the run, except for those of the final weights.
final class Trainer {
  /// Settings that do not change the trained weights.
  struct Settings {
    var threads: Int
    /// The time between two checkpoints within an epoch, in seconds.
    var checkpointSeconds: Double
    /// True if each checkpoint is named when it is durable.
    var namesCheckpoints: Bool
    var verbosity = Verbosity.normal
  }

  private let run: TrainingRun
  private let facts: RunFacts
  private let dataset: Dataset
  private let folder: RunFolder
  private let settings: Settings
  private let lock: RunFolderLock
  private let writer: CheckpointWriter
  private let text: TrainingText
  private var metrics: MetricsLog
  private var progress: RunProgress
  private var progressLine: ProgressLine
  private var throughput = Throughput()
  private var warnings = Warnings()
  /// The weights after phases, with paths, that could not be written yet.
  private var unwritten: [(path: String, model: TypedModel)] = []
  /// The time at which the run would have begun without interruptions.
  private let start: Double
  private var lastCheckpoint: Double

  /// Prepares a new run: writes its first checkpoint, then removes the files of an earlier run.
  convenience init(
    beginning checkpoint: Checkpoint, on dataset: Dataset, in folder: RunFolder, _ settings: Settings
  ) throws {
    // Before writing: a run that cannot start leaves no files.
    let run = try TrainingRun(checkpoint.state, images: dataset.training, threads: settings.threads)
    var checkpoint = checkpoint
    checkpoint.state.configuration = run.configuration
    try folder.prepare()
    let lock = try RunFolderLock(folder)
    try CheckpointFile.write(checkpoint, to: folder.checkpoints.filePath(steps: 0))
    try folder.removeEarlierRun()
    var present = CheckpointSelection()
    present.add(checkpoint.progress)
    try self.init(run, checkpoint, present, dataset, folder, lock, settings)
  }

  /// Prepares to resume from `checkpoint`; `present` are all intact checkpoints.
  convenience init(
    resuming checkpoint: Checkpoint, of present: CheckpointSelection, on dataset: Dataset,
    in folder: RunFolder, _ settings: Settings
  ) throws {
    let run = try TrainingRun(checkpoint.state, images: dataset.training, threads: settings.threads)
    try self.init(run, checkpoint, present, dataset, folder, try RunFolderLock(folder), settings)
    progressLine.note("resuming after \(checkpoint.progress.steps) steps: \(text.next(run.position))")
    for (index, phase) in run.configuration.recipe.phases.enumerated()
    where phase.epochs > 0 && index < run.position.phase {
      let path = folder.modelPath(phase: index + 1)
      if !FileManager.default.fileExists(atPath: path) {
        progressLine.warn("warning: \(path.printable) is missing and is not written again")
      }
    }
  }

  private init(
    _ run: TrainingRun, _ checkpoint: Checkpoint, _ present: CheckpointSelection, _ dataset: Dataset,
    _ folder: RunFolder, _ lock: RunFolderLock, _ settings: Settings
  ) throws {
    self.run = run
    self.dataset = dataset
    self.folder = folder
    self.lock = lock
    self.settings = settings
    progressLine = ProgressLine(settings.verbosity)
    facts = checkpoint.run
    progress = checkpoint.progress
    text = TrainingText(recipe: run.configuration.recipe, batchesPerEpoch: run.batchesPerEpoch)
    metrics = try MetricsLog(path: folder.metricsPath, keptLines: progress.metricsLines)
    writer = CheckpointWriter(folder.checkpoints, present: present, metricsPath: folder.metricsPath)
    lastCheckpoint = SystemClock.seconds()
    start = lastCheckpoint - progress.seconds
  }

  /// Trains to the end, or until a signal.
  func train() throws {
    let interruption = Interruption()
    progressLine.detail(text.summary(run.configuration, images: run.imageCount, data: facts.dataName))
    do {
      while !interruption.hasCome, let report = try run.step() { handle(report) }
    } catch {
      try end(after: error)
    }
    guard run.phase == nil else { return try interrupt(interruption.status) }
    try finish()
  }

  private func handle(_ report: StepReport) {
    let now = SystemClock.seconds()
    throughput.add(images: report.images, at: now)
    progress.steps += 1
    progress.seconds = now - start
    progress.heldOut = report.heldOut.map {
      RunProgress.HeldOutLoss(phase: report.position.phase, loss: $0.total)
    }
    progress.sinceEpoch.add(report)
    attempt(.metrics) {
      try metrics.add(report, to: &progress, imagesPerSecond: throughput.imagesPerSecond)
    }
    show(report)
    if report.endsEpoch { endEpoch(report) }
    let isDue = report.endsEpoch || now - lastCheckpoint >= settings.checkpointSeconds
    // The last checkpoint marks a finished run, and is written at its end.
    if isDue, run.phase != nil { submitCheckpoint(at: now) }
    reportOutcomes()
  }

  private func show(_ report: StepReport) {
    let recipe = run.configuration.recipe
    progressLine.update(
      text.line(
        report, imagesPerSecond: throughput.imagesPerSecond,
        left: recipe.remainingImages(from: run.position, imageCount: run.imageCount)))
  }

  private func endEpoch(_ report: StepReport) {
    progressLine.note(
      text.epochLine(
        report, loss: progress.sinceEpoch.means?.total, imagesPerSecond: throughput.imagesPerSecond))
    progress.sinceEpoch = LossSums()
    if report.endsPhase {
      attempt(.phaseModel) {
        unwritten.append((folder.modelPath(phase: report.position.phase + 1), try model()))
      }
    }
    writePhaseModels()
  }

  private func submitCheckpoint(at now: Double) {
    // A pending checkpoint is recent enough for the interval, but the end of an epoch may be the best one.
    guard writer.isIdle || progress.heldOut != nil else { return }
    lastCheckpoint = now
    writer.submit(Checkpoint(state: run.state, run: facts, progress: progress))
  }

  private func reportOutcomes() {
    for outcome in writer.receiveOutcomes() {
      switch outcome {
      case .written(let path):
        if settings.namesCheckpoints {
          progressLine.warn("checkpoint \(path.printable)")
        } else {
          progressLine.detail("checkpoint \(path.printable)")
        }
      case .failed(let error): warn(.checkpoint, error)
      }
    }
  }

  private func writePhaseModels() {
    let models = unwritten
    unwritten = []
    for (path, model) in models {
      do {
        try write(model, to: path)
      } catch {
        unwritten.append((path, model))
        warn(.phaseModel, error)
      }
    }
  }

  /// The weights, with statistics of their latents.
  private func model() throws -> TypedModel {
    var model = run.model(data: facts.dataName)
    try model.measureLatents(over: dataset.training)
    try model.storeEncoderOutputs(of: dataset.test)
    return model
  }

  private func write(_ model: TypedModel, to path: String) throws {
    try ModelFile.write(model, to: path, storage: facts.writesHalf ? .float16 : .float32)
  }

  /// Writes the current weights as the final model, also if the folder was removed.
  private func writeFinalModel() throws {
    let model = try model()
    do {
      try folder.prepare()
      try write(model, to: folder.modelPath)
    } catch {
      throw Failure(
        "the final weights could not be written: \(error.sentence); resume with "
          + "'latent-explorer train --resume \(folder.path.printable)'")
    }
  }

  // MARK: - Endings

  private func finish() throws {
    finishWrites()
    defer { summarize() }
    try writeFinalModel()
    // The folder may have been missing until now.
    writePhaseModels()
    guard unwritten.isEmpty else {
      throw Failure("\(unwritten[0].path.printable) could not be written")
    }
    writer.submit(Checkpoint(state: run.state, run: facts, progress: progress))
    writer.waitUntilIdle()
    reportOutcomes()
    let images = run.configuration.recipe.remainingImages(
      from: TrainingPosition(), imageCount: run.imageCount)
    progressLine.note(
      "wrote \(folder.modelPath.printable) in \(duration(SystemClock.seconds() - start))"
        + formatted(", %.0f images/s in all", Double(images) / progress.seconds))
  }

  private func interrupt(_ status: ExitStatus) throws {
    writer.submit(Checkpoint(state: run.state, run: facts, progress: progress))
    finishWrites()
    defer { summarize() }
    try writeFinalModel()
    throw InterruptedCommand(
      description: "stopped; \(folder.modelPath.printable) holds the weights so far, "
        + "'latent-explorer train --resume \(folder.path.printable)' resumes", status: status)
  }

  /// Ends a run that cannot continue; its last weights are valid.
  private func end(after error: TrainingError) throws -> Never {
    finishWrites()
    defer { summarize() }
    do {
      try writeFinalModel()
    } catch let unwritable {
      throw Failure("\(error); \(unwritable.sentence)")
    }
    throw Failure("\(error); \(folder.modelPath.printable) holds the last good weights")
  }

  /// Waits for pending checkpoints, and retries failed writes.
  private func finishWrites() {
    progressLine.clear()
    writePhaseModels()
    attempt(.metrics) { try metrics.writePending() }
    writer.waitUntilIdle()
    reportOutcomes()
  }

  private func summarize() {
    for sentence in warnings.summary { progressLine.warn(sentence) }
  }

  private func attempt(_ kind: Warnings.Kind, _ body: () throws -> Void) {
    do { try body() } catch { warn(kind, error) }
  }

  private func warn(_ kind: Warnings.Kind, _ error: any Error) {
    if let sentence = warnings.note(kind, error) { progressLine.warn(sentence) }
  }
}
