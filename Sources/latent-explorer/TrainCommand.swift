import ArgumentParser
import Checkpoints
import Coordinates
import Datasets
import Foundation
import Kernels
import Networks
import Training

/// Trains a model and writes it to a folder.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a typed autoencoder.",
    discussion: """
      Examples:
        latent-explorer train --data digits --recipe article --output run
        latent-explorer train --data ~/mnist --recipe article --seed 1 --output run
        latent-explorer train --data digits --recipe article --phases 3 --freeze-backbone \\
          --model run/model-phase-2.safetensors --output frozen

      The folder gets model.safetensors, model-phase-1.safetensors and so on with the weights after each \
      phase, and metrics.jsonl: one JSON object a line, at the end of each epoch and every 100 steps.
      """)

  @Option(help: ArgumentHelp(DataChoice.help, valueName: "dir|name"))
  var data: String

  @Option(help: "The recipe: 'article'.")
  var recipe: RecipeName

  @Option(help: ArgumentHelp("Epochs of each phase.", valueName: "n,n,n"))
  var epochs = NumberList(Recipe.articleEpochs)

  @Option(help: ArgumentHelp("Train these phases only, counted from 1.", valueName: "n,…"))
  var phases: NumberList?

  @Option(help: ArgumentHelp("Start from the weights of a model instead of random ones.", valueName: "file"))
  var model: String?

  @Option(help: "Images in a batch.")
  var batchSize = 128

  @Option(help: "Adam's learning rate.")
  var learningRate = 1e-3

  @Option(help: ArgumentHelp("The latent coordinates.", valueName: "text"))
  var coordinates: String?

  @Option(
    help: ArgumentHelp("Widths of the encoder's hidden layers; the decoder mirrors them.", valueName: "n,…"))
  var hidden: NumberList?

  @Flag(help: "Freeze the encoder's hidden layers in phase 3 too.")
  var freezeBackbone = false

  @Flag(help: "Freeze the head of the free latents in phase 3 too.")
  var freezeLatentHead = false

  @Option(help: "The weight of the rotation's loss in phase 3.")
  var rotationWeight: Float = 1

  @Option(help: "How turned images are sampled: 'bilinear', or 'nearest' as the article's code does.")
  var interpolation = Interpolation.bilinear

  @Option(help: "Training images, the last ones, that are never learnt from.")
  var heldOut = 1000

  @Option(help: "The seed of all random numbers.")
  var seed: UInt64 = 0

  @Option(help: "Threads; the result is the same for any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("The folder to write to; it is made if need be.", valueName: "dir"))
  var output: String

  @Flag(help: "Write over an earlier run in the folder.")
  var overwrite = false

  func validate() throws {
    guard epochs.numbers.count == 3, epochs.numbers.allSatisfy({ (0...1_000_000).contains($0) }) else {
      throw ValidationError("--epochs takes three whole numbers, one for each phase, such as 25,20,20.")
    }
    if let phases {
      guard !phases.numbers.isEmpty, phases.numbers.allSatisfy((1...3).contains) else {
        throw ValidationError("--phases takes numbers from 1 to 3.")
      }
      guard model != nil || phases.numbers.contains(1) else {
        throw ValidationError("--phases without phase 1 needs --model to start from.")
      }
    }
    guard (1...65_536).contains(batchSize) else {
      throw ValidationError("--batch-size takes a whole number from 1 to 65536.")
    }
    guard learningRate.isFinite, learningRate > 0 else {
      throw ValidationError("--learning-rate takes a number above 0.")
    }
    guard rotationWeight.isFinite, rotationWeight >= 0 else {
      throw ValidationError("--rotation-weight takes a number from 0 up.")
    }
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads takes a whole number from 1 to 256.")
    }
    guard heldOut >= 0 else { throw ValidationError("--held-out takes a whole number from 0 up.") }
    if let hidden {
      guard !hidden.numbers.isEmpty, hidden.numbers.allSatisfy((1...8192).contains) else {
        throw ValidationError("--hidden takes widths from 1 to 8192, such as 256,128.")
      }
    }
    guard model == nil || (coordinates == nil && hidden == nil) else {
      throw ValidationError("--model brings its own coordinates and widths.")
    }
  }

  func run() throws {
    try reportingFailures {
      let start = try model.map(ModelChoice.read)
      let configuration = TrainingConfiguration(
        architecture: try start?.architecture ?? architecture(), recipe: makeRecipe(), seed: seed,
        heldOutCount: heldOut)
      let choice = try DataChoice(data)
      let folder = try RunFolder(output, overwrite: overwrite)
      if let model, folder.contains(model) {
        throw Failure("--model \(model.printable) lies in the output folder; choose another one for --output")
      }
      let dataset = try choice.dataset()
      let state =
        start.map { TrainingState(configuration, weights: $0.weights) } ?? TrainingState(configuration)
      try Trainer(dataset: dataset, folder: folder, threads: threads).run(state)
    }
  }

  private func architecture() throws -> NetworkArchitecture {
    let schema: CoordinateSchema
    do {
      schema = try coordinates.map { try CoordinateSchema(parsing: $0) } ?? .article
    } catch {
      throw ValidationError("--coordinates: \(error)")
    }
    return NetworkArchitecture(schema: schema, hidden: hidden?.numbers ?? [256, 128])
  }

  /// The recipe with the chosen phases; the others get no epochs.
  private func makeRecipe() -> Recipe {
    let chosen = Set(phases?.numbers ?? [1, 2, 3])
    var recipe = Recipe.article(
      epochs: epochs.numbers.enumerated().map { chosen.contains($0 + 1) ? $1 : 0 },
      learnsBackbone: !freezeBackbone, learnsLatentHead: !freezeLatentHead, coordinateWeight: rotationWeight)
    recipe.batchSize = batchSize
    recipe.learningRate = learningRate
    recipe.interpolation = interpolation
    return recipe
  }
}

/// The recipes that `--recipe` takes.
enum RecipeName: String, ExpressibleByArgument, CaseIterable {
  case article
}

extension Interpolation: ExpressibleByArgument {}
