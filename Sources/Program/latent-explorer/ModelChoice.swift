import ArgumentParser
import BundledModels
import Checkpoints
import Datasets
import Foundation
import Networks
import Primitives
import Training

/// A model for `--model`: a bundled model or a safetensors file.
enum ModelChoice {
  static let help =
    "The model: a safetensors file, '-' for standard input, or the name of a bundled one: "
    + BundledModel.all.map { "'\($0.name)'" }.joined(separator: ", ") + "."

  /// Shell completions: bundled models and safetensors files.
  static let completion = CompletionKind.custom { _, _, prefix in
    Completion.offers(
      names: BundledModel.all.map(\.name), files: .ending([".safetensors"]), for: prefix)
  }

  /// Returns true for a bundled model's name.
  static func isBundled(_ text: String) -> Bool { BundledModel.named(text) != nil }

  /// Reads a model for a command. A warning is printed on standard error; for a PyTorch file, the failure
  /// explains how to convert it.
  static func read(_ text: String) throws -> TypedModel { try readContents(text).model }

  /// Reads a model file with its checkpoint, likewise.
  static func readContents(_ text: String) throws -> ModelContents {
    do {
      let contents = try contents(text)
      if let warning = contents.warning(name: title(text)) { writeToStandardError("\(warning)\n") }
      return contents
    } catch let error as ModelFileError {
      guard let lines = PyTorchConversion(error)?.lines else { throw error }
      throw Failure("\(error)\nTwo lines of Python convert a state dictionary:\n\(lines)")
    }
  }

  /// The model's name in errors.
  static func title(_ text: String) -> String { text == StandardInput.name ? StandardInput.title : text }

  /// The contents of a model; a bundled model precedes a file of the same name.
  static func contents(_ text: String) throws -> ModelContents {
    if let bundled = BundledModel.named(text) {
      return try ModelContents(bytes: bundled.bytes, name: text)
    }
    if text == StandardInput.name {
      return try ModelContents(bytes: try StandardInput.read(), name: StandardInput.title)
    }
    let inside = RunFolder(text).modelPath
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
  static func suitable(for data: DataChoice) -> String {
    switch data {
    case .digits: "digits"
    case .folder(let path):
      IDXDirectory.folderName(of: path).lowercased() == "fashion-mnist" ? "fashion-mnist" : "mnist"
    }
  }
}

/// The models that the explorer lists: those in the binary, the current folder, the explorer's own folder,
/// and the folder of the opened model.
enum ModelLibrary {
  /// The folder that the explorer writes models to; nil without a home folder.
  static var folder: String? {
    DataLocations.folder(ofSet: "models", environment: ProcessInfo.processInfo.environment)
  }

  /// Writes `model` under the first free name in that folder, unless a file there contains it already.
  static func write(_ model: TypedModel) throws -> NumberedFiles.Written {
    try NumberedFiles.write(try ModelFile.file(of: model).encoded(), in: folder, "model-", ".safetensors")
  }

  /// All models once: bundled models first, then files by name.
  ///
  /// - Parameter opened: The value of `--model`; a file and its neighbours come last.
  static func references(besides opened: String? = nil) -> [(title: String, reference: String)] {
    let bundled = BundledModel.all.map { (title: "\($0.name) (bundled)", reference: $0.name) }
    let paths =
      ([".", "run"] + (folder.map { [$0] } ?? [])).flatMap { files(in: $0) }
      + (opened.map { files(around: $0) } ?? [])
    let inUse = opened.map(absolute)
    var found = Set<String>()
    let once = paths.compactMap { path -> String? in
      let place = absolute(path)
      guard found.insert(place).inserted else { return nil }
      // In the given form, so that it is recognised.
      return place == inUse ? opened : path
    }
    return bundled + once.map { (title: $0.printable, reference: $0) }
  }

  private static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// The file itself and the models in its folder.
  private static func files(around path: String) -> [String] {
    guard !ModelChoice.isBundled(path), path != StandardInput.name else { return [] }
    let folder = NSString(string: path).deletingLastPathComponent
    return [path].filter(isFileOrMissing) + files(in: folder.isEmpty ? "." : folder)
  }

  /// The most similar model with the other kind of decoder. Models trained on the same data come first, then
  /// those with the same coordinates, then in the order of the list. Only headers are read, except for the
  /// chosen file.
  ///
  /// - Parameter opened: The value of `--model`.
  static func otherModel(
    of model: TypedModel, besides opened: String
  ) -> (reference: String, model: TypedModel)? {
    var candidates: [(rank: Int, reference: String)] = []
    for (_, reference) in references(besides: opened) {
      guard let (architecture, data) = outline(reference),
        architecture.decoderKind != model.architecture.decoderKind
      else { continue }
      let rank =
        (data == model.details.data ? 2 : 0)
        + (architecture.schema.typed == model.architecture.schema.typed ? 1 : 0)
      candidates.append((rank, reference))
    }
    for rank in stride(from: 3, through: 0, by: -1) {
      for candidate in candidates where candidate.rank == rank {
        // The header may be valid and the rest damaged.
        if let found = try? ModelChoice.contents(candidate.reference) {
          return (candidate.reference, found.model)
        }
      }
    }
    return nil
  }

  /// The architecture and the data from a file's header; nil if it is not a model.
  private static func outline(_ reference: String) -> (NetworkArchitecture, data: String?)? {
    if ModelChoice.isBundled(reference) {
      return (try? ModelChoice.contents(reference)).map { ($0.model.architecture, $0.model.details.data) }
    }
    return (try? ModelOutline(ofFile: reference)).map { ($0.architecture, $0.data) }
  }

  /// Returns true unless the path names a pipe or a device; missing files are listed, too.
  private static func isFileOrMissing(_ path: String) -> Bool {
    access(path, F_OK) != 0 || FileBytes.isRegular(path)
  }

  private static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // Reading a pipe would block.
    return names.filter { $0.hasSuffix(".safetensors") }.sorted()
      .map { folder == "/" ? "/\($0)" : "\(folder)/\($0)" }.filter(isFileOrMissing)
  }
}
