import Coordinates
import Networks
import TestSupport
import Testing
import Training

@testable import Checkpoints

/// Weights that are no numbers: the reader of safetensors accepts them, a model does not.
@Suite struct NotFiniteWeightsTests {
  private static let architecture = NetworkArchitecture(schema: .article, hidden: [6, 4])

  private static func tensors(_ changes: [String: (place: Int, value: Float)]) -> [NamedTensor] {
    TypedAutoencoder(architecture, seed: 1).tensors.map { tensor in
      var tensor = tensor
      if let (place, value) = changes[tensor.name] { tensor.values[place] = value }
      return tensor
    }
  }

  private static func error(_ tensors: [NamedTensor]) throws -> ModelFileError? {
    let bytes = try SafetensorsFile(tensors: tensors).encoded()
    _ = try SafetensorsFile(bytes: bytes)
    return #expect(throws: ModelFileError.self) { try ModelFile.read(bytes: bytes, name: "a\nb") }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, .signalingNaN])
  func tensorAndCountAreNamed(value: Float) throws {
    let last = 784 * 6 - 1
    let error = try Self.error(
      Self.tensors(["decoder.2.bias": (0, value), "encoder_backbone.0.weight": (last, value)]))
    let sentence = try #require(error?.description)
    #expect(sentence.hasPrefix("a\u{FFFD}b: values that are not finite in "))
    #expect(sentence.contains("decoder.2.bias (1 of 6)"))
    #expect(sentence.contains("encoder_backbone.0.weight (1 of 4704)"))
    #expect(!sentence.contains("not a typed autoencoder"))
  }

  @Test func theLargestFiniteWeightsAreSound() throws {
    let tensors = Self.tensors(["decoder.0.bias": (1, .greatestFiniteMagnitude), "decoder.2.bias": (0, -0.0)])
    let bytes = try SafetensorsFile(tensors: tensors).encoded()
    #expect(Set(try ModelFile.read(bytes: bytes, name: "file").weights) == Set(tensors))
  }

  @Test func manyTensorsGiveAShortSentence() throws {
    let tensors = TypedAutoencoder(Self.architecture, seed: 1).tensors.map { tensor in
      NamedTensor(
        name: "module." + tensor.name, shape: tensor.shape, values: tensor.values.map { _ in .nan })
    }
    let sentence = try #require(try Self.error(tensors)?.description)
    #expect(sentence.contains("and \(tensors.count - 4) more tensors"))
    #expect(sentence.utf8.count < 300 && sentence.contains("(784 of 784)") == false)
  }

  @Test func numbersOf16BitsAndOf64AreCheckedToo() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/half"
    let tensors = Self.tensors(["head_latent.bias": (2, .infinity)])
    try SafetensorsFile(tensors: tensors).write(to: path, storage: .float16)
    let error = #expect(throws: ModelFileError.self) { try ModelFile.read(path) }
    #expect(error?.description == "\(path): values that are not finite in head_latent.bias (1 of 5)")
  }

  @Test(arguments: ["decoder.0.bias", "decoder.0.bias.exp_avg", "encoder_backbone.0.weight.exp_avg_sq"])
  func aCheckpointIsCheckedWithItsMoments(name: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/step.safetensors"
    var checkpoint = TinyCheckpoint.checkpoint()
    func damage(_ tensors: inout [NamedTensor]) {
      for index in tensors.indices where tensors[index].name == name { tensors[index].values[0] = .nan }
    }
    damage(&checkpoint.state.weights)
    damage(&checkpoint.state.moments)
    try CheckpointFile.write(checkpoint, to: path)
    for attempt in [{ _ = try CheckpointFile.read(path) }, { _ = try ModelFile.read(path) }] {
      let error = #expect(throws: ModelFileError.self) { try attempt() }
      #expect(error?.description.contains("\(name) (1 of ") == true)
    }
  }
}
