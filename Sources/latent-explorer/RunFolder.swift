import Foundation
import Primitives

/// The folder that a training run writes to.
struct RunFolder {
  let path: String

  /// Makes the folder at `path`, or takes it where it holds no run or may be overwritten.
  init(_ path: String, overwrite: Bool) throws {
    self.path = path
    if !overwrite, FileManager.default.fileExists(atPath: modelPath) {
      throw Failure(
        "\(path.printable) holds a run already; choose another folder, or pass --overwrite")
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure("\(path.printable): the folder cannot be made: \(error.localizedDescription.printable)")
    }
  }

  /// The final weights.
  var modelPath: String { path + "/model.safetensors" }

  /// The weights after a phase, counted from 1.
  func modelPath(phase: Int) -> String { path + "/model-phase-\(phase).safetensors" }

  /// The losses over time.
  var metricsPath: String { path + "/metrics.jsonl" }
}
