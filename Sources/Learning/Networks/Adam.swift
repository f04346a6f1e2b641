import Kernels

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The settings of Adam, by default as in Kingma and Ba, 2015.
public struct AdamSettings: Sendable, Hashable {
  /// The learning rate.
  public var learningRate: Double
  /// The decay rate of the first moment.
  public var beta1: Double
  /// The decay rate of the second moment.
  public var beta2: Double
  /// Added to the divisor.
  public var epsilon: Double
  /// The decoupled weight decay of AdamW, relative to the learning rate; biases do not decay (Loshchilov and
  /// Hutter, 2019).
  public var weightDecay: Double

  /// Creates the settings.
  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The factors of step `step`, counted from 1, with bias correction, at `rate` times the learning rate.
  func factors(step: Int, rate: Double, decays: Bool) -> AdamFactors {
    let learningRate = learningRate * rate
    return AdamFactors(
      beta1: beta1, beta2: beta2,
      stepSize: Float(learningRate / (1 - pow(beta1, Double(step)))),
      secondCorrection: Float(1 / (1 - pow(beta2, Double(step))).squareRoot()), epsilon: Float(epsilon),
      weightFactor: decays ? Float(1 - learningRate * weightDecay) : 1)
  }
}

/// An Adam optimizer for the learning parts of a network: moments and the number of steps.
public final class Adam {
  /// The settings of every step.
  public let settings: AdamSettings
  /// The number of steps taken.
  public private(set) var steps: Int
  private var rate = 1.0
  private let parameters: [LayerParameters]

  /// Creates an optimizer with moments of 0 for the layers of `parts`.
  public init(_ network: TypedAutoencoder, learning parts: Set<NetworkPart>, settings: AdamSettings) {
    self.settings = settings
    steps = 0
    parameters = network.layers(of: parts).map(LayerParameters.init)
  }

  /// Starts the next step, at `rate` times the learning rate; the updates of its layers follow.
  public func beginStep(rate: Double = 1) {
    steps += 1
    self.rate = rate
  }

  /// Computes the gradients of weights and biases from the buffers of `pass` and updates the weights and
  /// biases by them, for partition `part` of `parts` of every learning layer's inputs.
  ///
  /// Both are one product: the gradient of a tile of weights is used while it is in the cache, and never
  /// stored. Partitions are disjoint, so that threads can run them in parallel.
  public func computeGradientsAndUpdate(from pass: BatchPass, batch: Int, part: Int, of parts: Int) {
    let weightFactors = settings.factors(step: steps, rate: rate, decays: true)
    let biasFactors = settings.factors(step: steps, rate: rate, decays: false)
    for parameter in parameters {
      parameter.computeGradientAndUpdateWeights(
        from: pass, batch: batch, weightFactors, part: part, of: parts)
      parameter.computeGradientAndUpdateBias(from: pass, batch: batch, biasFactors, part: part, of: parts)
    }
  }

  /// The moments under the parameters' names with PyTorch's suffixes `.exp_avg` and `.exp_avg_sq`.
  public var moments: [NamedTensor] {
    parameters.flatMap {
      $0.layer.tensors(suffix: ".exp_avg", weights: $0.firstWeightMoment, bias: $0.firstBiasMoment)
        + $0.layer.tensors(suffix: ".exp_avg_sq", weights: $0.secondWeightMoment, bias: $0.secondBiasMoment)
    }
  }

  /// Continues from saved moments after `steps` steps.
  ///
  /// - Throws: `TensorMismatch`, changing nothing, unless `moments` are exactly this optimizer's, in any
  ///   order.
  public func load(moments: [NamedTensor], steps: Int) throws(TensorMismatch) {
    var rest: [String: NamedTensor] = [:]
    for tensor in moments { rest[tensor.name] = tensor }
    for expected in self.moments {
      guard let tensor = rest.removeValue(forKey: expected.name) else { throw .missing(expected.name) }
      guard tensor.shape == expected.shape else {
        throw .wrongShape(expected.name, found: tensor.shape, expected: expected.shape)
      }
    }
    if let unknown = rest.keys.min() { throw .unknown(unknown) }
    let values = Dictionary(uniqueKeysWithValues: moments.map { ($0.name, $0.values) })
    for parameter in parameters { parameter.load(values) }
    self.steps = steps
  }
}

/// Partition `part` of `parts` of `count` rows, cut at multiples of 8.
public func partition(_ part: Int, of parts: Int, count: Int) -> Range<Int> {
  let tiles = (count + 7) / 8
  let start = tiles * part / parts * 8
  let end = tiles * (part + 1) / parts * 8
  return min(start, count)..<min(end, count)
}

/// The optimizer's buffers for one layer.
private final class LayerParameters {
  let layer: DenseLayer
  let firstWeightMoment, secondWeightMoment: PanelMatrix
  let biasGradient, firstBiasMoment, secondBiasMoment: Matrix

  init(_ layer: DenseLayer) {
    func weights() -> PanelMatrix { PanelMatrix(rows: layer.place.inputs, columns: layer.place.outputs) }
    func bias() -> Matrix { Matrix(rows: 1, columns: layer.place.outputs) }
    self.layer = layer
    (firstWeightMoment, secondWeightMoment) = (weights(), weights())
    (biasGradient, firstBiasMoment, secondBiasMoment) = (bias(), bias(), bias())
  }

  func computeGradientAndUpdateWeights(
    from pass: BatchPass, batch: Int, _ factors: AdamFactors, part: Int, of parts: Int
  ) {
    let inputs = partition(part, of: parts, count: layer.place.inputs)
    guard !inputs.isEmpty else { return }
    let buffers = pass.buffers(of: layer)
    let sparse = buffers.sparseInput
    if let sparse { pass.kernels.findRows(of: sparse, columns: inputs, batch: batch) }
    pass.kernels.stepWeights(
      layer.weights, transposed: layer.transposed, firstMoments: firstWeightMoment,
      secondMoments: secondWeightMoment, factors: factors, input: buffers.input,
      outputGradient: buffers.outputGradient, batch: batch, inputs: inputs, sparse: sparse)
  }

  func computeGradientAndUpdateBias(
    from pass: BatchPass, batch: Int, _ factors: AdamFactors, part: Int, of parts: Int
  ) {
    let vectors = (layer.place.outputs + 15) / 16
    let columns = vectors * part / parts * 16..<vectors * (part + 1) / parts * 16
    guard !columns.isEmpty else { return }
    pass.kernels.biasGradient(
      pass.buffers(of: layer).outputGradient, batch: batch, into: biasGradient, columns: columns)
    pass.kernels.adam(
      layer.bias, gradients: biasGradient, firstMoments: firstBiasMoment, secondMoments: secondBiasMoment,
      factors: factors, columns: columns)
  }

  func load(_ values: [String: [Float]]) {
    func value(_ name: String) -> [Float] { values[name] ?? [] }
    firstWeightMoment.transposedValues = value(layer.weightName + ".exp_avg")
    secondWeightMoment.transposedValues = value(layer.weightName + ".exp_avg_sq")
    firstBiasMoment.setRow(0, to: value(layer.biasName + ".exp_avg"))
    secondBiasMoment.setRow(0, to: value(layer.biasName + ".exp_avg_sq"))
  }
}
