import BundledModels
import Checkpoints
import Essentials
import Networks
import Primitives
import Training

/// The models that the explorer lists: those in the binary, the current folder, the explorer's own folder,
/// and the folder of the opened model.
package struct ModelLibrary: Sendable {
  private let folder: String?

  /// The models in a folder and elsewhere; nil without a home folder.
  package init(folder: String?) {
    self.folder = folder
  }

  /// Writes `model` under the first free name in that folder, unless a file there contains it already.
  package func write(_ model: TypedModel) throws -> NumberedFiles.Written {
    try NumberedFiles.write(try ModelFile.file(of: model).encoded(), in: folder, "model-", ".safetensors")
  }

  /// All models once: bundled models first, then files by name.
  ///
  /// - Parameter opened: The value of `--model`; a file and its neighbours come last.
  package func references(besides opened: String? = nil) -> [(title: String, reference: String)] {
    let bundled = BundledModel.all.map { (title: "\($0.name) (bundled)", reference: $0.name) }
    let paths =
      ([".", "run"] + (folder.map { [$0] } ?? [])).flatMap(Self.files(in:))
      + (opened.map(Self.files(around:)) ?? [])
    let inUse = opened.map(Self.absolute)
    var found = Set<String>()
    let once = paths.compactMap { path -> String? in
      let place = Self.absolute(path)
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
    let folder = PathText(path).folder
    return [path].filter(isFileOrMissing) + files(in: folder.isEmpty ? "." : folder)
  }

  /// The most similar model with the other kind of decoder. Models trained on the same data come first, then
  /// those with the same coordinates, then in the order of the list. Only headers are read, except for the
  /// chosen file.
  ///
  /// - Parameter opened: The value of `--model`.
  package func otherModel(
    of model: TypedModel, besides opened: String
  ) -> (reference: String, model: TypedModel)? {
    var candidates: [(rank: Int, reference: String)] = []
    for (_, reference) in references(besides: opened) {
      guard let (architecture, data) = Self.outline(reference),
        architecture.decoderKind != model.architecture.decoderKind,
        architecture.imageShape == model.architecture.imageShape
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
