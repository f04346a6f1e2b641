import Networks
import Primitives
import Training

/// The contents of a model file: the model, the checkpoint that it may be part of, and ignored metadata.
public struct ModelContents: Sendable {
  /// The model.
  public let model: TypedModel
  /// The checkpoint, where the file is one.
  public let checkpoint: Checkpoint?
  /// The keys of metadata that this program did not write, sorted; their values are ignored.
  public let ignoredKeys: [String]

  /// Reads the file at `path`, which may be a pipe.
  ///
  /// - Throws: `ModelFileError`, which names the file and what is wrong with it.
  public init(ofFile path: String) throws(ModelFileError) {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(path: path, from: .anyStream) } catch { throw .unreadable(error) }
    do { try self.init(file) } catch { throw .unusable(path: path, error) }
  }

  /// Reads a file's bytes; `name` stands for the path in errors.
  public init(bytes: [UInt8], name: String) throws(ModelFileError) {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(bytes: bytes) } catch { throw .unreadable(.invalid(path: name, error)) }
    do { try self.init(file) } catch { throw .unusable(path: name, error) }
  }

  private init(_ file: SafetensorsFile) throws(ModelFault) {
    if CheckpointFile.hasRecord(file) {
      let checkpoint = try CheckpointFile.checkpoint(of: file)
      (self.checkpoint, model, ignoredKeys) = (checkpoint, checkpoint.model, [])
    } else {
      let (model, ignoredKeys) = try Self.model(of: file)
      (checkpoint, self.model, self.ignoredKeys) = (nil, model, ignoredKeys)
    }
  }

  /// A sentence for people about ignored metadata of the file called `name`; nil where there are none.
  public func warning(name: String) -> String? {
    guard !ignoredKeys.isEmpty else { return nil }
    let keys = ignoredKeys.map { "'\($0)'" }.joined(separator: ", ")
    return "warning: \(name.printable): metadata of another program are ignored: \(keys)"
  }

  private static func model(of file: SafetensorsFile) throws(ModelFault) -> (TypedModel, [String]) {
    var metadata = ModelMetadata(file.metadata)
    // It is a checkpoint's, with a record that is none.
    _ = metadata.value(CheckpointFile.recordKey) { _ in nil as String? }
    let (architecture, weights) = try network(of: file.tensors, &metadata)
    var details = ModelDetails()
    details.recipe = metadata.recipe()
    details.seed = metadata.value("seed") { UInt64($0) }
    details.data = metadata.value("data") { $0.printable }
    details.statistics = try metadata.list(
      "statistics", fields: ["mean", "deviation", "percentiles"], isSound: \.isPossible)
    details.encoderOutputs = try metadata.list(
      "readings", fields: ["index", "label", "values", "latents"], isSound: \.isPossible)
    let schema = architecture.schema
    guard [0, schema.freeCount].contains(details.statistics.count) else {
      throw .contradiction(key: "statistics")
    }
    guard
      details.encoderOutputs.allSatisfy({
        $0.values.count == schema.typed.count && $0.latents.count == schema.freeCount
      })
    else { throw .contradiction(key: "readings") }
    let model = TypedModel(architecture: architecture, weights: weights, details: details)
    return (model, metadata.ignoredKeys.sorted())
  }

  /// The network that tensors are, all of which must be its weights, and the weights under its names.
  ///
  /// Values of `metadata` that are not this program's are added to its ignored keys.
  static func network(
    of tensors: [NamedTensor], _ metadata: inout ModelMetadata
  ) throws(ModelFault) -> (NetworkArchitecture, [NamedTensor]) {
    var weights = tensors
    for (index, name) in WrappedNames.unwrapped(tensors.map(\.name)).enumerated() {
      weights[index].name = name
    }
    let shapes = Dictionary(weights.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    let architecture: NetworkArchitecture
    do {
      architecture = try ArchitectureReader.architecture(&metadata, shapes: shapes)
    } catch .mismatch(let mismatch) where metadata.ignoredKeys.contains(CheckpointFile.recordKey) {
      throw .undecided(key: CheckpointFile.recordKey, mismatch)
    }
    try checkFinite(weights)
    return (architecture, weights)
  }

  /// Checks that all values of `tensors` are finite.
  static func checkFinite(_ tensors: [NamedTensor]) throws(ModelFault) {
    let damaged = tensors.filter { !$0.values.allSatisfy(\.isFinite) }
    guard damaged.isEmpty else {
      throw .notFinite(
        damaged.map { tensor in
          NotFiniteTensor(
            name: tensor.name, count: tensor.values.count { !$0.isFinite }, of: tensor.values.count)
        })
    }
  }
}

/// A tensor with values that are NaN or infinite.
public struct NotFiniteTensor: Sendable, Hashable {
  /// The tensor's name.
  public let name: String
  /// The number of those values.
  public let count: Int
  /// The number of all its values.
  public let valueCount: Int

  init(name: String, count: Int, of valueCount: Int) {
    (self.name, self.count, self.valueCount) = (name, count, valueCount)
  }
}
