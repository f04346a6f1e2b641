import Coordinates
import Primitives
import Testing

@testable import Networks

@Suite struct TypedAutoencoderTests {
  private let small = NetworkArchitecture(
    schema: CoordinateSchema(typed: [.rotation], freeCount: 3), hidden: [12, 8],
    imageShape: ImageShape(width: 4, height: 4))

  @Test func tensorsAreThoseOfTheArticlesModule() {
    let network = TypedAutoencoder(.article, seed: 1)
    let expected: [(String, [Int])] = [
      ("encoder_backbone.0.weight", [256, 784]), ("encoder_backbone.0.bias", [256]),
      ("encoder_backbone.2.weight", [128, 256]), ("encoder_backbone.2.bias", [128]),
      ("head_rot.fc.weight", [2, 128]), ("head_rot.fc.bias", [2]),
      ("head_latent.weight", [5, 128]), ("head_latent.bias", [5]),
      ("decoder.0.weight", [128, 7]), ("decoder.0.bias", [128]),
      ("decoder.2.weight", [256, 128]), ("decoder.2.bias", [256]),
      ("decoder.4.weight", [784, 256]), ("decoder.4.bias", [784]),
    ]
    #expect(network.tensors.map(\.name) == expected.map(\.0))
    #expect(network.tensors.map(\.shape) == expected.map(\.1))
    #expect(network.parameterCount == 470_295)
    #expect(network.parameterCount == network.tensors.reduce(0) { $0 + $1.values.count })
  }

  @Test func firstWeightsFillTheirBoundsAndFollowTheSeed() {
    let architecture = NetworkArchitecture(
      schema: .article, hidden: [96, 32], imageShape: ImageShape(width: 8, height: 8))
    let network = TypedAutoencoder(architecture, seed: 7)
    #expect(network.tensors == TypedAutoencoder(architecture, seed: 7).tensors)
    let other = TypedAutoencoder(architecture, seed: 8)
    for (tensor, otherTensor) in zip(network.tensors, other.tensors) {
      #expect(tensor.values != otherTensor.values, "\(tensor.name)")
    }
    for layer in network.layers {
      let bound = 1 / Double(layer.place.inputs).squareRoot()
      let values = layer.tensors.flatMap(\.values).map(Double.init)
      #expect(values.allSatisfy { abs($0) <= bound * (1 + 1e-6) }, "\(layer.place.name)")
      #expect((values.map(abs).max() ?? 0) > bound * 0.9, "\(layer.place.name)")
      #expect(Set(values).count > values.count * 9 / 10, "\(layer.place.name)")
      #expect(values.contains { $0 < 0 } && values.contains { $0 > 0 })
    }
  }

  @Test func layersDrawTheirOwnNumbers() {
    let architecture = NetworkArchitecture(
      schema: .article, hidden: [16, 16, 16], imageShape: ImageShape(width: 4, height: 4))
    let layers = TypedAutoencoder(architecture, seed: 1).backbone.map { $0.tensors[0].values }
    #expect(Set(layers).count == 3)
  }

  @Test func loadTakesTensorsInAnyOrder() throws {
    let source = TypedAutoencoder(small, seed: 1)
    let network = TypedAutoencoder(small, seed: 2)
    try network.load(source.tensors.reversed())
    #expect(network.tensors == source.tensors)
  }

  private func renamed(_ tensor: NamedTensor, _ name: String) -> NamedTensor {
    NamedTensor(name: name, shape: tensor.shape, values: tensor.values)
  }

  @Test func loadRejectsOtherTensorsAndChangesNothing() {
    let network = TypedAutoencoder(small, seed: 1)
    let before = network.tensors
    let others = TypedAutoencoder(small, seed: 2).tensors
    let last = others[others.count - 1]
    let flat = NamedTensor(name: last.name, shape: [last.values.count, 1], values: last.values)
    let cases: [([NamedTensor], TensorMismatch)] = [
      (others.dropLast(), .missing("decoder.4.bias")),
      (others + [renamed(last, "extra")], .unknown("extra")),
      (others.dropLast() + [renamed(last, "decoder.4.bia")], .missing("decoder.4.bias")),
      (others.dropLast() + [flat], .wrongShape("decoder.4.bias", found: [16, 1], expected: [16])),
      ([], .missing("encoder_backbone.0.weight")),
    ]
    for (tensors, mismatch) in cases {
      #expect(throws: mismatch) { try network.load(tensors) }
      #expect(network.tensors == before)
      #expect(!mismatch.description.isEmpty)
    }
  }

  @Test func theOptimizerRejectsOtherMomentsAndChangesNothing() throws {
    let network = TypedAutoencoder(small, seed: 1)
    let adam = Adam(network, learning: [.latentHead], settings: AdamSettings())
    let zeros = adam.moments
    #expect(
      zeros.map(\.name) == [
        "head_latent.weight.exp_avg", "head_latent.bias.exp_avg",
        "head_latent.weight.exp_avg_sq", "head_latent.bias.exp_avg_sq",
      ])
    let ones = zeros.map {
      NamedTensor(name: $0.name, shape: $0.shape, values: $0.values.indices.map { Float($0 + 1) })
    }
    let flat = NamedTensor(name: ones[3].name, shape: [1, 3], values: ones[3].values)
    let cases: [([NamedTensor], TensorMismatch)] = [
      (ones.dropLast(), .missing("head_latent.bias.exp_avg_sq")),
      (ones + [renamed(ones[0], "extra")], .unknown("extra")),
      (ones.dropLast() + [flat], .wrongShape(ones[3].name, found: [1, 3], expected: [3])),
    ]
    for (moments, mismatch) in cases {
      #expect(throws: mismatch) { try adam.load(moments: moments, steps: 5) }
      #expect(adam.moments == zeros)
      #expect(adam.steps == 0)
    }
    try adam.load(moments: ones.reversed(), steps: 5)
    #expect(adam.moments == ones)
    #expect(adam.steps == 5)
  }
}
