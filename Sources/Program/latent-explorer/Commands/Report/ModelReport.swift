import Checkpoints
import Coordinates
import Essentials
import Networks
import Primitives
import Training

/// The contents of a model file, as text or as one JSON object.
struct ModelReport: PrintedReport {
  var coordinates: String
  var hidden: [Int]
  var encoder: String
  var decoder: String
  /// The shape of the images; nil for MNIST's.
  var images: String?
  var parameters: Int
  /// Details of the training; nil if the file does not contain them.
  var data: String?
  var seed: UInt64?
  var recipe: Recipe?
  /// The state of the run, for a checkpoint.
  var checkpoint: Checkpoint?
  /// Statistics of the free latents over upright images; empty if the file does not contain them.
  var latents: [Latent]
  var tensors: [Tensor]

  struct Recipe: Encodable {
    var name: String
    var phases: [Phase]
    var batchSize: Int
    var learningRate: Double
    var interpolation: String
  }

  struct Phase: Encodable {
    var name: String
    /// The completed epochs.
    var epochs: Int
    /// The recipe's epochs, for a checkpoint.
    var plannedEpochs: Int?
  }

  struct Checkpoint: Encodable {
    var steps: Int
    /// The phase of the next batch, counted from 1; nil at the end of the run.
    var phase: Int?
    /// The completed epochs of that phase.
    var epochs: Int
    var plannedEpochs: Int
    /// The completed batches of the current epoch.
    var batches: Int
  }

  struct Latent: Encodable {
    var name: String
    var mean, deviation: Double
    /// The 1st and the 99th percentile.
    var low, high: Double
  }

  struct Tensor: Encodable {
    var name: String
    var shape: [Int]
  }

  init(_ contents: ModelContents) {
    let model = contents.model
    coordinates = "\(model.architecture.schema)"
    hidden = model.architecture.hidden
    encoder = model.architecture.encoderKind.rawValue
    decoder = model.architecture.decoderKind.rawValue
    let shape = model.architecture.imageShape
    images = shape == .mnist ? nil : shape.description
    parameters = model.parameterCount
    data = model.details.data
    seed = model.details.seed
    let plan = contents.checkpoint?.state.configuration.recipe.phases
    checkpoint = contents.checkpoint.map(Checkpoint.init)
    recipe = model.details.recipe.map { recipe in
      Recipe(
        name: recipe.name,
        phases: recipe.phases.enumerated().map { index, phase in
          Phase(name: phase.name, epochs: phase.epochs, plannedEpochs: plan?[index].epochs)
        },
        batchSize: recipe.batchSize, learningRate: recipe.learningRate,
        interpolation: recipe.interpolation.rawValue)
    }
    latents = model.details.statistics.enumerated().map { index, latent in
      Latent(
        name: "z\(index + 1)", mean: latent.mean, deviation: latent.deviation, low: latent.low,
        high: latent.high)
    }
    tensors = model.weights.map { Tensor(name: $0.name, shape: $0.shape) }
  }

  /// The report as text.
  var table: String {
    var lines = [
      "coordinates  \(coordinates)",
      "hidden       \(hidden.map(String.init).joined(separator: ", "))",
      "encoder      \(encoder)",
      "decoder      \(decoder)",
      "parameters   \(parameters)",
    ]
    if let images { lines.append("images       \(images)") }
    if let data { lines.append("data         \(data)") }
    if let seed { lines.append("seed         \(seed)") }
    if let recipe {
      let phases = recipe.phases.map(\.text).joined(separator: ", ")
      lines += [
        "recipe       \(recipe.name.printable): \(phases.printable)",
        "             batch \(recipe.batchSize), learning rate \(recipe.learningRate), "
          + recipe.interpolation,
      ]
    }
    if let checkpoint { lines.append("checkpoint   \(checkpoint.text)") }
    if !latents.isEmpty {
      lines += ["", "latent       mean  deviation     1 %    99 %"]
      lines += latents.map { latent in
        latent.name.padded(to: 9)
          + formatted(" %7.2f %10.2f %7.2f %7.2f", latent.mean, latent.deviation, latent.low, latent.high)
      }
    }
    lines += ["", "tensor                      shape"]
    lines += tensors.map { tensor in
      tensor.name.padded(to: max(28, tensor.name.count))
        + tensor.shape.map(String.init).joined(separator: " × ")
    }
    return lines.joined(separator: "\n")
  }
}

extension ModelReport.Phase {
  /// Name and epochs.
  fileprivate var text: String { "\(name) \(epochs)" + (plannedEpochs.map { " of \($0)" } ?? "") }
}

extension ModelReport.Checkpoint {
  fileprivate init(_ checkpoint: Checkpoints.Checkpoint) {
    let position = checkpoint.state.position
    let phases = checkpoint.state.configuration.recipe.phases
    steps = checkpoint.progress.steps
    phase = phases.indices.contains(position.phase) ? position.phase + 1 : nil
    (epochs, batches) = (position.epoch, position.batch)
    plannedEpochs = phase.map { phases[$0 - 1].epochs } ?? 0
  }

  /// The position as text.
  fileprivate var text: String {
    let steps = "after \(steps) \(steps == 1 ? "step" : "steps")"
    guard let phase else { return "all phases completed, \(steps)" }
    let part = batches > 0 ? " and \(batches) \(batches == 1 ? "batch" : "batches")" : ""
    return "phase \(phase): \(epochs) of \(plannedEpochs) epochs\(part), \(steps)"
  }
}
