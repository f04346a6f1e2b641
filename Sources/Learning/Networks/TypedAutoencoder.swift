import Coordinates
import Kernels
import Primitives

/// A typed autoencoder: an encoder with a head for each coordinate, and a decoder of their codes.
///
/// Weights are exchanged as named tensors in PyTorch's layout. Not thread-safe: each owner has its own
/// network.
public final class TypedAutoencoder {
  /// The network's architecture.
  public let architecture: NetworkArchitecture
  let backbone: [DenseLayer]
  let locator: [DenseLayer]
  let compass: [DenseLayer]
  let typedHeads: [DenseLayer]
  let latentHead: DenseLayer
  let decoder: [DenseLayer]

  /// Creates a network with weights initialized as by PyTorch, from `seed`.
  public convenience init(_ architecture: NetworkArchitecture, seed: UInt64) {
    self.init(zeros: architecture)
    for (index, layer) in layers.enumerated() {
      layer.initialize(from: RandomStream(seed: seed, purpose: .weights, index))
      // The stages' estimates count as they are until the residual has been trained.
      if layer.place.name == NetworkArchitecture.residualHeadName { layer.setToZero() }
    }
  }

  /// Creates a network with the given weights.
  ///
  /// - Throws: `TensorMismatch` unless `tensors` are exactly the architecture's, in any order.
  public convenience init(
    _ architecture: NetworkArchitecture, tensors: [NamedTensor]
  ) throws(TensorMismatch) {
    // Checked before allocating: a small invalid file can claim huge widths.
    let byName = try Self.byName(tensors, expected: architecture)
    self.init(zeros: architecture)
    load(byName)
  }

  private init(zeros architecture: NetworkArchitecture) {
    self.architecture = architecture
    backbone = architecture.backbone.map(DenseLayer.init)
    locator = architecture.locator.map(DenseLayer.init)
    compass = architecture.compass.map(DenseLayer.init)
    typedHeads = architecture.typedHeads.map(DenseLayer.init)
    latentHead = DenseLayer(architecture.latentHead)
    decoder = architecture.decoder.map(DenseLayer.init)
  }

  /// All layers in the order of `architecture.layers`.
  var layers: [DenseLayer] { backbone + locator + compass + typedHeads + [latentHead] + decoder }

  func layers(of parts: Set<NetworkPart>) -> [DenseLayer] {
    layers.filter { parts.contains($0.place.part) }
  }

  /// All weights and biases.
  public var tensors: [NamedTensor] { layers.flatMap(\.tensors) }

  /// The number of weights and biases.
  public var parameterCount: Int {
    layers.reduce(0) { $0 + ($1.place.inputs + 1) * $1.place.outputs }
  }

  /// Replaces all weights.
  ///
  /// - Throws: `TensorMismatch`, changing nothing, unless `tensors` are exactly the network's, in any order.
  public func load(_ tensors: [NamedTensor]) throws(TensorMismatch) {
    load(try Self.byName(tensors, expected: architecture))
  }

  private func load(_ byName: [String: [Float]]) {
    for layer in layers {
      layer.load(weights: byName[layer.weightName] ?? [], bias: byName[layer.biasName] ?? [])
    }
  }

  private static func byName(
    _ tensors: [NamedTensor], expected architecture: NetworkArchitecture
  ) throws(TensorMismatch) -> [String: [Float]] {
    try architecture.check(
      shapes: Dictionary(tensors.map { ($0.name, $0.shape) }, uniquingKeysWith: { _, last in last }))
    return Dictionary(tensors.map { ($0.name, $0.values) }, uniquingKeysWith: { _, last in last })
  }
}

extension NetworkArchitecture {
  /// Checks that names and shapes are exactly those of the network's tensors.
  public func check(shapes: [String: [Int]]) throws(TensorMismatch) {
    var rest = shapes
    for layer in layers {
      for (name, expected) in [
        (layer.name + ".weight", [layer.outputs, layer.inputs]), (layer.name + ".bias", [layer.outputs]),
      ] {
        guard let shape = rest.removeValue(forKey: name) else { throw .missing(name) }
        guard shape == expected else { throw .wrongShape(name, found: shape, expected: expected) }
      }
    }
    if let unknown = rest.keys.min() { throw .unknown(unknown) }
  }
}

/// A difference between given tensors and a network's.
public enum TensorMismatch: Error, Hashable {
  /// The tensor is missing.
  case missing(String)
  /// The network has no tensor of that name.
  case unknown(String)
  /// The tensor's shape differs from the network's.
  case wrongShape(String, found: [Int], expected: [Int])
}

extension TensorMismatch: CustomStringConvertible {
  /// The error message.
  public var description: String {
    switch self {
    case .missing(let name): "the tensor \(name) is missing"
    case .unknown(let name): "the tensor \(name) does not belong to the network"
    case .wrongShape(let name, let found, let expected):
      "the tensor \(name) has the shape \(found) instead of \(expected)"
    }
  }
}
