/// The losses of a training step and the parts that it updates.
public struct StepPlan: Sendable, Hashable {
  /// The source of the typed code that the decoder uses.
  public enum CodeSource: String, Sendable, Codable {
    /// The true code of the target's transform.
    case truth
    /// The encoder's code of the input.
    case encoded = "read"
  }

  /// The use of the codes of a row.
  public struct Task: Sendable, Hashable, Codable {
    /// The code that the decoder uses.
    public var code: CodeSource
    /// The weight of each typed coordinate's loss.
    public var coordinateWeight: Float

    /// Creates a task.
    public init(code: CodeSource, coordinateWeight: Float) {
      self.code = code
      self.coordinateWeight = coordinateWeight
    }

    /// Tells whether the encoder's code is needed.
    var needsEncodedCodes: Bool { code == .encoded || coordinateWeight != 0 }
  }

  /// The distance of a code from the true one.
  public enum CoordinateLoss: String, Sendable, CaseIterable, Codable {
    /// The mean of the squared differences.
    case squared
    /// √(sum of the squared differences + 0.0001), less sensitive to large errors.
    case chord
  }

  /// The parts that learn; the others are frozen.
  public var learning: Set<NetworkPart>
  /// The tasks; each row of a batch has one of them.
  public var tasks: [Task]
  /// The weight of the mean squared error over all pixels.
  public var reconstructionWeight: Float
  /// The loss of the codes.
  public var coordinateLoss: CoordinateLoss
  /// The weights of the losses of a staged encoder's locator and compass, against every row's true code.
  public var stageWeights: StageWeights

  /// The weights of the losses of a staged encoder's first stages.
  public struct StageWeights: Sendable, Hashable, Codable {
    /// The weight of the locator's mean squared error.
    public var locator: Float
    /// The weight of the compass's cross-entropy.
    public var compass: Float

    /// Creates the weights.
    public init(locator: Float, compass: Float) {
      self.locator = locator
      self.compass = compass
    }

    /// No loss.
    public static let none = StageWeights(locator: 0, compass: 0)
  }

  /// Creates a plan.
  public init(
    learning: Set<NetworkPart>, tasks: [Task], reconstructionWeight: Float,
    coordinateLoss: CoordinateLoss = .squared, stageWeights: StageWeights = .none
  ) {
    self.learning = learning
    self.tasks = tasks
    self.reconstructionWeight = reconstructionWeight
    self.coordinateLoss = coordinateLoss
    self.stageWeights = stageWeights
  }

  /// Creates a plan with the same task for every row.
  public init(
    learning: Set<NetworkPart>, code: CodeSource, reconstructionWeight: Float, coordinateWeight: Float
  ) {
    self.init(
      learning: learning, tasks: [Task(code: code, coordinateWeight: coordinateWeight)],
      reconstructionWeight: reconstructionWeight)
  }

  /// Tells whether the encoder is frozen and only its latents are needed.
  public var needsLatentsOnly: Bool { !needsEncodedCodes && learning.isDisjoint(with: NetworkPart.encoder) }

  /// Tells whether the encoder's codes are needed.
  var needsEncodedCodes: Bool { learning.contains(.typedHeads) || tasks.contains(where: \.needsEncodedCodes) }

  /// Tells whether the reconstruction's gradient reaches the encoder.
  var passesThroughDecoder: Bool {
    learning.contains(.latentHead) || learning.contains(.backbone)
      || (learning.contains(.typedHeads) && tasks.contains { $0.code == .encoded })
  }
}
