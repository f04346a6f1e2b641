import Essentials
import Networks
import Primitives
import Training

/// Reads and writes checkpoints as safetensors files, an extension of model files.
///
/// They add the optimizer's moments, under the weights' names with PyTorch's suffixes `.exp_avg` and
/// `.exp_avg_sq`, and the metadata `training` (JSON), with the position and all counters, and `checksum`, a
/// fingerprint of all other metadata and of the tensors. Equal checkpoints give equal bytes.
public enum CheckpointFile {
  /// The metadata key that distinguishes a checkpoint from a model.
  static let recordKey = "training"
  static let checksumKey = "checksum"
  private static let momentSuffixes = [".exp_avg", ".exp_avg_sq"]

  /// The JSON value of `recordKey`.
  private struct Record: Codable {
    var position: TrainingPosition
    var optimizerSteps: Int
    var heldOutCount: Int?
    /// True, or nil where the last images of every set are held out, as in files that were written before.
    var ordersHeldOut: Bool?
    var run: RunFacts
    var progress: RunProgress
  }

  /// Reads the checkpoint at `path`.
  ///
  /// - Throws: `ModelFileError`, which names the file, also for damaged contents.
  public static func read(_ path: String) throws(ModelFileError) -> Checkpoint {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(path: path) } catch { throw .unreadable(error) }
    do {
      return try checkpoint(of: file)
    } catch {
      throw .unusable(path: path, error)
    }
  }

  /// Writes `checkpoint` to `path` atomically.
  ///
  /// - Throws: `ModelFileError`, which names the file.
  public static func write(
    _ checkpoint: Checkpoint, to path: String, calls: SystemCalls = .system
  ) throws(ModelFileError) {
    do {
      try file(of: checkpoint).write(to: path, calls: calls)
    } catch {
      throw .unwritable(error)
    }
  }

  /// The file's contents for `checkpoint`.
  static func file(of checkpoint: Checkpoint) -> SafetensorsFile {
    let state = checkpoint.state
    let record = Record(
      position: state.position, optimizerSteps: state.optimizerSteps,
      heldOutCount: state.configuration.heldOutCount,
      ordersHeldOut: state.configuration.ordersHeldOut ? true : nil,
      run: checkpoint.run, progress: checkpoint.progress)
    var model = checkpoint.model
    // The model has the completed epochs; resuming needs the planned ones.
    model.details.recipe = state.configuration.recipe
    var file = ModelFile.file(of: model)
    file.tensors += state.moments
    file.metadata[recordKey] = ModelFile.json(record)
    file.metadata[checksumKey] = checksum(of: file)
    return file
  }

  /// The checkpoint in a file's contents.
  static func checkpoint(of file: SafetensorsFile) throws(ModelFault) -> Checkpoint {
    guard let record: Record = try value(of: recordKey, in: file) else { throw .noCheckpoint }
    guard file.metadata[checksumKey] == checksum(of: file) else { throw .checksumDiffers }
    guard let recipe: Recipe = try value(of: "recipe", in: file) else { throw .metadata(key: "recipe") }
    guard let seed = file.metadata["seed"].flatMap({ UInt64($0) }) else { throw .metadata(key: "seed") }
    guard record.heldOutCount ?? 0 >= 0, record.optimizerSteps >= 0, record.progress.metricsLines >= 0 else {
      throw .metadata(key: recordKey)
    }
    var metadata = ModelMetadata(file.metadata)
    let (architecture, weights) = try ModelContents.network(
      of: file.tensors.filter { !isMoment($0) }, &metadata)
    if let key = metadata.ignoredKeys.min() { throw .metadata(key: key) }
    var configuration = TrainingConfiguration(
      architecture: architecture, recipe: recipe, seed: seed, heldOutCount: record.heldOutCount)
    configuration.ordersHeldOut = record.ordersHeldOut ?? false
    var state = TrainingState(configuration, weights: weights)
    state.position = record.position
    state.moments = file.tensors.filter(isMoment)
    try ModelContents.checkFinite(state.moments)
    state.optimizerSteps = record.optimizerSteps
    return Checkpoint(state: state, run: record.run, progress: record.progress)
  }

  /// Tells whether the file says where a run is, which makes it a checkpoint.
  static func hasRecord(_ file: SafetensorsFile) -> Bool {
    (try? value(of: recordKey, in: file) as Record?) != nil
  }

  private static func value<Value: Decodable>(
    of key: String, in file: SafetensorsFile
  ) throws(ModelFault) -> Value? {
    guard let text = file.metadata[key] else { return nil }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw .metadata(key: key)
    }
  }

  private static func isMoment(_ tensor: NamedTensor) -> Bool {
    momentSuffixes.contains { tensor.name.hasSuffix($0) }
  }

  static func checksum(of file: SafetensorsFile) -> String {
    var fingerprint = Fingerprint()
    for (key, text) in file.metadata.sorted(by: { $0.key < $1.key }) where key != checksumKey {
      fingerprint.add(key)
      fingerprint.add(text)
    }
    for tensor in file.tensors.sorted(by: { $0.name < $1.name }) {
      fingerprint.add(tensor.name)
      for extent in tensor.shape { fingerprint.add(UInt64(extent)) }
      fingerprint.add(tensor.values)
    }
    return fingerprint.text
  }
}

extension Checkpoint {
  /// The model at this step.
  public var model: TypedModel {
    TypedModel(state.configuration, weights: state.weights, at: state.position, data: run.dataName)
  }
}
