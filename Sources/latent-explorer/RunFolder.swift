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

  /// Makes the folder where it is missing.
  func prepare() throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure("\(path.printable): the folder cannot be made: \(error.localizedDescription.printable)")
    }
  }

  /// Removes the weights of phases that an earlier run left and this one did not train.
  func removePhases(except trained: Set<Int>) throws {
    for phase in 1...3 where !trained.contains(phase) {
      let path = modelPath(phase: phase)
      guard FileManager.default.fileExists(atPath: path) else { continue }
      try FileManager.default.removeItem(atPath: path)
    }
  }

  /// Whether the file at `path` lies in this folder.
  func contains(_ file: String) -> Bool {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().resolvingSymlinksInPath()
    return folder == URL(fileURLWithPath: path).resolvingSymlinksInPath()
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
