import Checkpoints
import Training

/// What `--model` names: a model file.
enum ModelChoice {
  static let help = "The model: a safetensors file."

  static func read(_ text: String) throws -> TypedModel {
    try ModelFile.read(text)
  }
}
