import ArgumentParser
import Checkpoints
import Datasets
import Essentials
import Libraries
import Primitives
import Training

/// Trains a model and writes it to a folder.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a typed autoencoder.",
    usage: """
      latent-explorer train --data <path|name> --output <dir> [<options>]
             latent-explorer train --resume <dir> [<options>]
      """,
    discussion: """
      Examples:
        latent-explorer train --data digits --recipe article --output run
        latent-explorer train --data ~/mnist --recipe joint --seed 1 --output run
        latent-explorer train --data ~/mnist --preset four-coordinates --output run
        latent-explorer train --data digits --recipe article --phases 3 \\
          --freeze-backbone --model run/model-phase-2.safetensors --output frozen
        latent-explorer train --resume run

      The output folder holds model.safetensors; the weights after each phase, model-phase-1.safetensors and \
      so on; metrics.jsonl, a JSON object a line every 100 steps and at the end of each epoch; and \
      checkpoints, from which --resume continues to the same bytes.
      """)

  @Option(
    help: ArgumentHelp(DataChoice.help, valueName: "path|name"), completion: DataChoice.completion,
    transform: PathArgument.parse)
  var data: String?

  @OptionGroup(title: "Data")
  var reading: DataReadingOptions

  @OptionGroup(title: "Network and recipe")
  var settings: TrainingOptions

  @Option(
    help: """
      Held-out images, never trained on: the last training images, or where these are sorted by class some of each; by \
      default 1000, at most a fifth.
      """)
  var heldOut: Int?

  @Option(help: "The seed of all random numbers; by default 0.", transform: Self.seed)
  var seed: UInt64?

  @Option(help: "Threads; the result does not depend on their number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Write weights as 16-bit floats: files of half the size.")
  var half = false

  @Option(
    help: ArgumentHelp("The folder to write to; created if missing.", valueName: "dir"),
    completion: .directory, transform: PathArgument.parse)
  var output: String?

  @Flag(help: "Overwrite an earlier run in the folder.")
  var overwrite = false

  @Option(
    help: ArgumentHelp(
      "Resume the run in a folder from its newest checkpoint; no other option is needed.",
      valueName: "dir"), completion: .directory, transform: PathArgument.parse)
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Seconds between checkpoints within an epoch; each epoch ends with one.", valueName: "seconds"))
  var checkpointEvery = 30.0

  @Flag(help: "Report each checkpoint on standard error once it is on disk.")
  var nameCheckpoints = false

  @OptionGroup var remarks: VerbosityOptions

  private static func seed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw ValidationError("--seed takes a whole number from 0 to \(UInt64.max).")
    }
    return seed
  }

  func validate() throws {
    try validateThreads(threads)
    guard heldOut ?? 0 >= 0 else { throw ValidationError("--held-out takes a whole number from 0 up.") }
    guard (0...1e9).contains(checkpointEvery) else {
      throw ValidationError("--checkpoint-every takes a number of seconds from 0 to 1000000000.")
    }
    if resume == nil {
      guard data != nil else { throw ValidationError("Missing expected argument '--data <path|name>'") }
      guard output != nil else { throw ValidationError("Missing expected argument '--output <dir>'") }
      try settings.validateStart()
    } else {
      guard !overwrite else { throw ValidationError("--overwrite and --resume exclude each other.") }
      guard settings.model == nil else {
        throw ValidationError("--model and --resume exclude each other: the run has its own weights.")
      }
    }
  }

  func run() throws {
    try reportingFailures {
      Interruption.turnFatalWritesIntoErrors()
      if let resume {
        try resumeRun(at: resume)
      } else if let data, let output {
        try startRun(data: data, output: output)
      }
    }
  }

  private func startRun(data: String, output: String) throws {
    if let remark = settings.remark {
      var line = ProgressLine(remarks.verbosity)
      line.note(remark)
    }
    let start = try settings.model.map(ModelChoice.read)
    // Errors of the options come before those of files.
    _ = try settings.makeRecipe(for: start?.architecture ?? settings.makeArchitecture(standard: .article))
    let choice = try DataChoice(data, options: reading.options)
    let folder = try RunFolder(new: output, overwrite: overwrite)
    if let model = settings.model, folder.contains(model) {
      throw Failure("--model \(model.printable) is in the output folder; choose another --output")
    }
    let dataset = try choice.dataset(note: remarks.note)
    let architecture = try start?.architecture ?? settings.makeArchitecture(for: dataset.shape)
    try dataset.requireShape(of: architecture, model: settings.model)
    let configuration = TrainingConfiguration(
      architecture: architecture, recipe: try settings.makeRecipe(for: architecture), seed: seed ?? 0,
      heldOutCount: heldOut)
    let state =
      start.map { TrainingState(configuration, weights: $0.weights) } ?? TrainingState(configuration)
    let facts = RunFacts(
      dataName: dataset.name, dataSource: choice.source, dataOptions: choice.recordedOptions,
      data: choice.identity(of: dataset), writesHalf: half)
    let checkpoint = Checkpoint(state: state, run: facts, progress: RunProgress())
    try Trainer(beginning: checkpoint, on: dataset, in: folder, trainerSettings).train()
  }

  private func resumeRun(at path: String) throws {
    let run = try ResumedRun(path)
    try check(against: run)
    for warning in run.warnings { writeToStandardError(warning + "\n") }
    guard !run.isFinished else {
      var line = ProgressLine(remarks.verbosity)
      line.note("\(path.printable): the run is finished; nothing to resume")
      return
    }
    try Trainer(
      resuming: run.checkpoint, of: run.present, on: try run.dataset(at: data, reading.options),
      in: run.folder,
      trainerSettings
    ).train()
  }

  /// Throws if an option contradicts the run.
  private func check(against run: ResumedRun) throws {
    let configuration = run.checkpoint.state.configuration
    if let output, !run.folder.isSame(as: output) {
      throw Failure("--output differs from the folder of the resumed run; leave it out")
    }
    if let seed, seed != configuration.seed { throw TrainingOptions.contradiction("seed") }
    if let heldOut, heldOut != configuration.heldOutCount { throw TrainingOptions.contradiction("held-out") }
    if half, !run.checkpoint.run.writesHalf { throw TrainingOptions.contradiction("half") }
    try settings.check(against: configuration)
  }

  private var trainerSettings: Trainer.Settings {
    Trainer.Settings(
      threads: threads, checkpointSeconds: checkpointEvery, namesCheckpoints: nameCheckpoints,
      verbosity: remarks.verbosity)
  }
}
