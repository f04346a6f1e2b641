import Coordinates
import Datasets
import Evaluation
import Networks
import Testing

@testable import Training

/// A short run on built-in digits with a shear.
@Suite struct ShearRunTests {
  private static let trainingCount = 1200

  private static func train(_ decoder: DecoderKind) throws -> TypedModel {
    let architecture = NetworkArchitecture(
      schema: try CoordinateSchema(parsing: "shear:0.5, free:8"), hidden: [64, 32], decoder: decoder)
    let configuration = TrainingConfiguration(
      architecture: architecture, recipe: .joint(for: architecture, epochs: 8), seed: 1, heldOutCount: 0)
    let run = try TrainingRun(
      configuration, images: ImageSlice(of: Digits.dataset().training, 0..<trainingCount), threads: 2)
    while try run.step() != nil {}
    return run.model(data: "digits")
  }

  /// The decoder's images obey the given shear: they resemble the truth at that shear more than at none. The
  /// encoder's shears are closer than those of a constant, which are off by 0.25 in the mean.
  @Test(arguments: DecoderKind.allCases)
  func imagesObeyAndCodesAreRead(decoder: DecoderKind) throws {
    let model = try Self.train(decoder)
    let test = ImageSlice(of: Digits.dataset().test, 0..<60)
    let evaluation = try Evaluation.measure(model, on: test)
    let offset = try #require(evaluation.offsets.first)
    #expect(offset.meaning == .shear)
    #expect(offset.mean < 0.15, "\(offset.mean)")

    let inference = try Inference(model)
    let transformer = ImageTransformer(schema: model.architecture.schema, interpolation: .bilinear)
    var obeys = 0
    for index in 0..<test.count {
      var point = inference.encode(index, of: test)
      let shear = index % 2 == 0 ? 0.45 : -0.45
      point.values = [shear]
      let drawn = inference.decode(point)
      func error(_ shear: Double) -> Float {
        zip(drawn, transformer.image(index, of: test, values: [shear]))
          .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      if error(shear) < error(0), error(shear) < error(-shear) { obeys += 1 }
    }
    #expect(obeys > 50, "\(obeys) of \(test.count)")
  }
}
