import Coordinates
import Networks

extension Recipe {
  /// The epochs of the joint recipe.
  public static let jointEpochs = 30

  /// The joint recipe: one phase in which everything learns.
  ///
  /// The first part of a batch is upright, the rest is transformed by values drawn at random. All but the
  /// last part is decoded with the true code of other values, drawn for the target alone; the last part is
  /// decoded with the code that the encoder reads, against its own input.
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
          groups: [
            Phase.Group(fraction: settings.uprightFraction, input: .upright, target: .independent),
            Phase.Group(
              fraction: max(0, 1 - settings.uprightFraction - settings.ownCodeFraction), input: .transformed,
              target: .independent),
            Phase.Group(fraction: settings.ownCodeFraction, input: .transformed, target: .transformed),
          ],
          plan: StepPlan(
            learning: Set(NetworkPart.allCases),
            tasks: [
              StepPlan.Task(code: .truth, coordinateWeight: weight),
              StepPlan.Task(code: .truth, coordinateWeight: weight),
              StepPlan.Task(code: .encoded, coordinateWeight: weight),
            ],
            reconstructionWeight: 1, coordinateLoss: settings.coordinateLoss,
            stageWeights: settings.stageWeights))
      ],
      batchSize: settings.batchSize, learningRate: settings.learningRate, schedule: .oneCycle,
      weightDecay: settings.weightDecay, jitter: settings.jitter)
  }
}

/// What can be set about the joint recipe.
public struct JointSettings: Sendable, Hashable {
  /// Images in a batch.
  public var batchSize: Int
  /// The learning rate at its height.
  public var learningRate: Double
  /// AdamW's weight decay.
  public var weightDecay: Double
  /// How far a code lies from the true one.
  public var coordinateLoss: StepPlan.CoordinateLoss
  /// The weight of that.
  public var coordinateWeight: Float
  /// The weights of a staged encoder's stages.
  public var stageWeights: StepPlan.StageWeights
  /// Which inputs are shifted a little.
  public var jitter: Recipe.Jitter?
  /// The share of a batch that is upright.
  public var uprightFraction: Double
  /// The share of a batch that is decoded with the code that is read.
  public var ownCodeFraction = 0.25

  /// The settings that did best on held-out training images for a kind of network.
  public init(for architecture: NetworkArchitecture) {
    let isStaged = architecture.encoderKind == .staged
    batchSize = isStaged ? 256 : 64
    learningRate = isStaged ? 3e-3 : 2.5e-3
    weightDecay = isStaged ? 0.05 : 0
    coordinateLoss = .chord
    coordinateWeight = isStaged ? 0.05 : 0.03
    uprightFraction = isStaged ? 0.25 : 0.1875
    stageWeights = isStaged ? StepPlan.StageWeights(locator: 0.2, compass: 0.02) : .none
    let readsShifts = [.shiftX, .shiftY].contains { architecture.schema.index(of: $0) != nil }
    jitter = isStaged && !readsShifts ? Recipe.Jitter(fraction: 0.1, pixels: 1) : nil
  }
}
