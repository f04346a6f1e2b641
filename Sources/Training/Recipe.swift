import Kernels
import Networks

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How a typed autoencoder learns: phases, one after the other, and what they share.
public struct Recipe: Sendable, Hashable, Codable {
  /// How the learning rate goes through a phase.
  public enum Schedule: String, Sendable, CaseIterable, Codable {
    /// It stays.
    case constant
    /// One cycle: along a cosine from a tenth up to its full height after 15 % of the steps, then down to a
    /// thousandth.
    case oneCycle = "one-cycle"
  }

  /// Inputs that are shifted a little, without the target or a code saying so.
  ///
  /// Where images are centred by mass on whole pixels, what is left of their offset tells which way is up:
  /// an encoder that never sees it disturbed reads that instead of the shape.
  public struct Jitter: Sendable, Hashable, Codable {
    /// The share of the images, drawn anew in each epoch.
    public var share: Double
    /// How far they are shifted either way, at most, in both directions.
    public var pixels: Double

    /// Names the numbers.
    public init(share: Double, pixels: Double) {
      self.share = share
      self.pixels = pixels
    }
  }

  /// The name on the command line.
  public var name: String
  /// The phases in order.
  public var phases: [Phase]
  /// Images in a batch; the last batch of an epoch may be smaller.
  public var batchSize: Int
  /// Adam's learning rate at its full height, in every phase.
  public var learningRate: Double
  /// How the learning rate goes through a phase.
  public var schedule: Schedule
  /// AdamW's weight decay.
  public var weightDecay: Double
  /// How transformed images are sampled.
  public var interpolation: Interpolation
  /// Which inputs are shifted a little.
  public var jitter: Jitter?

  /// Names the choices.
  public init(
    name: String, phases: [Phase], batchSize: Int = 128, learningRate: Double = 1e-3,
    schedule: Schedule = .constant, weightDecay: Double = 0, interpolation: Interpolation = .bilinear,
    jitter: Jitter? = nil
  ) {
    self.name = name
    self.phases = phases
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.schedule = schedule
    self.weightDecay = weightDecay
    self.interpolation = interpolation
    self.jitter = jitter
  }
}

extension Recipe.Schedule {
  /// The share of the full learning rate at step `step` of `count`, counted from 0.
  func rate(step: Int, of count: Int) -> Double {
    guard self == .oneCycle else { return 1 }
    let (start, end, rise) = (0.1, 0.001, 0.15)
    let progress = Double(step) / Double(max(count, 1))
    func cosine(_ from: Double, _ to: Double, _ share: Double) -> Double {
      to + (from - to) * (1 + cos(.pi * min(share, 1))) / 2
    }
    return progress < rise
      ? cosine(start, 1, progress / rise) : cosine(1, end, (progress - rise) / (1 - rise))
  }
}

/// One phase of a recipe: what the encoder sees, what the decoder should draw, and what learns.
public struct Phase: Sendable, Hashable, Codable {
  /// What the encoder sees.
  public enum InputForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by values drawn for it anew in each epoch.
    case transformed
  }

  /// What the decoder should draw.
  public enum TargetForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by the same values as a transformed input.
    case transformed
    /// The image, transformed by values drawn for the target alone.
    case independent
  }

  /// Some rows of every batch.
  public struct Group: Sendable, Hashable, Codable {
    /// Their share of the batch; the shares of all groups add up to 1.
    public var share: Double
    /// What the encoder sees.
    public var input: InputForm
    /// What the decoder should draw.
    public var target: TargetForm

    /// Names the choices.
    public init(share: Double = 1, input: InputForm, target: TargetForm) {
      self.share = share
      self.input = input
      self.target = target
    }

    /// Whether the decoder should draw what the encoder sees.
    var targetIsInput: Bool {
      (input, target) == (.upright, .upright) || (input, target) == (.transformed, .transformed)
    }
  }

  /// What people read.
  public var name: String
  /// How often all images are seen.
  public var epochs: Int
  /// The groups of a batch's rows, in order.
  public var groups: [Group]
  /// The parts that learn, the weights of the losses, and a task for each group.
  public var plan: StepPlan

  /// Names the choices.
  public init(name: String, epochs: Int, groups: [Group], plan: StepPlan) {
    precondition(
      groups.count == plan.tasks.count, "\(groups.count) groups for \(plan.tasks.count) tasks")
    self.name = name
    self.epochs = epochs
    self.groups = groups
    self.plan = plan
  }

  /// A phase in which all rows are of one group.
  public init(name: String, epochs: Int, input: InputForm, target: TargetForm, plan: StepPlan) {
    self.init(name: name, epochs: epochs, groups: [Group(input: input, target: target)], plan: plan)
  }
}

extension Phase {
  /// The rows of each group in a batch of `count`, cut at multiples of 8: rows that kernels take together
  /// are of one group.
  func rows(of count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var share = 0.0
    for group in groups {
      share += group.share
      let start = ranges.last?.upperBound ?? 0
      let end = ranges.count == groups.count - 1 ? count : Int((share * Double(count) / 8).rounded()) * 8
      ranges.append(start..<max(start, min(end, count)))
    }
    return ranges
  }
}

extension Recipe {
  /// Whether each image has the same latents for the whole phase, so that they need be read only once.
  func hasConstantLatents(in phase: Phase) -> Bool {
    jitter == nil && phase.plan.takesLatentsOnly && phase.groups.allSatisfy { $0.input == .upright }
  }
}

extension Recipe {
  /// The epochs of the article's three phases.
  public static let articleEpochs = [25, 20, 20]

  /// The article's recipe in three phases.
  ///
  /// 1. *Autoencode*: upright images; the typed code is that of no transform; all but the typed heads learn.
  /// 2. *Teach the decoder*: the encoder is frozen and sees the upright image; the decoder learns to draw it
  ///    transformed by the code that it is given.
  /// 3. *Teach the encoder*: the decoder is frozen; the encoder sees transformed images, and its own codes
  ///    and latents are decoded; the loss is that of the reconstruction plus the coordinates'.
  ///
  /// - Parameters:
  ///   - epochs: one number for each phase.
  ///   - learnsBackbone: whether the backbone learns in phase 3.
  ///   - learnsLatentHead: whether the latent head learns in phase 3.
  ///   - coordinateWeight: the weight of the coordinates' loss in phase 3.
  public static func article(
    epochs: [Int] = articleEpochs, learnsBackbone: Bool = true, learnsLatentHead: Bool = true,
    coordinateWeight: Float = 1
  ) -> Recipe {
    precondition(epochs.count == 3, "the article's recipe has three phases, not \(epochs.count)")
    var readers: Set<NetworkPart> = [.typedHeads]
    if learnsBackbone { readers.insert(.backbone) }
    if learnsLatentHead { readers.insert(.latentHead) }
    return Recipe(
      name: "article",
      phases: [
        Phase(
          name: "autoencode", epochs: epochs[0], input: .upright, target: .upright,
          plan: StepPlan(
            learning: [.backbone, .latentHead, .decoder], code: .truth, reconstructionWeight: 1,
            coordinateWeight: 0)),
        Phase(
          name: "teach the decoder", epochs: epochs[1], input: .upright, target: .transformed,
          plan: StepPlan(learning: [.decoder], code: .truth, reconstructionWeight: 1, coordinateWeight: 0)),
        Phase(
          name: "teach the encoder", epochs: epochs[2], input: .transformed, target: .transformed,
          plan: StepPlan(
            learning: readers, code: .read, reconstructionWeight: 1, coordinateWeight: coordinateWeight)),
      ])
  }
}

extension Recipe {
  /// The epochs of the joint recipe.
  public static let jointEpochs = 30

  /// The joint recipe: one phase in which everything learns.
  ///
  /// The first quarter of a batch is upright, the rest is transformed by values drawn at random. The first
  /// three quarters are decoded with the true code of other values, drawn for the target alone; the last
  /// quarter is decoded with the code that the encoder reads, against its own input.
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
            Phase.Group(share: 0.25, input: .upright, target: .independent),
            Phase.Group(share: 0.5, input: .transformed, target: .independent),
            Phase.Group(share: 0.25, input: .transformed, target: .transformed),
          ],
          plan: StepPlan(
            learning: Set(NetworkPart.allCases),
            tasks: [
              StepPlan.Task(code: .truth, coordinateWeight: weight),
              StepPlan.Task(code: .truth, coordinateWeight: weight),
              StepPlan.Task(code: .read, coordinateWeight: weight),
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

  /// The settings that did best on held-out training images for a kind of network.
  public init(for architecture: NetworkArchitecture) {
    let isStaged = architecture.encoderKind == .staged
    batchSize = isStaged ? 256 : 128
    learningRate = 3e-3
    weightDecay = isStaged ? 0.05 : 0
    coordinateLoss = .chord
    coordinateWeight = 0.05
    stageWeights = isStaged ? StepPlan.StageWeights(locator: 0.2, compass: 0.02) : .none
    let readsShifts = [.shiftX, .shiftY].contains { architecture.schema.index(of: $0) != nil }
    jitter = isStaged && !readsShifts ? Recipe.Jitter(share: 0.2, pixels: 1) : nil
  }
}

extension StepPlan: Codable {
  private enum CodingKeys: String, CodingKey {
    case learning, tasks, reconstructionWeight, coordinateLoss, stageWeights
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      learning: Set(try container.decode([NetworkPart].self, forKey: .learning)),
      tasks: try container.decode([Task].self, forKey: .tasks),
      reconstructionWeight: try container.decode(Float.self, forKey: .reconstructionWeight),
      coordinateLoss: try container.decode(CoordinateLoss.self, forKey: .coordinateLoss),
      stageWeights: try container.decode(StageWeights.self, forKey: .stageWeights))
  }

  /// Writes the parts in one order, so that equal plans give equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(NetworkPart.allCases.filter(learning.contains), forKey: .learning)
    try container.encode(tasks, forKey: .tasks)
    try container.encode(reconstructionWeight, forKey: .reconstructionWeight)
    try container.encode(coordinateLoss, forKey: .coordinateLoss)
    try container.encode(stageWeights, forKey: .stageWeights)
  }
}
