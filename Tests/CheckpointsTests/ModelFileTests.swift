import Coordinates
import Networks
import Primitives
import TestSupport
import Testing
import Training

@testable import Checkpoints

@Suite struct ModelFileTests {
  private static let architecture = NetworkArchitecture(schema: .article, hidden: [6, 4])

  private static func tensors(
    _ architecture: NetworkArchitecture = architecture
  ) -> [NamedTensor] {
    TypedAutoencoder(architecture, seed: 1).tensors
  }

  /// A model of which everything is known.
  private static func model() -> TypedModel {
    var model = TypedModel(architecture: architecture, weights: tensors(), details: ModelDetails())
    model.details.recipe = .article(epochs: [1, 2, 3], learnsBackbone: false, coordinateWeight: 0.25)
    model.details.recipe?.interpolation = .nearest
    model.details.seed = .max
    model.details.data = "tiny"
    model.details.statistics = (1...5).map { latent in
      LatentStatistics(of: (0..<9).map { Float($0 * $0) / Float(latent) })
    }
    model.details.encoderOutputs = (0..<3).map { index in
      EncoderOutput(
        index: index, label: 9 - index, values: [0.1 + Double(index)],
        latents: (0..<5).map { 0.3 * Float($0) - Float(index) })
    }
    return model
  }

  private static func bytes(
    _ tensors: [NamedTensor], _ metadata: [String: String] = [:]
  ) throws -> [UInt8] {
    try SafetensorsFile(tensors: tensors, metadata: metadata).encoded()
  }

  private static func replacing(_ name: String, _ shape: [Int]?) -> [NamedTensor] {
    tensors().compactMap { tensor in
      guard tensor.name == name else { return tensor }
      return shape.map { shape in
        NamedTensor(
          name: name, shape: shape, values: Array(repeating: 0, count: shape.reduce(1, *)))
      }
    }
  }

  private func expect(_ fault: ModelFault, of bytes: [UInt8]) {
    #expect(throws: ModelFileError.unusable(path: "file", fault)) {
      try ModelFile.read(bytes: bytes, name: "file")
    }
  }

  @Test func modelsRoundTrip() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.safetensors"
    let model = Self.model()
    try ModelFile.write(model, to: path)
    var found = try ModelFile.read(path)
    #expect(found.details == model.details)
    #expect(found.architecture == model.architecture)
    // Tensors come back in the order of their names.
    found.weights.sort { $0.name < $1.name }
    #expect(found.weights == model.weights.sorted { $0.name < $1.name })
    #expect(found.details.interpolation == .nearest)
  }

  @Test func sameModelGivesSameBytes() throws {
    let first = try ModelFile.file(of: Self.model()).encoded()
    #expect(try ModelFile.file(of: Self.model()).encoded() == first)
    // Written again after it was read, too.
    let read = try ModelFile.read(bytes: first, name: "file")
    #expect(try ModelFile.file(of: read).encoded() == first)
    var other = Self.model()
    other.details.seed = 1
    #expect(try ModelFile.file(of: other).encoded() != first)
  }

  @Test func modelsWithoutMetadataRoundTrip() throws {
    let model = TypedModel(
      architecture: Self.architecture, weights: Self.tensors(), details: ModelDetails())
    let read = try ModelFile.read(bytes: ModelFile.file(of: model).encoded(), name: "file")
    #expect(read.details == ModelDetails())
    #expect(read.architecture == model.architecture)
  }

  private static let staged = NetworkArchitecture(
    schema: CoordinateSchema(
      typed: [.shiftX(pixels: 6), .rotation, .scale(from: 0.6, to: 1.4)], freeCount: 4),
    hidden: [6, 4], encoder: .staged, decoder: .warp)

  @Test(arguments: [
    staged,
    NetworkArchitecture(schema: .article, hidden: [6], encoder: .staged),
    NetworkArchitecture(schema: .article, hidden: [6, 4], decoder: .warp),
    NetworkArchitecture(
      schema: CoordinateSchema(typed: [], freeCount: 2), hidden: [3], encoder: .staged, decoder: .warp),
    NetworkArchitecture(
      schema: .article, hidden: [3], imageShape: ImageShape(width: 9, height: 13, channels: 3)),
    NetworkArchitecture(
      schema: CoordinateSchema(typed: [.rotation, .shiftX(pixels: 32)], freeCount: 2), hidden: [3],
      encoder: .staged, decoder: .warp, imageShape: ImageShape(width: 64, height: 64)),
  ])
  func otherEncodersAndDecodersRoundTrip(architecture: NetworkArchitecture) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.safetensors"
    var model = TypedModel(
      architecture: architecture, weights: Self.tensors(architecture), details: ModelDetails())
    model.details.recipe = .joint(for: architecture, epochs: 3)
    try ModelFile.write(model, to: path)
    let found = try ModelFile.read(path)
    #expect(found.architecture == architecture)
    #expect(found.details == model.details)
    #expect(
      found.weights.sorted { $0.name < $1.name } == model.weights.sorted { $0.name < $1.name })
    #expect(try ModelFile.file(of: found).encoded() == ModelFile.file(of: model).encoded())
  }

  /// The article's files stay as they were: what is usual is not written down.
  @Test func onlyUnusualKindsAreWritten() {
    #expect(
      ModelFile.file(of: Self.model()).metadata.keys.allSatisfy { !["encoder", "decoder"].contains($0) })
    let model = TypedModel(
      architecture: Self.staged, weights: Self.tensors(Self.staged), details: ModelDetails())
    let metadata = ModelFile.file(of: model).metadata
    #expect(metadata["encoder"] == "staged")
    #expect(metadata["decoder"] == "warp")
  }

  @Test func kindsThatContradictTheTensors() throws {
    expect(
      .mismatch(.missing("compass.0.weight")), of: try Self.bytes(Self.tensors(), ["encoder": "staged"]))
    expect(
      .mismatch(.wrongShape("decoder.0.weight", found: [4, 7], expected: [4, 5])),
      of: try Self.bytes(Self.tensors(), ["decoder": "warp"]))
    let metadata = ["coordinates": Self.staged.schema.description, "encoder": "staged", "decoder": "warp"]
    let tensors = Self.tensors(Self.staged)
    #expect(
      try ModelFile.read(bytes: Self.bytes(tensors, metadata), name: "file").architecture == Self.staged)
    for name in ["locator.0.weight", "compass.2.bias", "head_residual.weight"] {
      expect(
        .mismatch(.missing(name)), of: try Self.bytes(tensors.filter { $0.name != name }, metadata))
    }
  }

  /// As PyTorch's own files are: names and shapes say what the network is.
  @Test(arguments: [
    NetworkArchitecture.article,
    NetworkArchitecture(schema: .article, hidden: [16, 8]),
    NetworkArchitecture(schema: .article, hidden: [5]),
    NetworkArchitecture(schema: .article, hidden: [7, 6, 5]),
    NetworkArchitecture(schema: CoordinateSchema(typed: [.rotation], freeCount: 1), hidden: [4]),
    NetworkArchitecture(schema: CoordinateSchema(typed: [], freeCount: 9), hidden: [8, 4]),
  ])
  func plainTensorsDetermineTheArchitecture(architecture: NetworkArchitecture) throws {
    let model = try ModelFile.read(bytes: Self.bytes(Self.tensors(architecture)), name: "file")
    #expect(model.architecture == architecture)
    #expect(model.details == ModelDetails())
    #expect(model.details.interpolation == .bilinear)
  }

  @Test func tensorsThatAreMissingUnknownOrOfAnotherShape() throws {
    // Without one of the other weights names and shapes say something else.
    for name in Self.tensors().map(\.name) where name.hasSuffix(".bias") || name.hasPrefix("decoder") {
      expect(.mismatch(.missing(name)), of: try Self.bytes(Self.replacing(name, nil)))
    }
    let extra = NamedTensor(name: "extra", shape: [1], values: [0])
    expect(.mismatch(.unknown("extra")), of: try Self.bytes(Self.tensors() + [extra]))
    expect(
      .mismatch(.wrongShape("decoder.0.bias", found: [5], expected: [4])),
      of: try Self.bytes(Self.replacing("decoder.0.bias", [5])))
    expect(.mismatch(.missing("encoder_backbone.0.weight")), of: try Self.bytes([]))
  }

  @Test func weightsOtherThanMatrices() throws {
    let first = "encoder_backbone.0.weight"
    expect(.notAMatrix(first, shape: [12]), of: try Self.bytes(Self.replacing(first, [12])))
    expect(.notAMatrix(first, shape: []), of: try Self.bytes(Self.replacing(first, [])))
    expect(
      .notAMatrix("head_latent.weight", shape: [1, 2, 2]),
      of: try Self.bytes(Self.replacing("head_latent.weight", [1, 2, 2])))
  }

  @Test func impossibleWidths() throws {
    expect(
      .invalidWidths([0, 4]), of: try Self.bytes(Self.replacing("encoder_backbone.0.weight", [0, 784])))
    expect(
      .invalidWidths([0]), of: try Self.bytes(Self.replacing("head_latent.weight", [0, 4])))
    expect(
      .invalidWidths([4097]), of: try Self.bytes(Self.replacing("head_latent.weight", [4097, 4])))
  }

  /// Shapes without elements cost no bytes in the file; the widths that they claim must cost no memory.
  @Test func claimsOfHugeWidthsAreRefusedBeforeMemoryIsTaken() throws {
    let huge = NetworkArchitecture.maximumWidth
    var tensors = Self.replacing("encoder_backbone.2.weight", [huge, 0])
    tensors += (2...40).map {
      NamedTensor(name: "encoder_backbone.\(2 * $0).weight", shape: [huge, 0], values: [])
    }
    expect(
      .mismatch(
        .wrongShape("encoder_backbone.2.weight", found: [huge, 0], expected: [huge, 6])),
      of: try Self.bytes(tensors))
    expect(
      .invalidWidths([6, huge + 1]),
      of: try Self.bytes(Self.replacing("encoder_backbone.2.weight", [huge + 1, 0])))
  }

  private static func bytes(
    _ shape: ImageShape, _ metadata: [String: String], coordinates: CoordinateSchema = .article
  ) throws -> [UInt8] {
    let tensors = tensors(
      NetworkArchitecture(schema: coordinates, hidden: [6, 4], imageShape: shape))
    return try SafetensorsFile(tensors: tensors, metadata: metadata).encoded()
  }

  /// Without metadata, the number of values determines a square, grey before colour.
  @Test(arguments: [
    ImageShape.mnist, ImageShape(width: 8, height: 8), ImageShape(width: 64, height: 64),
    ImageShape(width: 64, height: 64, channels: 3), ImageShape(width: 28, height: 28, channels: 3),
  ])
  func shapesFollowFromTensors(shape: ImageShape) throws {
    let model = try ModelFile.read(bytes: try Self.bytes(shape, [:]), name: "x")
    #expect(model.architecture.imageShape == shape)
  }

  @Test func statedShapesMustHaveTheValuesOfTheTensors() throws {
    let shape = ImageShape(width: 16, height: 9)
    let model = try ModelFile.read(bytes: try Self.bytes(shape, ["image_shape": "16x9x1"]), name: "x")
    #expect(model.architecture.imageShape == shape)
    expect(.contradiction(key: "image_shape"), of: try Self.bytes(shape, ["image_shape": "16x10x1"]))
    expect(
      .contradiction(key: "coordinates"),
      of: try Self.bytes(
        shape, ["image_shape": "16x9x1", "coordinates": "shift-y:5, free:2"],
        coordinates: CoordinateSchema(typed: [.shiftY(pixels: 5)], freeCount: 2)))
    // A text of another program is ignored.
    let ignored = try ModelContents(
      bytes: try Self.bytes(.mnist, ["image_shape": "[1, 28, 28]"]), name: "x")
    #expect(ignored.model.architecture.imageShape == .mnist)
    #expect(ignored.ignoredKeys == ["image_shape"])
  }

  @Test func imagesOfAnotherSize() throws {
    expect(
      .wrongImageSize(values: 783),
      of: try Self.bytes(Self.replacing("encoder_backbone.0.weight", [6, 783])))
  }

  @Test func coordinatesThatContradictTheTensors() throws {
    expect(
      .mismatch(.unknown("head_rot.fc.bias")),
      of: try Self.bytes(
        Self.tensors(
          NetworkArchitecture(schema: CoordinateSchema(typed: [], freeCount: 7), hidden: [6, 4]))
          + Self.tensors().filter { $0.name == "head_rot.fc.bias" },
        ["coordinates": "free:7"]))
    expect(
      .mismatch(.wrongShape("head_latent.weight", found: [5, 4], expected: [6, 4])),
      of: try Self.bytes(Self.tensors(), ["coordinates": "rotation, free:6"]))
  }

  @Test func textsFromFilesCannotControlTheTerminal() throws {
    let model = try ModelFile.read(
      bytes: Self.bytes(Self.tensors(), ["data": "a\u{1B}[2Jb"]), name: "file")
    #expect(model.details.data == "a\u{FFFD}[2Jb")
    let error = ModelFileError.unusable(path: "a\nb", .notAMatrix("c\u{1B}d", shape: [1]))
    #expect(
      error.description
        == "a\u{FFFD}b: not a typed autoencoder: the tensor c\u{FFFD}d has the shape [1], not two dimensions")
  }

  @Test func filesThatCannotBeReadOrWritten() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "short")
    #expect(throws: ModelFileError.unreadable(.invalid(path: path, .prefixCut(found: 3)))) {
      try ModelFile.read(path)
    }
    #expect(throws: ModelFileError.unreadable(.invalid(path: "short", .prefixCut(found: 3)))) {
      try ModelFile.read(bytes: [1, 2, 3], name: "short")
    }
    for attempt in [
      { _ = try ModelFile.read(folder.path + "/none") },
      { try ModelFile.write(Self.model(), to: folder.path + "/none/model") },
    ] {
      let error = #expect(throws: ModelFileError.self) { try attempt() }
      #expect(error?.description.contains("none") == true)
    }
  }

  @Test func everyFaultHasItsMessage() {
    let faults: [ModelFault] = [
      .mismatch(.missing("a")), .mismatch(.unknown("a")), .notAMatrix("a", shape: [1]),
      .mismatch(.wrongShape("a", found: [1], expected: [2])), .invalidWidths([0]),
      .wrongImageSize(values: 3), .metadata(key: "recipe"), .contradiction(key: "recipe"),
      .corruptMetadata(key: "recipe"), .undecided(key: "recipe", .missing("a")), .checksumDiffers,
      .notFinite([NotFiniteTensor(name: "a", count: 1, of: 2)]), .noCheckpoint,
    ]
    #expect(Set(faults.map(\.description)).count == faults.count)
  }

  /// For any metadata, reading gives a model that fits its tensors, or an error.
  @Test func changedMetadataNeverTrap() throws {
    let valid = try ModelFile.file(of: Self.model()).encoded()
    let headerLength = valid.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let letters = Array("\"\\{}[]:,0159-+.eE u\u{0}\u{7F}rf".utf8)
    var stream = RandomStream(seed: 1)
    var refused = 0
    for _ in 0..<1500 {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...3, using: &stream) {
        let place = 8 + Int.random(in: 0..<headerLength, using: &stream)
        bytes[place] =
          Bool.random(using: &stream)
          ? letters.randomElement(using: &stream) ?? 0
          : bytes[place] ^ (1 << UInt8.random(in: 0..<8, using: &stream))
      }
      do {
        let model = try ModelFile.read(bytes: bytes, name: "file")
        let schema = model.architecture.schema
        #expect(model.details.statistics.isEmpty || model.details.statistics.count == schema.freeCount)
        #expect(model.details.encoderOutputs.allSatisfy { $0.latents.count == schema.freeCount })
        _ = try TypedAutoencoder(model.architecture, tensors: model.weights)
      } catch is ModelFileError {
        refused += 1
      }
    }
    #expect(refused > 500 && refused < 1500)
  }
}
