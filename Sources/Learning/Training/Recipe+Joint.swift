import Coordinates
import Networks
import Primitives

extension Recipe {
  /// The default number of epochs.
  public static let jointEpochs = 30

  /// The joint recipe: one phase in which all parts learn.
  ///
  /// The first group of a batch is upright, the others are transformed at random. All but the last group are
  /// decoded with the true code of a target transformed independently; the last group is decoded with the
  /// encoder's code, against its own input.
  public static func joint(
    for architecture: NetworkArchitecture, epochs: Int = jointEpochs, settings: JointSettings? = nil
  ) -> Recipe {
    let settings = settings ?? JointSettings(for: architecture)
    let weight = settings.coordinateWeight
    return Recipe(
      name: "joint",
      phases: [
        Phase(
          name: "learn everything", epochs: epochs,
          plan: StepPlan(
            learning: Set(NetworkPart.allCases),
            groups: [
              StepPlan.Group(
                fraction: settings.uprightFraction, input: .upright, target: .independent, code: .truth,
                coordinateWeight: weight),
              StepPlan.Group(
                fraction: max(0, 1 - settings.uprightFraction - settings.ownCodeFraction),
                input: .transformed, target: .independent, code: .truth, coordinateWeight: weight),
              StepPlan.Group(
                fraction: settings.ownCodeFraction, input: .transformed, target: .transformed,
                code: .encoded, coordinateWeight: weight),
            ],
            reconstructionWeight: 1, coordinateLoss: settings.coordinateLoss,
            stageWeights: settings.stageWeights))
      ],
      batchSize: settings.batchSize, learningRate: settings.learningRate, schedule: .oneCycle,
      weightDecay: settings.weightDecay, jitter: settings.jitter)
  }
}

/// The settings of the joint recipe.
public struct JointSettings: Sendable, Hashable {
  /// The number of images in a batch.
  public var batchSize: Int
  /// The peak learning rate.
  public var learningRate: Double
  /// AdamW's weight decay.
  public var weightDecay: Double
  /// The loss of the codes.
  public var coordinateLoss: StepPlan.CoordinateLoss
  /// The weight of the codes' loss.
  public var coordinateWeight: Float
  /// The weights of the losses of a staged encoder's stages.
  public var stageWeights: StepPlan.StageWeights
  /// The random shift of inputs.
  public var jitter: Recipe.Jitter?
  /// The fraction of a batch that is upright.
  public var uprightFraction: Double
  /// The fraction of a batch that is decoded with the encoder's code.
  public var ownCodeFraction = 0.25

  /// The settings that did best on held-out training images for a kind of encoder.
  public init(for architecture: NetworkArchitecture) {
    let isStaged = architecture.encoderKind == .staged
    batchSize = isStaged ? 256 : 64
    learningRate = isStaged ? 3e-3 : 2.5e-3 * Self.rateFactor(of: architecture.imageShape)
    weightDecay = isStaged ? 0.05 : 0
    coordinateLoss = .chord
    coordinateWeight = isStaged ? 0.05 : 0.03
    uprightFraction = isStaged ? 0.25 : 0.1875
    stageWeights = isStaged ? StepPlan.StageWeights(locator: 0.2, compass: 0.02) : .none
    let readsShifts = [.shiftX, .shiftY].contains { architecture.schema.index(of: $0) != nil }
    jitter = isStaged && !readsShifts ? Recipe.Jitter(fraction: 0.1, pixels: 1) : nil
  }

  /// The factor of a direct encoder's learning rate: 1 for images of up to as many values as MNIST's, and for
  /// larger ones the inverse square root of the ratio, without which units saturate.
  private static func rateFactor(of shape: ImageShape) -> Double {
    min(1, (Double(ImageShape.mnist.valueCount) / Double(shape.valueCount)).squareRoot())
  }
}
