import ArgumentParser
import Checkpoints
import Foundation
import Networks
import Primitives
import Training

/// Prints what a model file holds.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Print what a model file holds.",
    discussion: """
      Examples:
        latent-explorer inspect run/model.safetensors
      """)

  @Argument(help: ArgumentHelp(ModelChoice.help, valueName: "file|name"))
  var model: String

  func run() throws {
    try reportingFailures {
      try writeToStandardOutput(Self.description(of: try ModelChoice.read(model)) + "\n")
    }
  }

  private static func description(of model: TypedModel) -> String {
    let details = model.details
    var lines = [
      "coordinates  \(model.architecture.schema)",
      "hidden       \(model.architecture.hidden.map(String.init).joined(separator: ", "))",
      "encoder      \(model.architecture.encoderKind.rawValue)",
      "decoder      \(model.architecture.decoderKind.rawValue)",
      "parameters   \(model.weights.reduce(0) { $0 + $1.values.count })",
    ]
    if let data = details.data { lines.append("data         \(data)") }
    if let seed = details.seed { lines.append("seed         \(seed)") }
    if let recipe = details.recipe {
      let phases = recipe.phases.map { "\($0.name) \($0.epochs)" }.joined(separator: ", ")
      lines += [
        "recipe       \(recipe.name.printable): \(phases.printable)",
        "             batch \(recipe.batchSize), learning rate \(recipe.learningRate), "
          + "\(recipe.interpolation.rawValue)",
      ]
    }
    if !details.statistics.isEmpty {
      lines += ["", "latent       mean  deviation     1 %    99 %"]
      for (index, latent) in details.statistics.enumerated() {
        lines.append(
          String(
            format: "z%-8d %8.2f %10.2f %7.2f %7.2f", index + 1, latent.mean, latent.deviation, latent.low,
            latent.high))
      }
    }
    lines += ["", "tensor                      shape"]
    for tensor in model.weights {
      let name = tensor.name.padding(toLength: max(28, tensor.name.count), withPad: " ", startingAt: 0)
      lines.append(name + tensor.shape.map(String.init).joined(separator: " × "))
    }
    return lines.joined(separator: "\n")
  }
}
