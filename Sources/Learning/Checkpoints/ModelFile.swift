import Coordinates
import Essentials
import Networks
import Primitives
import Training

/// Reads and writes typed autoencoders as safetensors files, with PyTorch's names and shapes.
///
/// The metadata hold, as text, the architecture (`coordinates`, `hidden`, and `encoder`, `decoder` and
/// `image_shape` where they differ from the article's), the training (`recipe` as JSON, `seed`, `data`) and properties of the
/// latents (`statistics` and `readings` as JSON). All are optional: without them, the architecture follows
/// from the tensors' names and shapes. Equal models give equal bytes. A checkpoint is read as the model in
/// it.
public enum ModelFile {
  /// Reads the model at `path`, which may be a pipe.
  ///
  /// - Throws: `ModelFileError`, which names the file and the fault.
  public static func read(_ path: String) throws(ModelFileError) -> TypedModel {
    try ModelContents(ofFile: path).model
  }

  /// Reads a model from a file's bytes; errors show `name` as the path.
  public static func read(bytes: [UInt8], name: String) throws(ModelFileError) -> TypedModel {
    try ModelContents(bytes: bytes, name: name).model
  }

  /// Writes `model` to `path` atomically.
  ///
  /// - Throws: `ModelFileError`, which names the file.
  public static func write(
    _ model: TypedModel, to path: String, storage: SafetensorsFile.Storage = .float32
  ) throws(ModelFileError) {
    do {
      try file(of: model).write(to: path, storage: storage)
    } catch {
      throw .unwritable(error)
    }
  }

  /// The file's contents for `model`.
  package static func file(of model: TypedModel) -> SafetensorsFile {
    let details = model.details
    var metadata = [
      "coordinates": model.architecture.schema.description,
      "hidden": model.architecture.hidden.map(String.init).joined(separator: ","),
    ]
    let architecture = model.architecture
    if architecture.encoderKind != .direct { metadata["encoder"] = architecture.encoderKind.rawValue }
    if architecture.decoderKind != .learned { metadata["decoder"] = architecture.decoderKind.rawValue }
    if architecture.imageShape != .mnist { metadata["image_shape"] = architecture.imageShape.text }
    metadata["recipe"] = details.recipe.flatMap(json)
    metadata["seed"] = details.seed.map(String.init)
    metadata["data"] = details.data
    metadata["statistics"] = details.statistics.isEmpty ? nil : json(details.statistics)
    metadata["readings"] = details.encoderOutputs.isEmpty ? nil : json(details.encoderOutputs)
    return SafetensorsFile(tensors: model.weights, metadata: metadata)
  }

  static func json(_ value: some Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }
}
