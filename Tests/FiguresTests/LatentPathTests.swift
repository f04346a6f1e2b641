import Coordinates
import Networks
import Testing
import Training

@testable import Figures

@Suite struct LatentPathTests {
  private let schema = CoordinateSchema(
    typed: [.rotation, .shiftX(pixels: 6), .scale(from: 0.5, to: 2)], freeCount: 2)
  private var model: TypedModel {
    let architecture = NetworkArchitecture(schema: schema, hidden: [8])
    return TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
  }
  private let start = LatentPoint(values: [0, 0, 1], latents: [0.5, -1])

  private func traversal(_ name: String) throws -> LatentPath {
    .traversal(try NamedCoordinate.named(name, in: model), from: start)
  }

  @Test func aFullTurnBeginsAtZeroWithoutDuplicates() throws {
    let path = try traversal("rotation")
    #expect(path.labels(8) == ["0°", "45°", "90°", "135°", "180°", "225°", "270°", "315°"])
    #expect(path.row(8) == path.loop(8))
    #expect(path.row(3).allSatisfy { $0.latents == start.latents && $0.values[1...] == start.values[1...] })
  }

  @Test func otherCoordinatesTraverseTheirRangeAndReturn() throws {
    let path = try traversal("shift-x")
    #expect(path.row(5).map { $0.values[1] } == [-6, -3, 0, 3, 6])
    #expect(path.loop(8).map { $0.values[1] } == [-6, -3, 0, 3, 6, 3, 0, -3])
    #expect(path.labels(3) == ["-6", "0", "6"])
    #expect(try traversal("scale").labels(3) == ["0.50×", "1.00×", "2.00×"])
    #expect(try traversal("z2").row(3).map { $0.latents[1] } == [-3, 0, 3])
  }

  @Test func shearsAreCaptionedAsPlainNumbers() throws {
    let architecture = NetworkArchitecture(
      schema: CoordinateSchema(typed: [.shear(limit: 0.5)], freeCount: 1), hidden: [8])
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    var point = LatentPoint(values: [0], latents: [0])
    let path = LatentPath.traversal(try NamedCoordinate.named("shear", in: model), from: point)
    #expect(path.labels(3) == ["-0.50", "0.00", "0.50"])
    #expect(path.loop(4).map { $0.values[0] } == [-0.5, 0, 0.5, 0])
    try point.set("shear=-0.125", in: model)
    #expect(point.values == [-0.125])
  }

  @Test func latentsTraverseTheRangeOfTheData() throws {
    var model = model
    model.details.statistics = (0..<2).map { _ in LatentStatistics(of: (0...100).map { Float($0) }) }
    let path = LatentPath.traversal(try NamedCoordinate.named("z1", in: model), from: start)
    #expect(path.row(3).map { $0.latents[0] } == [1, 50, 99])
  }

  @Test func anglesAreInterpolatedAlongTheShorterArc() throws {
    var (from, to) = (start, start)
    try from.set("rotation=170,z1=0", in: model)
    try to.set("rotation=-170,z1=4,scale=2", in: model)
    let path = LatentPath.interpolation(schema, from: from, to: to)
    let middle = path.row(3)[1]
    #expect(abs(middle.values[0] - .pi) < 1e-9 && abs(middle.values[2] - 2.0.squareRoot()) < 1e-9)
    #expect(middle.latents[0] == 2)
    #expect(path.row(3)[0] == from && path.labels(3) == ["A", "50%", "B"])
    let loop = path.loop(10)
    #expect(loop[0] == from && loop[5].latents == to.latents && loop[2] == loop[8])
  }

  @Test func invalidNamesAndValuesAreRefused() {
    var reading = start
    #expect(throws: FigureError.unknownCoordinate("z3", known: ["rotation", "shift-x", "scale", "z1 to z2"]))
    {
      try reading.set("z3=1", in: model)
    }
    for text in ["z1=", "z1", "z1=x", "z1=nan", "z1=inf", "scale=0", "scale=-1", "rotation=1e300"] {
      #expect(throws: FigureError.self) { try reading.set(text, in: model) }
    }
    #expect(reading == start)
  }
}
