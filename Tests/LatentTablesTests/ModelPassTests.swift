import Coordinates
import Datasets
import Figures
import Kernels
import Networks
import Testing
import Training

@testable import LatentTables

@Suite struct ModelPassTests {
  private static func model(_ encoder: EncoderKind, _ decoder: DecoderKind) -> TypedModel {
    let schema = CoordinateSchema(
      typed: [.rotation, .shiftX(pixels: 3), .scale(from: 0.7, to: 1.4)], freeCount: 3)
    let architecture = NetworkArchitecture(
      schema: schema, hidden: [16, 8], encoder: encoder, decoder: decoder)
    let network = TypedAutoencoder(architecture, seed: 3)
    return TypedModel(architecture: architecture, weights: network.tensors, details: ModelDetails())
  }

  private static let images = StoredImages(
    pixels: (0..<20 * 784).map { $0 % 784 / 28 > 8 ? UInt8(truncatingIfNeeded: $0 &* $0 / 7) : 0 },
    labels: [UInt8](repeating: 0, count: 20))

  private static func pixels(_ team: ThreadTeam) throws -> [Float] {
    try DatasetImageReader(images, count: 20, team: team).read(upTo: 20)
  }

  @Test func columnsAreCalledAsInFigures() {
    let model = Self.model(.direct, .learned)
    #expect(LatentColumns(model.architecture.schema).names == NamedCoordinate.all(of: model).map(\.name))
  }

  /// Rows are what the rest of the program reads, in other units.
  @Test(arguments: [EncoderKind.direct, .staged], [1, 2, 4])
  func rowsAreTheModelsOutputs(encoder: EncoderKind, threads: Int) throws {
    let (model, team) = (Self.model(encoder, .warp), ThreadTeam(count: threads))
    let table = try LatentEncoder(model, team: team).encode(Self.pixels(team))
    let readings = try model.encoderOutputs(of: Self.images, count: 20)
    let expected = readings.flatMap { reading in
      [Float(reading.values[0] * 180 / .pi), Float(reading.values[1]), Float(reading.values[2])]
        + reading.latents
    }
    #expect(table.map(\.bitPattern) == expected.map(\.bitPattern))
  }

  /// Pictures are what the explorer draws for the values, to the precision of 32-bit degrees.
  @Test(arguments: [DecoderKind.learned, .warp], [1, 3])
  func picturesMatchTheExplorer(decoder: DecoderKind, threads: Int) throws {
    let model = Self.model(.direct, decoder)
    let columns = LatentColumns(model.architecture.schema)
    let rows: [[Float]] = [[30, 1.5, 0.9, 1, -2, 0.5], [-179.5, -2, 1.2, 0, 0, 0], [720, 0, 1, 4, 4, 4]]
    let images = try LatentDecoder(model, team: ThreadTeam(count: threads)).decode(rows.flatMap { $0 })
    let inference = Inference(try TypedAutoencoder(model.architecture, tensors: model.weights))
    #expect(images.count == 3 * 784)
    for (index, row) in rows.enumerated() {
      let drawn = inference.decode(columns.latentPoint(of: row[...]))
      #expect(Array(images[index * 784..<(index + 1) * 784]) == drawn)
    }
  }

  @Test func rowsRoundTrip() {
    let columns = LatentColumns(CoordinateSchema(typed: [.rotation, .shiftY(pixels: 2)], freeCount: 1))
    for degrees in stride(from: -180.0, through: 180, by: 0.7) {
      let reading = LatentPoint(values: [degrees * .pi / 180, 1.25], latents: [0.3])
      let again = columns.latentPoint(of: columns.row(of: reading)[...])
      #expect(abs(again.values[0] - reading.values[0]) < 4e-7)
      #expect(again.values[1] == reading.values[1] && again.latents == reading.latents)
    }
  }

  @Test func damagedWeightsAreReported() throws {
    var model = Self.model(.direct, .learned)
    let index = try #require(model.weights.firstIndex { $0.name == "head_latent.bias" })
    model.weights[index].values[1] = .nan
    let team = ThreadTeam(count: 1)
    let encoder = try LatentEncoder(model, team: team)
    #expect(throws: ExchangeError.notANumber(image: 0)) { try encoder.encode(Self.pixels(team)) }
  }
}
