import Coordinates
import Foundation
import Primitives

@testable import Networks

/// A typed autoencoder, written as plainly as possible on arrays of `Double`: the forward
/// pass and the loss, which central differences differentiate.
struct DoubleNetwork {
  /// The arguments of a loss besides the weights: one row per image.
  struct Batch {
    var inputs, targets: [[Double]]
    var inputCodes, targetCodes: [[Double]]
    /// Which of the plan's groups each row belongs to.
    var groups: [Int]
  }

  /// The outputs of a staged encoder's first stages for an image. They have no gradient: for the
  /// loss they are constants. A direct encoder's backbone sees the image itself.
  struct Stages {
    /// The outputs of locator and compass.
    var code: [Double]
    /// The inputs of compass and backbone.
    var located, undone: [Double]
  }

  /// Values in row-major order, by name.
  var tensors: [String: [Double]]
  private let schema: CoordinateSchema
  private let isStaged, isWarped: Bool
  private let shape: ImageShape
  private let backbone, locator, compass, typedHeads, decoder: [String]
  /// The columns of a code that belong to each typed coordinate, and the first column of those that the
  /// locator and the compass read. Kept here, as they are looked at thousands of times.
  private let codeColumns: [Range<Int>], boundedColumns: [Int], rotationColumn: Int?
  private let residualDegreesOfFreedom: [Pose.Change.Component]
  /// The smallest distance of any hidden unit from the kink of its rectifier, over all rows since the start.
  private(set) var smallestPreactivation = Double.infinity
  /// The same for places at which images are sampled that weights can move.
  private(set) var smallestSampledDistance = Double.infinity
  /// True if both sides of every difference so far sampled between the same pixels.
  private(set) var staysBetweenPixels = true
  private var places = SampledPlaces()

  init(_ network: TypedAutoencoder) {
    tensors = Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values.map(Double.init)) })
    let architecture = network.architecture
    let columns = architecture.schema.codeColumns
    schema = architecture.schema
    shape = architecture.imageShape
    (isStaged, isWarped) = (architecture.encoderKind == .staged, architecture.decoderKind == .warp)
    backbone = architecture.backbone.map(\.name)
    locator = architecture.locator.map(\.name)
    compass = architecture.compass.map(\.name)
    typedHeads = architecture.typedHeads.map(\.name)
    decoder = architecture.decoder.map(\.name)
    codeColumns = columns
    boundedColumns = schema.bounded.map { columns[$0].lowerBound }
    rotationColumn = schema.typed.firstIndex(of: .rotation).map { columns[$0].lowerBound }
    residualDegreesOfFreedom = schema.residualDegreesOfFreedom
  }

  /// The outputs of the stages before the backbone with the current weights.
  mutating func stages(_ batch: Batch) -> [Stages] {
    batch.inputs.map { input in
      guard isStaged else { return Stages(code: [], located: [], undone: input) }
      var code = schema.code(of: schema.neutralValues).map(Double.init)
      if !locator.isEmpty {
        for (column, value) in zip(boundedColumns, chain(locator, input)) {
          code[column] = min(max(value, -1.25), 1.25)
        }
      }
      let located = undone(input, code)
      if let rotationColumn {
        (code[rotationColumn], code[rotationColumn + 1]) = DoubleCompass.direction(chain(compass, located))
      }
      return Stages(code: code, located: located, undone: undone(input, code))
    }
  }

  private func undone(_ image: [Double], _ code: [Double]) -> [Double] {
    let pose = DoublePose(schema, code: code)
    var places = SampledPlaces()
    return sampled(image, shape, noting: &places) { pose.moved($0, $1) }
  }

  /// The weighted sum of the pixels' mean squared error, the error of each coordinate's code, and the losses
  /// of locator and compass.
  mutating func loss(_ batch: Batch, _ plan: StepPlan, _ stages: [Stages]) -> Double {
    mainLoss(batch, plan, stages) + stageLoss(batch, plan, stages)
  }

  /// The loss without locator and compass, on whose weights it does not depend.
  private mutating func mainLoss(_ batch: Batch, _ plan: StepPlan, _ stages: [Stages]) -> Double {
    places = SampledPlaces()
    var loss = 0.0
    for row in batch.inputs.indices {
      let group = plan.groups[batch.groups[row]]
      let (codes, latents) = encoded(stages[row])
      let picture = decoded(
        group.code == .encoded ? codes : batch.targetCodes[row], latents, isMoved: group.code == .encoded)
      loss += Double(plan.reconstructionWeight) * meanSquaredError(picture, batch.targets[row])
      for columns in codeColumns {
        loss +=
          Double(group.coordinateWeight)
          * codeError(plan.coordinateLoss, Array(codes[columns]), Array(batch.inputCodes[row][columns]))
      }
    }
    smallestSampledDistance = min(smallestSampledDistance, places.smallestDistance)
    return loss / Double(batch.inputs.count)
  }

  /// The slope of the loss along one entry of a tensor, by a central difference.
  mutating func slope(
    _ name: String, _ index: Int, step: Double, _ batch: Batch, _ plan: StepPlan, _ stages: [Stages]
  ) -> Double {
    let value = tensors[name, default: []][index]
    let isStages = name.hasPrefix("locator.") || name.hasPrefix("compass.")
    tensors[name, default: []][index] = value + step
    let above = isStages ? stageLoss(batch, plan, stages) : mainLoss(batch, plan, stages)
    let placesAbove = places
    tensors[name, default: []][index] = value - step
    let below = isStages ? stageLoss(batch, plan, stages) : mainLoss(batch, plan, stages)
    tensors[name, default: []][index] = value
    if places != placesAbove { staysBetweenPixels = false }
    return (above - below) / (2 * step)
  }

  /// Codes and free latents.
  private mutating func encoded(_ stages: Stages) -> (codes: [Double], latents: [Double]) {
    var features = stages.undone
    for name in backbone { features = rectified(dense(name, features)) }
    let heads = typedHeads.map { dense($0, features) }
    let latents = dense("head_latent", features)
    guard isStaged else {
      return (zip(schema.typed, heads).flatMap { $0 == .rotation ? normalized($1) : $1 }, latents)
    }
    guard let residual = heads.first else { return (stages.code, latents) }
    func part(_ component: Pose.Change.Component) -> Double {
      residualDegreesOfFreedom.firstIndex(of: component).map { residual[$0] } ?? 0
    }
    let pose = DoublePose(schema, code: stages.code)
      .composed(
        angle: part(.angle), x: part(.x), y: part(.y), logScale: part(.logScale), shear: part(.shear))
    return (pose.code(schema), latents)
  }

  /// The picture of a code, which weights can change if it `isMoved`, and free latents.
  private mutating func decoded(_ code: [Double], _ latents: [Double], isMoved: Bool) -> [Double] {
    let picture = chain(decoder, isWarped ? latents : code + latents).map { 1 / (1 + exp(-$0)) }
    guard isWarped else { return picture }
    let pose = DoublePose(schema, code: code)
    var fixedPlaces = SampledPlaces()
    return isMoved
      ? sampled(picture, shape, noting: &places) { pose.source(of: $0, $1) }
      : sampled(picture, shape, noting: &fixedPlaces) { pose.source(of: $0, $1) }
  }

  /// The losses of locator and compass, where the encoder has them.
  private mutating func stageLoss(_ batch: Batch, _ plan: StepPlan, _ stages: [Stages]) -> Double {
    guard isStaged else { return 0 }
    var loss = 0.0
    for (row, truth) in batch.inputCodes.enumerated() {
      if !locator.isEmpty {
        let found = chain(locator, batch.inputs[row])
        loss +=
          Double(plan.stageWeights.locator) * meanSquaredError(found, boundedColumns.map { truth[$0] })
      }
      if let rotationColumn {
        let found = chain(compass, stages[row].located)
        let direction = (truth[rotationColumn], truth[rotationColumn + 1])
        loss += Double(plan.stageWeights.compass) * DoubleCompass.loss(found, direction)
      }
    }
    return loss / Double(batch.inputs.count)
  }

  /// Dense layers with rectifiers between them.
  private mutating func chain(_ layers: [String], _ input: [Double]) -> [Double] {
    var values = input
    for name in layers.dropLast() { values = rectified(dense(name, values)) }
    return dense(layers[layers.count - 1], values)
  }

  private func dense(_ name: String, _ input: [Double]) -> [Double] {
    let (weights, bias) = (tensors[name + ".weight", default: []], tensors[name + ".bias", default: []])
    return bias.indices.map { output in
      var sum = bias[output]
      for (index, value) in input.enumerated() { sum += weights[output * input.count + index] * value }
      return sum
    }
  }

  private mutating func rectified(_ values: [Double]) -> [Double] {
    for value in values { smallestPreactivation = min(smallestPreactivation, abs(value)) }
    return values.map { max($0, 0) }
  }

  private func normalized(_ raw: [Double]) -> [Double] {
    let length = max((raw[0] * raw[0] + raw[1] * raw[1]).squareRoot(), 1e-12)
    return raw.map { $0 / length }
  }

  private func codeError(_ loss: StepPlan.CoordinateLoss, _ code: [Double], _ truth: [Double]) -> Double {
    let meanSquare = meanSquaredError(code, truth)
    return loss == .squared ? meanSquare : (meanSquare * Double(code.count) + 1e-4).squareRoot()
  }

  private func meanSquaredError(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(one.count)
  }
}

/// The compass in `Double`.
enum DoubleCompass {
  private static let angles = (0..<72).map { Double($0) * 5 * .pi / 180 }

  /// The circular mean over the seven neighbouring bins with the most probability.
  static func direction(_ logits: [Double]) -> (cosine: Double, sine: Double) {
    let weights = softmax(logits)
    func window(_ middle: Int) -> [Int] { (-3...3).map { (middle + $0 + 72) % 72 } }
    let sums = (0..<72).map { window($0).reduce(0) { $0 + weights[$1] } }
    let middle = sums.indices.max { sums[$0] < sums[$1] } ?? 0
    let x = window(middle).reduce(0) { $0 + weights[$1] * cos(angles[$1]) }
    let y = window(middle).reduce(0) { $0 + weights[$1] * sin(angles[$1]) }
    return (x / (x * x + y * y).squareRoot(), y / (x * x + y * y).squareRoot())
  }

  /// The divergence of the probabilities from a von Mises distribution about the true direction, of five
  /// degrees' deviation.
  static func loss(_ logits: [Double], _ truth: (cosine: Double, sine: Double)) -> Double {
    let labels = labels(truth)
    return zip(labels, softmax(logits)).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * log($1.0 / $1.1) : 0) }
  }

  static func labels(_ truth: (cosine: Double, sine: Double)) -> [Double] {
    let spread = 5 * Double.pi / 180
    return softmax(
      angles.map { (cos($0) * truth.cosine + sin($0) * truth.sine - 1) / (spread * spread) })
  }

  private static func softmax(_ logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let weights = logits.map { exp($0 - largest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
