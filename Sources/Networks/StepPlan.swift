/// What one training step computes and which parts it moves.
public struct StepPlan: Sendable, Hashable {
  /// Where the typed code that the decoder sees comes from.
  public enum CodeSource: String, Sendable, Codable {
    /// It is the true code of the target's transform.
    case truth
    /// It is what the encoder reads from the input.
    case encoded = "read"
  }

  /// What is done with the codes of a row.
  public struct Task: Sendable, Hashable, Codable {
    /// The code that the decoder sees.
    public var code: CodeSource
    /// The weight of the error of each typed coordinate's code.
    public var coordinateWeight: Float

    /// Names the choices.
    public init(code: CodeSource, coordinateWeight: Float) {
      self.code = code
      self.coordinateWeight = coordinateWeight
    }

    /// Whether what the encoder reads matters.
    var needsEncodedCodes: Bool { code == .encoded || coordinateWeight != 0 }
  }

  /// How far a code lies from the true one.
  public enum CoordinateLoss: String, Sendable, CaseIterable, Codable {
    /// The mean of the squared differences.
    case squared
    /// √(sum of the squared differences + 0.0001): large errors count for less than in the squared error.
    case chord
  }

  /// The parts that learn; the others are frozen.
  public var learning: Set<NetworkPart>
  /// What is done with codes: the pass says which of the tasks each row has.
  public var tasks: [Task]
  /// The weight of the mean squared error over all pixels.
  public var reconstructionWeight: Float
  /// What is measured of codes.
  public var coordinateLoss: CoordinateLoss
  /// The weights of what a staged encoder's locator and compass learn from, every row's true code.
  public var stageWeights: StageWeights

  /// The weights of the losses of a staged encoder's first stages.
  public struct StageWeights: Sendable, Hashable, Codable {
    /// That of the locator's mean squared error of codes.
    public var locator: Float
    /// That of the compass's cross-entropy.
    public var compass: Float

    /// Names the weights.
    public init(locator: Float, compass: Float) {
      self.locator = locator
      self.compass = compass
    }

    /// No stage learns.
    public static let none = StageWeights(locator: 0, compass: 0)
  }

  /// Names the choices.
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

  /// The same task for every row.
  public init(
    learning: Set<NetworkPart>, code: CodeSource, reconstructionWeight: Float, coordinateWeight: Float
  ) {
    self.init(
      learning: learning, tasks: [Task(code: code, coordinateWeight: coordinateWeight)],
      reconstructionWeight: reconstructionWeight)
  }

  /// Whether the encoder is frozen and nothing but its latents matters.
  public var needsLatentsOnly: Bool { !needsEncodedCodes && learning.isDisjoint(with: NetworkPart.encoder) }

  /// Whether what the encoder reads is needed.
  var needsEncodedCodes: Bool { learning.contains(.typedHeads) || tasks.contains(where: \.needsEncodedCodes) }

  /// Whether the reconstruction's gradient goes through the decoder to the encoder.
  var passesThroughDecoder: Bool {
    learning.contains(.latentHead) || learning.contains(.backbone)
      || (learning.contains(.typedHeads) && tasks.contains { $0.code == .encoded })
  }
}
