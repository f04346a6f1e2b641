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
      architecture: architecture, recipe: .joint(for: architecture, epochs: 12), seed: 1, heldOutCount: 0)
    let run = try TrainingRun(
      configuration, images: ImageSlice(of: Digits.dataset().training, 0..<trainingCount), threads: 2)
    while try run.step() != nil {}
    return run.model(data: "digits")
  }

  /// The shift to the right of the ink, in pixels for each row further up, by a linear regression.
  private func lean(_ image: [Float]) -> Double {
    var (weight, x, y, xy, yy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (pixel, ink) in image.enumerated() {
      let (column, row) = (Double(pixel % 28), Double(pixel / 28))
      weight += Double(ink)
      x += Double(ink) * column
      y += Double(ink) * row
      xy += Double(ink) * column * row
      yy += Double(ink) * row * row
    }
    return -(xy - x * y / weight) / (yy - y * y / weight)
  }

  /// An encoder that returned a constant would be off by at least 0.25 in the mean; a decoder that ignored the
  /// shear would draw images that lean alike.
  @Test(arguments: DecoderKind.allCases)
  func shearsAreEncodedAndObeyed(decoder: DecoderKind) throws {
    let model = try Self.train(decoder)
    let test = ImageSlice(of: Digits.dataset().test, 0..<60)
    let offset = try #require(try Evaluation.measure(model, on: test).offsets.first)
    #expect(offset.meaning == .shear)
    #expect(offset.mean < 0.2)

    let inference = try Inference(model)
    let differences = (0..<test.count).map { index in
      let latents = inference.encode(index, of: test).latents
      let leans = [0.4, -0.4].map { lean(inference.decode(LatentPoint(values: [$0], latents: latents))) }
      return leans[0] - leans[1]
    }
    #expect(differences.count { $0 > 0.05 } > 54, "\(differences)")
  }
}
