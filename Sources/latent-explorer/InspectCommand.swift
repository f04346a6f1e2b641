import ArgumentParser
import Checkpoints
import Foundation
import Networks
import Primitives
import Training

/// Prints what a model file holds; without one, what the program finds around it.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Print what a model file holds, or what a bug report needs.",
    discussion: """
      Examples:
        latent-explorer inspect run/model.safetensors
        latent-explorer inspect

      Without a file it prints version, system, processor, terminal and how it would be drawn on, the \
      variables of the environment and the folders that are used, and the data sets and models found.
      """)

  @Argument(help: ArgumentHelp(ModelChoice.help, valueName: "file|name"))
  var model: String?

  @Flag(help: "Print one JSON object; without a file only.")
  var json = false

  func validate() throws {
    if json, model != nil { throw ValidationError("--json goes without a file.") }
  }

  func run() throws {
    guard let model else { return try describeSystem() }
    try reportingFailures {
      try writeToStandardOutput(Self.description(of: try ModelChoice.read(model)) + "\n")
    }
  }

  /// Also where the environment asks for what there is not: that is what a report should show.
  private func describeSystem() throws {
    try reportingFailures(needsKernels: false) {
      let report = SystemReport()
      try writeToStandardOutput((json ? try report.json : report.table) + "\n")
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
