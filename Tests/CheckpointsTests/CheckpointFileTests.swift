import Coordinates
import Networks
import Primitives
import TestSupport
import Testing
import Training

@testable import Checkpoints

@Suite struct CheckpointFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/step.safetensors" }

  init() throws { folder = try TemporaryFolder() }

  private static let recipes: [(NetworkArchitecture, Recipe)] = {
    let schema = CoordinateSchema(
      typed: [.limitedRotation(degrees: 33.3), .shiftX(pixels: 0.1), .scale(from: 0.7, to: 1.1)],
      freeCount: 3)
    let staged = NetworkArchitecture(schema: schema, hidden: [3, 2], encoder: .staged, decoder: .warp)
    let article = NetworkArchitecture(schema: .article, hidden: [2, 1])
    var odd = Recipe.article(epochs: [0, 7, 1], learnsBackbone: false, coordinateWeight: 0.1)
    odd.learningRate = 0.1 + 0.2
    odd.weightDecay = 1e-300
    odd.schedule = .oneCycle
    odd.interpolation = .nearest
    odd.jitter = Recipe.Jitter(fraction: 1 / 3, pixels: 0.7)
    return [(article, .article()), (article, odd), (staged, .joint(for: staged))]
  }()

  @Test(arguments: 0..<recipes.count)
  func checkpointsRoundTripBitForBit(number: Int) throws {
    let (architecture, recipe) = Self.recipes[number]
    let checkpoint = TinyCheckpoint.checkpoint(heldOut: 0.1, architecture: architecture, recipe: recipe)
    try CheckpointFile.write(checkpoint, to: path)
    let read = try CheckpointFile.read(path)
    #expect(read.run == checkpoint.run)
    #expect(read.progress == checkpoint.progress)
    #expect(read.state.configuration == checkpoint.state.configuration)
    #expect(read.state.position == checkpoint.state.position)
    #expect(read.state.optimizerSteps == checkpoint.state.optimizerSteps)
    func bits(_ tensors: [NamedTensor]) -> [String: [UInt32]] {
      Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.values.map(\.bitPattern)) })
    }
    #expect(bits(read.state.weights) == bits(checkpoint.state.weights))
    #expect(bits(read.state.moments) == bits(checkpoint.state.moments))
    // Whatever order tensors come in, the same checkpoint has the same bytes.
    let bytes = try FileBytes.read(path, limit: .max)
    try CheckpointFile.write(read, to: path)
    #expect(try FileBytes.read(path, limit: .max) == bytes)
  }

  /// Any byte that changes is found out, wherever it is.
  @Test func aDamagedFileIsRefused() throws {
    let bytes = try CheckpointFile.file(of: TinyCheckpoint.checkpoint()).encoded()
    var places = Array(stride(from: 0, to: bytes.count, by: 97))
    places += [bytes.count - 1, 8, 9, bytes.count / 2]
    for place in places {
      var damaged = bytes
      damaged[place] ^= 0x04
      try folder.write(damaged, to: "step.safetensors")
      #expect(throws: ModelFileError.self, "byte \(place)") { try CheckpointFile.read(path) }
    }
    for count in [0, 7, 8, 100, bytes.count - 1] {
      try folder.write(Array(bytes.prefix(count)), to: "step.safetensors")
      #expect(throws: ModelFileError.self, "\(count) bytes") { try CheckpointFile.read(path) }
    }
  }

  @Test func aCheckpointIsAModelToo() throws {
    let checkpoint = TinyCheckpoint.checkpoint()
    try CheckpointFile.write(checkpoint, to: path)
    let model = try ModelFile.read(path)
    #expect(Set(model.weights) == Set(checkpoint.state.weights))
    #expect(model.details.data == "tiny")
    #expect(model.details.seed == .max)
    #expect(model.details.recipe?.phases.map(\.epochs) == [2, 0, 0])
  }

  @Test func aModelIsNoCheckpoint() throws {
    try ModelFile.write(TinyCheckpoint.checkpoint().model, to: path)
    #expect(throws: ModelFileError.unusable(path: path, .noCheckpoint)) { try CheckpointFile.read(path) }
  }

  @Test(arguments: ["training", "recipe", "seed", "coordinates"])
  func unusableMetadataAreNamed(key: String) throws {
    var file = CheckpointFile.file(of: TinyCheckpoint.checkpoint())
    file.metadata[key] = "{"
    file.metadata[CheckpointFile.checksumKey] = CheckpointFile.checksum(of: file)
    try file.write(to: path)
    #expect(throws: ModelFileError.unusable(path: path, .metadata(key: key))) {
      try CheckpointFile.read(path)
    }
  }
}
