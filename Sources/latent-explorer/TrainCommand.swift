import ArgumentParser
import Checkpoints
import Datasets
import Foundation
import Training

/// Trains a model and writes it to a folder.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a typed autoencoder.",
    discussion: """
      Examples:
        latent-explorer train --data digits --recipe article --output run
        latent-explorer train --data ~/mnist --recipe joint --seed 1 --output run
        latent-explorer train --data ~/mnist --preset four-coordinates --output run
        latent-explorer train --data digits --recipe article --phases 3 --freeze-backbone \\
          --model run/model-phase-2.safetensors --output frozen

      The folder gets model.safetensors, model-phase-1.safetensors and so on with the weights after each \
      phase, and metrics.jsonl: one JSON object a line, at the end of each epoch and every 100 steps.
      """)

  @Option(help: ArgumentHelp(DataChoice.help, valueName: "dir|name"))
  var data: String

  @OptionGroup(title: "Network and recipe")
  var settings: TrainingOptions

  @Option(help: "Training images, the last ones, that are never learnt from.")
  var heldOut = 1000

  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 0

  @Option(help: "Threads; the result is the same for any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Write weights as 16-bit floats: files of half the size.")
  var half = false

  @Option(help: ArgumentHelp("The folder to write to; it is made if need be.", valueName: "dir"))
  var output: String

  @Flag(help: "Write over an earlier run in the folder.")
  var overwrite = false

  func validate() throws {
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads takes a whole number from 1 to 256.")
    }
    guard heldOut >= 0 else { throw ValidationError("--held-out takes a whole number from 0 up.") }
  }

  func run() throws {
    try reportingFailures {
      let start = try settings.model.map(ModelChoice.read)
      let architecture = try start?.architecture ?? settings.makeArchitecture()
      let configuration = TrainingConfiguration(
        architecture: architecture, recipe: try settings.makeRecipe(for: architecture), seed: seed,
        heldOutCount: heldOut)
      let choice = try DataChoice(data)
      let folder = try RunFolder(output, overwrite: overwrite)
      if let model = settings.model, folder.contains(model) {
        throw Failure("--model \(model.printable) lies in the output folder; choose another one for --output")
      }
      let dataset = try choice.dataset()
      let state =
        start.map { TrainingState(configuration, weights: $0.weights) } ?? TrainingState(configuration)
      try Trainer(dataset: dataset, folder: folder, threads: threads, storage: half ? .float16 : .float32)
        .run(state)
    }
  }
}
