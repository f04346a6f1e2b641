import BundledModels
import Checkpoints
import Datasets
import Essentials
import Networks
import Primitives
import Training

/// A model for `--model`: a bundled model or a safetensors file.
package enum ModelChoice {
  /// The name of the final weights in the folder of a training run.
  package static let nameInRun = "model.safetensors"

  /// Returns true for a bundled model's name.
  package static func isBundled(_ text: String) -> Bool { BundledModel.named(text) != nil }

  /// Reads a model file with its checkpoint.
  ///
  /// - Parameter warn: Called with a sentence about ignored parts of the file.
  /// - Throws: For a PyTorch file, a failure that explains how to convert it.
  package static func read(_ text: String, warn: (String) -> Void) throws -> ModelContents {
    do {
      let contents = try contents(text)
      if let warning = contents.warning(name: title(text)) { warn(warning) }
      return contents
    } catch let error as ModelFileError {
      guard let lines = PyTorchConversion(error)?.lines else { throw error }
      throw Failure("\(error)\nTwo lines of Python convert a state dictionary:\n\(lines)")
    }
  }

  /// The model's name in errors.
  package static func title(_ text: String) -> String {
    text == StandardInput.name ? StandardInput.title : text
  }

  /// The contents of a model; a bundled model precedes a file of the same name.
  package static func contents(_ text: String) throws -> ModelContents {
    if let bundled = BundledModel.named(text) {
      return try ModelContents(bytes: bundled.bytes, name: text)
    }
    if text == StandardInput.name {
      return try ModelContents(bytes: try StandardInput.read(), name: StandardInput.title)
    }
    let inside = "\(text)/\(nameInRun)"
    if FileManager.default.fileExists(atPath: inside) {
      throw Failure("\(text.printable): this is a folder; the model in it is \(inside.printable)")
    }
    if !text.contains("/"), !FileManager.default.fileExists(atPath: text) {
      let names = BundledModel.all.map(\.name).joined(separator: ", ")
      throw Failure("\(text.printable): no such file; the bundled models are \(names)")
    }
    return try ModelContents(ofFile: text)
  }

  /// The bundled model that suits a data set.
  package static func suitable(for data: DataChoice) -> String {
    switch data.place {
    case .builtIn(let set): isBundled(set.name) ? set.name : BuiltInSet.digits.name
    case .folder(let path), .files(let path):
      IDXDirectory.folderName(of: path).lowercased() == "fashion-mnist" ? "fashion-mnist" : "mnist"
    }
  }
}
