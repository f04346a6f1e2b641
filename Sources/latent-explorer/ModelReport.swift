import Coordinates
import Foundation
import Networks
import Primitives
import Training

/// What a model file holds, as lines for people or as one JSON object.
struct ModelReport: PrintedReport {
  var coordinates: String
  var hidden: [Int]
  var encoder: String
  var decoder: String
  var parameters: Int
  /// What is known of the training; absent where the file does not say it.
  var data: String?
  var seed: UInt64?
  var recipe: Recipe?
  /// What the free latents are like over upright images; empty where the file does not say it.
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
    var epochs: Int
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

  init(_ model: TypedModel) {
    coordinates = "\(model.architecture.schema)"
    hidden = model.architecture.hidden
    encoder = model.architecture.encoderKind.rawValue
    decoder = model.architecture.decoderKind.rawValue
    parameters = model.parameterCount
    data = model.details.data
    seed = model.details.seed
    recipe = model.details.recipe.map { recipe in
      Recipe(
        name: recipe.name, phases: recipe.phases.map { Phase(name: $0.name, epochs: $0.epochs) },
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

  /// Lines for people.
  var table: String {
    var lines = [
      "coordinates  \(coordinates)",
      "hidden       \(hidden.map(String.init).joined(separator: ", "))",
      "encoder      \(encoder)",
      "decoder      \(decoder)",
      "parameters   \(parameters)",
    ]
    if let data { lines.append("data         \(data)") }
    if let seed { lines.append("seed         \(seed)") }
    if let recipe {
      let phases = recipe.phases.map { "\($0.name) \($0.epochs)" }.joined(separator: ", ")
      lines += [
        "recipe       \(recipe.name.printable): \(phases.printable)",
        "             batch \(recipe.batchSize), learning rate \(recipe.learningRate), "
          + recipe.interpolation,
      ]
    }
    if !latents.isEmpty {
      lines += ["", "latent       mean  deviation     1 %    99 %"]
      lines += latents.map { latent in
        latent.name.padding(toLength: 9, withPad: " ", startingAt: 0)
          + String(
            format: " %7.2f %10.2f %7.2f %7.2f", latent.mean, latent.deviation, latent.low, latent.high)
      }
    }
    lines += ["", "tensor                      shape"]
    lines += tensors.map { tensor in
      tensor.name.padding(toLength: max(28, tensor.name.count), withPad: " ", startingAt: 0)
        + tensor.shape.map(String.init).joined(separator: " × ")
    }
    return lines.joined(separator: "\n")
  }
}
