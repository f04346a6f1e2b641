import Foundation
import Primitives

/// The folder that a training run writes to.
struct RunFolder {
  let path: String

  /// Names the folder at `path`, which holds no run, finished or not, unless that may be overwritten.
  init(_ path: String, overwrite: Bool) throws {
    self.path = path
    if !overwrite, files.contains(where: FileManager.default.fileExists) {
      throw Failure(
        "\(path.printable) holds a run already; choose another folder, or pass --overwrite")
    }
  }

  /// Makes the folder where it is missing, and removes what an earlier run left.
  func prepare() throws {
    let manager = FileManager.default
    do {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
      for file in files where manager.fileExists(atPath: file) { try manager.removeItem(atPath: file) }
    } catch {
      throw Failure("\(path.printable): the folder cannot be used: \(error.localizedDescription.printable)")
    }
  }

  /// Everything that a run writes.
  private var files: [String] { [modelPath, metricsPath] + (1...3).map(modelPath(phase:)) }

  /// The final weights.
  var modelPath: String { path + "/model.safetensors" }

  /// The weights after a phase, counted from 1.
  func modelPath(phase: Int) -> String { path + "/model-phase-\(phase).safetensors" }

  /// The losses over time.
  var metricsPath: String { path + "/metrics.jsonl" }
}
