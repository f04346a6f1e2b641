import Checkpoints
import Coordinates
import Explorer
import Networks
import Primitives
import Screen
import Training

/// Whatever a model's file says about the model, it is refused by a sentence, or written as it was read and
/// shown.
///
/// Each line of `bytes` is a key of the metadata, an equals sign and its text. The tensors are sound, and those
/// of the coordinates that the metadata name.
func fuzzModel(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let metadata = metadata(in: bytes)
  guard let tensors = tensors(for: metadata),
    let file = try? SafetensorsFile(tensors: tensors, metadata: metadata).encoded()
  else { return false }
  let model: TypedModel
  do {
    model = try ModelFile.read(bytes: file, name: "file")
  } catch {
    let sentence = error.description
    try promise(sentence == sentence.printable, "the refusal \(sentence.debugDescription) steers a terminal")
    return false
  }
  guard let written = try? ModelFile.file(of: model).encoded(),
    let again = try? ModelFile.read(bytes: written, name: "file")
  else { throw BrokenPromise("what was read cannot be written and read again") }
  try promise(again.details == model.details, "written and read again, the model is another")
  try show(model)
  return true
}

/// Opens the explorer on the model, shows its information, and moves its sliders.
private func show(_ model: TypedModel) throws(BrokenPromise) {
  guard let inUse = try? ModelInUse(name: "model", model: model) else {
    throw BrokenPromise("a model that was read cannot be used")
  }
  var explorer = ExplorerState(
    model: inUse, dataset: nil, size: Size(width: 80, height: 24), capabilities: .full)
  guard let keys else { throw BrokenPromise("the keys are not understood") }
  for key in keys {
    _ = explorer.update(.key(key))
    var canvas = Canvas(size: Size(width: 80, height: 24))
    explorer.draw(into: &canvas)
  }
}

private let keys = try? KeyScript.parse(
  "Right Down Right*2 H End Home r b d n v v F n M P Escape t Down Enter Escape Escape S Escape")

private func metadata(in bytes: [UInt8]) -> [String: String] {
  var metadata: [String: String] = [:]
  for line in bytes.split(separator: UInt8(ascii: "\n")) {
    let parts = line.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { continue }
    metadata[String(decoding: parts[0], as: UTF8.self)] = String(decoding: parts[1], as: UTF8.self)
  }
  return metadata
}

/// Weights of a small network; nil for one that would not be small.
private func tensors(for metadata: [String: String]) -> [NamedTensor]? {
  let schema = metadata["coordinates"].flatMap { try? CoordinateSchema(parsing: $0) } ?? .article
  guard schema.freeCount <= 8 else { return nil }
  let architecture = NetworkArchitecture(
    schema: schema, hidden: [2],
    encoder: metadata["encoder"].flatMap(EncoderKind.init) ?? .direct,
    decoder: metadata["decoder"].flatMap(DecoderKind.init) ?? .learned)
  return TypedAutoencoder(architecture, seed: 1).tensors
}
