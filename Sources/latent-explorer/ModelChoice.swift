import ArgumentParser
import Assets
import Checkpoints
import Datasets
import Foundation
import Networks
import Primitives
import Training

/// What `--model` names: a bundled model or a safetensors file.
enum ModelChoice {
  static let help =
    "The model: a safetensors file, '-' for standard input, or the name of a bundled one: "
    + BundledModel.all.map { "'\($0.name)'" }.joined(separator: ", ") + "."

  /// What a shell offers for it.
  static let completion = CompletionKind.custom { _, _, prefix in
    Completion.offers(
      names: BundledModel.all.map(\.name), files: .ending([".safetensors"]), for: prefix)
  }

  /// Whether `text` names a bundled model.
  static func isBundled(_ text: String) -> Bool { BundledModel.named(text) != nil }

  /// Reads what `text` names for a command: a warning goes to standard error, and for a file of PyTorch the
  /// failure says how to convert it.
  static func read(_ text: String) throws -> TypedModel { try readContents(text).model }

  /// Reads the whole of what `text` names, likewise.
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

  /// What errors call the model that `text` names.
  static func title(_ text: String) -> String { text == StandardInput.name ? StandardInput.title : text }

  /// The contents of what `text` names; a bundled model goes before a file of the same name.
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

  /// The bundled model that a data set is best looked at with.
  static func suitable(for data: DataChoice) -> String {
    switch data {
    case .digits: "digits"
    case .folder(let path):
      IDXDirectory.folderName(of: path).lowercased() == "fashion-mnist" ? "fashion-mnist" : "mnist"
    }
  }
}

/// Where people find models: in the binary, in the current folder, where the explorer writes its own, and beside
/// the one that they named.
enum ModelLibrary {
  /// The folder that the explorer writes models to; absent without a home folder.
  static var folder: String? {
    DataLocations.folder(ofSet: "models", environment: ProcessInfo.processInfo.environment)
  }

  /// Writes `model` under the first free name in that folder, unless a file there has it.
  static func write(_ model: TypedModel) throws -> NumberedFiles.Written {
    try NumberedFiles.write(try ModelFile.file(of: model).encoded(), in: folder, "model-", ".safetensors")
  }

  /// Bundled models first, then files by name; each once.
  ///
  /// - Parameter opened: what `--model` names: if that is a file, it and those beside it come last.
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
      // As it was named, so that it is known again.
      return place == inUse ? opened : path
    }
    return bundled + once.map { (title: $0.printable, reference: $0) }
  }

  private static func absolute(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// A file, whatever it is called, and the models in its folder.
  private static func files(around path: String) -> [String] {
    guard !ModelChoice.isBundled(path), path != StandardInput.name else { return [] }
    let folder = NSString(string: path).deletingLastPathComponent
    return [path].filter(isUnlessPipe) + files(in: folder.isEmpty ? "." : folder)
  }

  /// The model with the other kind of decoder that is most like `model`: one that learnt from the same data
  /// and has the same coordinates comes first; of those, the first in the list. Of files no more than the header
  /// is read, but for the one that is chosen.
  ///
  /// - Parameter opened: what `--model` names.
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
        // What looks like a model may be damaged.
        if let found = try? ModelChoice.contents(candidate.reference) {
          return (candidate.reference, found.model)
        }
      }
    }
    return nil
  }

  /// What is known without a file's tensors; absent for what is no model.
  private static func outline(_ reference: String) -> (NetworkArchitecture, data: String?)? {
    if ModelChoice.isBundled(reference) {
      return (try? ModelChoice.contents(reference)).map { ($0.model.architecture, $0.model.details.data) }
    }
    return (try? ModelOutline(ofFile: reference)).map { ($0.architecture, $0.data) }
  }

  /// Whether a path names what can be read as often as need be; a file that is not there is listed all the same.
  private static func isUnlessPipe(_ path: String) -> Bool {
    access(path, F_OK) != 0 || FileBytes.isRegular(path)
  }

  private static func files(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // A pipe that nobody asked for would be waited for.
    return names.filter { $0.hasSuffix(".safetensors") }.sorted()
      .map { folder == "/" ? "/\($0)" : "\(folder)/\($0)" }.filter(isUnlessPipe)
  }
}
