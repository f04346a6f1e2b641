import ArgumentParser
import BundledModels
import Checkpoints
import Datasets
import Libraries
import Training

extension ModelChoice {
  static let help =
    "The model: a safetensors file, '-' for standard input, or the name of a bundled one: "
    + BundledModel.all.map { "'\($0.name)'" }.joined(separator: ", ") + "."

  /// Shell completions: bundled models and safetensors files.
  static let completion = CompletionKind.custom { _, _, prefix in
    Completion.offers(
      names: BundledModel.all.map(\.name), files: .ending([".safetensors"]), for: prefix)
  }

  /// Reads a model; a warning is printed on standard error.
  static func read(_ text: String) throws -> TypedModel { try readContents(text).model }

  /// Reads a model file with its checkpoint, likewise.
  static func readContents(_ text: String) throws -> ModelContents {
    try read(text, warn: printWarning)
  }
}

extension DataChoice {
  static let help =
    "The data set: \(BuiltInSet.names) (built in), the name of a fetched one, or a file or folder of images."

  /// Shell completions: downloaded sets and folders.
  static let completion = CompletionKind.custom { _, _, prefix in
    let fetched = DataLocations.publicSets.filter { (try? DataChoice(fetched: $0)) != nil }
    return Completion.offers(names: BuiltInSet.all.map(\.name) + fetched, files: .folders, for: prefix)
  }
}

/// Prints a sentence on standard error.
@Sendable func printWarning(_ sentence: String) { writeToStandardError("\(sentence)\n") }
