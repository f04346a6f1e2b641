import Coordinates
import Foundation
import Networks
import Testing
import Training

@testable import Checkpoints

/// Metadata that another program wrote, and metadata that are damaged.
@Suite struct ModelMetadataTests {
  private static let article = NetworkArchitecture(schema: .article, hidden: [6, 4])

  private static func read(
    _ metadata: [String: String], _ architecture: NetworkArchitecture = article
  ) throws -> ModelContents {
    let tensors = TypedAutoencoder(architecture, seed: 1).tensors
    let file = SafetensorsFile(tensors: tensors, metadata: metadata)
    return try ModelContents(bytes: file.encoded(), name: "file")
  }

  private static func expect(
    _ fault: ModelFault, of metadata: [String: String], _ architecture: NetworkArchitecture = article
  ) {
    #expect(throws: ModelFileError.unusable(path: "file", fault)) { try read(metadata, architecture) }
  }

  @Test(arguments: [
    ("encoder", "resnet"), ("encoder", "Staged"), ("encoder", ""), ("decoder", "warped"),
    ("decoder", "{\"kind\":\"learned\"}"), ("coordinates", "rotation"), ("coordinates", "free:0"),
    ("coordinates", "x, y and z"), ("coordinates", "rotation, free:99999"), ("hidden", "two layers"),
    ("hidden", "[6, 4]"), ("hidden", "6,4,"), ("hidden", ""), ("recipe", "phase 1, then 2"), ("recipe", "{}"),
    ("recipe", ""), ("recipe", "[[[["), ("seed", "-1"), ("seed", "forty-two"), ("seed", "1e3"),
    ("seed", "18446744073709551616"), ("statistics", "mean 0.13, deviation 0.31"), ("statistics", "[1]"),
    ("statistics", "{\"mean\":0}"), ("statistics", "NaN"), ("statistics", "[{\"mean\":0,\"std\":1}]"),
    ("readings", "[{}]"), ("readings", "see log.txt"), ("readings", "[{\"index\":0"), ("training", "yes"),
    ("training", "{\"epochs\":5}"), ("training", ""),
  ]) func aValueOfAnotherProgramIsIgnoredAndNamed(key: String, text: String) throws {
    let contents = try Self.read([key: text])
    #expect(contents.ignoredKeys == [key])
    #expect(contents.warning(name: "a\nb")?.hasSuffix("'\(key)'") == true)
    #expect(contents.warning(name: "a\nb")?.contains("\n") == false)
    #expect(contents.model.architecture == Self.article && contents.checkpoint == nil)
    #expect(contents.model.details == ModelDetails())
  }

  @Test func manyValuesOfAnotherProgramAreIgnoredAtOnce() throws {
    var metadata = Dictionary(
      uniqueKeysWithValues: [
        "training", "coordinates", "hidden", "encoder", "decoder", "recipe", "seed", "statistics", "readings",
      ].map { ($0, "none of it") })
    metadata["checksum"] = "none of it"
    metadata["format"] = "pt"
    metadata["data"] = "anything"
    let contents = try Self.read(metadata)
    #expect(contents.ignoredKeys.count == 9)
    #expect(contents.model.architecture == Self.article && contents.model.details.data == "anything")
  }

  /// Names and shapes tell the kinds of encoder and decoder where the metadata do not.
  @Test(arguments: [
    NetworkArchitecture(schema: .article, hidden: [5], decoder: .warp),
    NetworkArchitecture(schema: .article, hidden: [5, 3], encoder: .staged),
    NetworkArchitecture(schema: .article, hidden: [5, 3], encoder: .staged, decoder: .warp),
    NetworkArchitecture(schema: CoordinateSchema(typed: [], freeCount: 3), hidden: [4]),
  ]) func namesAndShapesSuffice(architecture: NetworkArchitecture) throws {
    #expect(try Self.read([:], architecture).ignoredKeys == [])
    for metadata in [
      [:], ["encoder": "resnet", "decoder": "unet", "coordinates": "polar"],
      ["encoder": architecture.encoderKind.rawValue, "decoder": "unet"],
    ] {
      #expect(try Self.read(metadata, architecture).model.architecture == architecture)
    }
  }

  /// The range of a shift stands in the metadata alone.
  @Test func theKeyIsNamedIfNamesAndShapesDoNotSuffice() throws {
    let shifted = NetworkArchitecture(
      schema: CoordinateSchema(typed: [.rotation, .shiftX(pixels: 3)], freeCount: 2), hidden: [4])
    let mismatch = TensorMismatch.wrongShape("decoder.0.weight", found: [4, 5], expected: [4, 4])
    Self.expect(.undecided(key: "coordinates", mismatch), of: ["coordinates": "two"], shifted)
    Self.expect(.mismatch(mismatch), of: [:], shifted)
  }

  @Test(arguments: [
    ("hidden", "6,5"), ("hidden", "6"), ("hidden", "256,128"), ("hidden", "6,4,4"),
    ("statistics", "[{\"mean\":0,\"deviation\":1,\"percentiles\":[0,0,0,0,0,0,0]}]"),
    ("readings", "[{\"index\":0,\"label\":0,\"values\":[],\"latents\":[1,2,3,4,5]}]"),
    ("readings", "[{\"index\":0,\"label\":0,\"values\":[1],\"latents\":[1,2,3,4]}]"),
  ]) func aValueOfAnotherNetworkIsAnError(key: String, text: String) {
    Self.expect(.contradiction(key: key), of: [key: text])
  }

  @Test func aKindOrCoordinatesOfAnotherNetworkAreAnError() {
    Self.expect(.mismatch(.missing("compass.0.weight")), of: ["encoder": "staged"])
    Self.expect(
      .mismatch(.wrongShape("decoder.0.weight", found: [4, 7], expected: [4, 5])), of: ["decoder": "warp"])
    Self.expect(
      .mismatch(.wrongShape("head_latent.weight", found: [5, 4], expected: [6, 4])),
      of: ["coordinates": "rotation, free:6"])
    Self.expect(
      .mismatch(.missing("head_shift_x.weight")),
      of: ["coordinates": "rotation, shift-x:3, free:5", "recipe": "prose"])
  }

  /// Statistics of five latents, with `entry` for the first.
  private static func statistics(_ entry: String) -> String {
    let sound = "{\"mean\":0,\"deviation\":1,\"percentiles\":[-3,-2,-1,0,1,2,3]}"
    return "[" + ([entry] + Array(repeating: sound, count: 4)).joined(separator: ",") + "]"
  }

  @Test(arguments: [
    "{\"mean\":NaN,\"deviation\":1,\"percentiles\":[-3,-2,-1,0,1,2,3]}",
    "{\"mean\":0,\"deviation\":Infinity,\"percentiles\":[-3,-2,-1,0,1,2,3]}",
    "{\"mean\":0,\"deviation\":1,\"percentiles\":[-Infinity,-2,-1,0,1,2,3]}",
    "{\"mean\":1e999,\"deviation\":1,\"percentiles\":[-3,-2,-1,0,1,2,3]}",
    "{\"mean\":1e39,\"deviation\":1,\"percentiles\":[-3,-2,-1,0,1,2,3]}",
    "{\"mean\":null,\"deviation\":1,\"percentiles\":[-3,-2,-1,0,1,2,3]}",
    "{\"mean\":0,\"deviation\":-1,\"percentiles\":[-3,-2,-1,0,1,2,3]}",
    "{\"mean\":0,\"deviation\":1,\"percentiles\":[3,2,1,0,-1,-2,-3]}",
    "{\"mean\":0,\"deviation\":1,\"percentiles\":[1]}",
    "{\"mean\":0,\"deviation\":1,\"percentiles\":[]}",
    "{\"mean\":\"0\",\"deviation\":1,\"percentiles\":[-3,-2,-1,0,1,2,3]}",
  ]) func invalidStatisticsAreAnError(entry: String) throws {
    Self.expect(.corruptMetadata(key: "statistics"), of: ["statistics": Self.statistics(entry)])
    let sound = "{\"mean\":0,\"deviation\":0,\"percentiles\":[0,0,0,0,0,0,0]}"
    #expect(try Self.read(["statistics": Self.statistics(sound)]).model.details.statistics.count == 5)
  }

  @Test(arguments: [
    "\"index\":0,\"label\":1e99,\"values\":[1],\"latents\":[1,2,3,4,5]",
    "\"index\":0,\"label\":1000000000000,\"values\":[1],\"latents\":[1,2,3,4,5]",
    "\"index\":0,\"label\":-1,\"values\":[1],\"latents\":[1,2,3,4,5]",
    "\"index\":0,\"label\":256,\"values\":[1],\"latents\":[1,2,3,4,5]",
    "\"index\":-1,\"label\":0,\"values\":[1],\"latents\":[1,2,3,4,5]",
    "\"index\":0,\"label\":0,\"values\":[NaN],\"latents\":[1,2,3,4,5]",
    "\"index\":0,\"label\":0,\"values\":[1],\"latents\":[1,2,-Infinity,4,5]",
    "\"index\":0,\"label\":0,\"values\":[1],\"latents\":[1,2,1e39,4,5]",
    "\"index\":0,\"label\":0,\"values\":[1],\"latents\":[1,2,null,4,5]",
  ]) func invalidEncoderOutputsAreAnError(fields: String) {
    Self.expect(.corruptMetadata(key: "readings"), of: ["readings": "[{\(fields)}]"])
  }

  /// No recipe of this program: it is ignored before anything computes with its numbers.
  @Test(arguments: [
    ("\"batchSize\":128", "\"batchSize\":0"), ("\"learningRate\":0.001", "\"learningRate\":-1"),
    ("\"epochs\":25", "\"epochs\":-25"), ("\"epochs\":25", "\"epochs\":9223372036854775807"),
    ("\"tasks\":[", "\"tasks\":[{\"code\":\"read\",\"coordinateWeight\":1},"),
    ("\"share\":1", "\"share\":1e300"),
  ]) func anInvalidRecipeIsIgnored(part: String, other: String) throws {
    let recipe = try #require(ModelFile.json(Recipe.article()))
    try #require(recipe.contains(part))
    #expect(try Self.read(["recipe": recipe]).model.details.recipe == .article())
    let contents = try Self.read(["recipe": recipe.replacingOccurrences(of: part, with: other)])
    #expect(contents.model.details.recipe == nil && contents.ignoredKeys == ["recipe"])
  }

  /// Of a checkpoint, everything must be this program's.
  @Test func aCheckpointWhoseRecordIsDamagedIsNoModel() throws {
    var file = CheckpointFile.file(of: TinyCheckpoint.checkpoint())
    file.metadata["training"] = "{"
    let bytes = try file.encoded()
    let error = #expect(throws: ModelFileError.self) { try ModelContents(bytes: bytes, name: "file") }
    guard case .unusable(_, .undecided("training", .unknown(let name))) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(name.contains(".exp_avg"))
  }
}
