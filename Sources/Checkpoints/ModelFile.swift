import Coordinates
import Foundation
import Networks
import Primitives
import Training

/// Reads and writes typed autoencoders as safetensors files, with PyTorch's names and shapes.
///
/// The metadata hold, as text, the architecture (`coordinates`, `hidden`, and `encoder` and `decoder` where
/// they differ from the article's), the training (`recipe` as JSON, `seed`, `data`) and properties of the
/// latents (`statistics` and `readings` as JSON). All are optional: without them, the architecture follows
/// from the tensors' names and shapes. Equal models give equal bytes. A checkpoint is read as the model in
/// it.
public enum ModelFile {
  /// Reads the model at `path`.
  ///
  /// - Throws: `ModelFileError`, which names the file and the fault.
  public static func read(_ path: String) throws(ModelFileError) -> TypedModel {
    do {
      return try model(of: SafetensorsFile(path: path))
    } catch let error as SafetensorsError {
      throw .unreadable(error)
    } catch let fault as ModelFault {
      throw .unusable(path: path, fault)
    } catch {
      preconditionFailure("readers throw no other error than those above: \(error)")
    }
  }

  /// Reads a model from a file's bytes; errors show `name` as the path.
  public static func read(bytes: [UInt8], name: String) throws(ModelFileError) -> TypedModel {
    do {
      return try model(of: SafetensorsFile(bytes: bytes))
    } catch let fault as SafetensorsFault {
      throw .unreadable(.invalid(path: name, fault))
    } catch let fault as ModelFault {
      throw .unusable(path: name, fault)
    } catch {
      preconditionFailure("readers throw no other error than those above: \(error)")
    }
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
    metadata["recipe"] = details.recipe.flatMap(json)
    metadata["seed"] = details.seed.map(String.init)
    metadata["data"] = details.data
    metadata["statistics"] = details.statistics.isEmpty ? nil : json(details.statistics)
    metadata["readings"] = details.encoderOutputs.isEmpty ? nil : json(details.encoderOutputs)
    return SafetensorsFile(tensors: model.weights, metadata: metadata)
  }

  private static func model(of file: SafetensorsFile) throws -> TypedModel {
    if file.metadata[CheckpointFile.recordKey] != nil { return try CheckpointFile.checkpoint(of: file).model }
    let architecture = try architecture(of: file)
    var details = ModelDetails()
    details.recipe = try value(of: "recipe", in: file)
    details.seed = file.metadata["seed"].flatMap { UInt64($0) }
    details.data = file.metadata["data"]?.printable
    details.statistics = try value(of: "statistics", in: file) ?? []
    details.encoderOutputs = try value(of: "readings", in: file) ?? []
    let schema = architecture.schema
    guard details.statistics.isEmpty || details.statistics.count == schema.freeCount,
      details.statistics.allSatisfy({ $0.percentiles.count == LatentStatistics.percents.count })
    else { throw ModelFault.metadata(key: "statistics") }
    guard
      details.encoderOutputs.allSatisfy({
        $0.values.count == schema.typed.count && $0.latents.count == schema.freeCount && $0.index >= 0
          && Self.labels.contains($0.label)
      })
    else { throw ModelFault.metadata(key: "readings") }
    return TypedModel(architecture: architecture, weights: file.tensors, details: details)
  }

  /// The range of labels: IDX files store one byte.
  private static let labels = 0...255

  /// The architecture of a file's tensors, all of which must be its weights.
  static func architecture(of file: SafetensorsFile) throws(ModelFault) -> NetworkArchitecture {
    let shapes = Dictionary(file.tensors.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    let architecture = try ArchitectureReader(metadata: file.metadata, shapes: shapes).architecture()
    do {
      try architecture.check(shapes: shapes)
    } catch {
      throw .mismatch(error)
    }
    return architecture
  }

  static func value<Value: Decodable>(
    of key: String, in file: SafetensorsFile
  ) throws(ModelFault) -> Value? {
    guard let text = file.metadata[key] else { return nil }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw .metadata(key: key)
    }
  }

  static func json(_ value: some Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Determines an architecture from a file's metadata, or from names and shapes of its tensors.
struct ArchitectureReader {
  let metadata: [String: String]
  let shapes: [String: [Int]]

  func architecture() throws(ModelFault) -> NetworkArchitecture {
    let widths = try hiddenWidths()
    let pixels = try shape(of: "encoder_backbone.0.weight")[1]
    guard pixels == NetworkArchitecture.article.pixelCount else { throw .wrongImageSize(pixels: pixels) }
    return NetworkArchitecture(
      schema: try schema(), hidden: widths, encoder: try kind("encoder") ?? .direct,
      decoder: try kind("decoder") ?? .learned, pixelCount: pixels)
  }

  /// The kind of encoder or decoder in the metadata.
  private func kind<Kind: RawRepresentable<String>>(_ key: String) throws(ModelFault) -> Kind? {
    guard let text = metadata[key] else { return nil }
    guard let kind = Kind(rawValue: text) else { throw .metadata(key: key) }
    return kind
  }

  /// The output widths of the encoder's hidden layers.
  private func hiddenWidths() throws(ModelFault) -> [Int] {
    var widths = [try shape(of: "encoder_backbone.0.weight")[0]]
    while let next = shapes["encoder_backbone.\(2 * widths.count).weight"], next.count == 2 {
      widths.append(next[0])
    }
    guard widths.allSatisfy({ (1...NetworkArchitecture.maximumWidth).contains($0) }) else {
      throw .invalidWidths(widths)
    }
    return widths
  }

  /// The schema in the metadata; without it, a rotation if there is a head for one.
  private func schema() throws(ModelFault) -> CoordinateSchema {
    if let text = metadata["coordinates"] {
      do {
        return try CoordinateSchema(parsing: text)
      } catch {
        throw .metadata(key: "coordinates")
      }
    }
    let freeCount = try shape(of: "head_latent.weight")[0]
    guard (1...CoordinateSchema.maximumFreeCount).contains(freeCount) else {
      throw .invalidWidths([freeCount])
    }
    return CoordinateSchema(
      typed: shapes["head_rot.fc.weight"] == nil ? [] : [.rotation], freeCount: freeCount)
  }

  /// The shape of a weight, which must have two extents.
  private func shape(of name: String) throws(ModelFault) -> [Int] {
    guard let shape = shapes[name] else { throw .mismatch(.missing(name)) }
    guard shape.count == 2 else { throw .notAMatrix(name, shape: shape) }
    return shape
  }
}

/// The reason for which a valid safetensors file is not a model of this program.
public enum ModelFault: Error, Hashable {
  /// A tensor is missing, unknown or of the wrong shape.
  case mismatch(TensorMismatch)
  /// A dense layer's weight does not have two extents.
  case notAMatrix(String, shape: [Int])
  /// The widths are not those of a network.
  case invalidWidths([Int])
  /// The encoder's images do not have 28 × 28 pixels.
  case wrongImageSize(pixels: Int)
  /// The metadata value of this key is invalid.
  case metadata(key: String)
  /// The checksum of a checkpoint is wrong.
  case checksumDiffers
  /// The file is not a checkpoint.
  case noCheckpoint
}

/// A failure to read or write a model file; every case names the file.
public enum ModelFileError: Error, Equatable {
  /// It is not a valid safetensors file, or cannot be read.
  case unreadable(SafetensorsError)
  /// It does not contain a typed autoencoder.
  case unusable(path: String, ModelFault)
  /// It could not be written.
  case unwritable(SafetensorsError)
}

extension ModelFileError: CustomStringConvertible {
  /// The error message.
  public var description: String {
    switch self {
    case .unreadable(let error), .unwritable(let error): error.description
    case .unusable(let path, let fault):
      "\(path.printable): not a typed autoencoder: \(fault.description.printable)"
    }
  }
}

extension ModelFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .mismatch(let mismatch): mismatch.description
    case .notAMatrix(let name, let shape): "the tensor \(name) has the shape \(shape), not two extents"
    case .invalidWidths(let widths): "no network has layers of the widths \(widths)"
    case .wrongImageSize(let pixels): "its images have \(pixels) pixels instead of 784"
    case .metadata(let key): "the metadata under '\(key)' cannot be read"
    case .checksumDiffers: "its contents have changed since it was written"
    case .noCheckpoint: "it is not the checkpoint of a run"
    }
  }
}
