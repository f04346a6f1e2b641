/// A training step: the groups of a batch's rows, the losses and the parts that learn.
public struct StepPlan: Sendable, Hashable {
  /// The encoder's input.
  public enum InputForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by random values that change with each epoch.
    case transformed
  }

  /// The decoder's target.
  public enum TargetForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by the same values as the input.
    case transformed
    /// The image, transformed by random values of its own.
    case independent
  }

  /// The source of the typed code that the decoder uses.
  public enum CodeSource: String, Sendable, Codable {
    /// The true code of the target's transform.
    case truth
    /// The encoder's code of the input.
    case encoded = "read"
  }

  /// A group of rows in every batch.
  public struct Group: Sendable, Hashable {
    /// The group's fraction of the batch; those of all groups add up to 1.
    public var fraction: Double
    /// The encoder's input.
    public var input: InputForm
    /// The decoder's target.
    public var target: TargetForm
    /// The code that the decoder uses.
    public var code: CodeSource
    /// The weight of each typed coordinate's loss.
    public var coordinateWeight: Float

    /// Creates a group.
    public init(
      fraction: Double = 1, input: InputForm, target: TargetForm, code: CodeSource, coordinateWeight: Float
    ) {
      self.fraction = fraction
      self.input = input
      self.target = target
      self.code = code
      self.coordinateWeight = coordinateWeight
    }

    /// Tells whether the target equals the input.
    package var targetIsInput: Bool {
      (input, target) == (.upright, .upright) || (input, target) == (.transformed, .transformed)
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

  /// The parts that learn; the others are frozen.
  public var learning: Set<NetworkPart>
  /// The groups of a batch's rows, in order.
  public var groups: [Group]
  /// The weight of the mean squared error over all pixels.
  public var reconstructionWeight: Float
  /// The loss of the codes.
  public var coordinateLoss: CoordinateLoss
  /// The weights of the losses of a staged encoder's locator and compass, against every row's true code.
  public var stageWeights: StageWeights

  /// Creates a plan.
  public init(
    learning: Set<NetworkPart>, groups: [Group], reconstructionWeight: Float,
    coordinateLoss: CoordinateLoss = .squared, stageWeights: StageWeights = .none
  ) {
    self.learning = learning
    self.groups = groups
    self.reconstructionWeight = reconstructionWeight
    self.coordinateLoss = coordinateLoss
    self.stageWeights = stageWeights
  }
}

extension StepPlan {
  /// Tells whether the encoder is frozen and only its latents are needed.
  public var needsLatentsOnly: Bool { !needsEncodedCodes && learning.isDisjoint(with: NetworkPart.encoder) }

  /// Tells whether the encoder's codes are needed.
  var needsEncodedCodes: Bool {
    learning.contains(.typedHeads) || groups.contains(where: \.needsEncodedCodes)
  }

  /// Tells whether the reconstruction's gradient reaches the encoder.
  var passesThroughDecoder: Bool {
    learning.contains(.latentHead) || learning.contains(.backbone)
      || (learning.contains(.typedHeads) && groups.contains { $0.code == .encoded })
  }

  /// The rows of each group in a batch of `count`, cut at multiples of 8, so that tiles of the kernels do not
  /// mix groups.
  package func rows(of count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var fraction = 0.0
    for group in groups {
      fraction += group.fraction
      let start = ranges.last?.upperBound ?? 0
      let end = ranges.count == groups.count - 1 ? count : Int((fraction * Double(count) / 8).rounded()) * 8
      ranges.append(start..<max(start, min(end, count)))
    }
    return ranges
  }
}
