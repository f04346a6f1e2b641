import ArgumentParser
import Coordinates
import Datasets
import Foundation
import Kernels
import Training

/// Measures a model on test images.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure a model on a data set's test images.",
    discussion: """
      Examples:
        latent-explorer evaluate --model run/model.safetensors --data digits
        latent-explorer evaluate --model run/model.safetensors --data ~/mnist --json
      """)

  @Option(help: ArgumentHelp(ModelChoice.help, valueName: "file|name"))
  var model: String

  @Option(help: ArgumentHelp(DataChoice.help, valueName: "dir|name"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "Measure on the last N training images instead, to choose settings by.", valueName: "n"))
  var heldOut: Int?

  @Option(help: "How images are turned; by default as in the model's training.")
  var interpolation: Interpolation?

  @Option(help: "Threads; the result is the same for any number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard (1...256).contains(threads) else {
      throw ValidationError("--threads takes a whole number from 1 to 256.")
    }
    guard heldOut.map({ $0 >= 1 }) ?? true else {
      throw ValidationError("--held-out takes a whole number from 1 up.")
    }
  }

  func run() throws {
    try reportingFailures {
      let model = try ModelChoice.read(self.model)
      let dataset = try DataChoice(data).dataset()
      let images: any ImageSource
      if let heldOut {
        guard heldOut <= dataset.training.count else {
          throw Failure("--held-out \(heldOut): there are \(dataset.training.count) training images")
        }
        images = LastImages(of: dataset.training, count: heldOut)
      } else {
        images = dataset.test
      }
      var progress = ProgressLine()
      let evaluation = try Evaluation.measure(
        model, on: images, interpolation: interpolation, threads: threads
      ) { share in
        progress.update(String(format: "measuring: %.0f %%", share * 100))
      }
      progress.clear()
      try writeToStandardOutput((json ? try evaluation.json : evaluation.table) + "\n")
    }
  }
}

extension Evaluation {
  private struct Figures: Encodable {
    var upright_mse, steer_mse, resteer_mse, turned_mse: Double
    var angle_mean_degrees, angle_median_degrees, angle_within_15: Double
    var images: Int
    var interpolation: String
  }

  /// One JSON object with all figures.
  fileprivate var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      let figures = Figures(
        upright_mse: uprightError, steer_mse: steeringError, resteer_mse: resteeringError,
        turned_mse: turnedError, angle_mean_degrees: angleErrors.mean.degrees,
        angle_median_degrees: angleErrors.median.degrees, angle_within_15: angleErrors.shareWithin15,
        images: imageCount, interpolation: interpolation.rawValue)
      return String(decoding: try encoder.encode(figures), as: UTF8.self)
    }
  }

  /// All figures for people.
  fileprivate var table: String {
    func error(_ name: String, _ value: Double) -> String {
      name.padding(toLength: 46, withPad: " ", startingAt: 0) + String(format: "%.4f", value)
    }
    return """
      \(imageCount) images, 24 angles, \(interpolation.rawValue); mean squared error per pixel
      \(error("upright, reconstructed", uprightError))
      \(error("steered: upright latents at every angle", steeringError))
      \(error("re-steered: latents of a turned image", resteeringError))
      \(error("turned, reconstructed at the angle read", turnedError))
      angle read: \(String(
        format: "mean error %.1f°, median %.1f°, within 15° %.1f %%", angleErrors.mean.degrees,
        angleErrors.median.degrees, 100 * angleErrors.shareWithin15))
      """
  }
}
