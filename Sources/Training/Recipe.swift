import Kernels
import Networks

/// How a typed autoencoder learns: phases, one after the other, and what they share.
public struct Recipe: Sendable, Hashable, Codable {
  /// The name on the command line.
  public var name: String
  /// The phases in order.
  public var phases: [Phase]
  /// Images in a batch; the last batch of an epoch may be smaller.
  public var batchSize: Int
  /// Adam's learning rate, in every phase.
  public var learningRate: Double
  /// How transformed images are sampled.
  public var interpolation: Interpolation

  /// Names the choices.
  public init(
    name: String, phases: [Phase], batchSize: Int = 128, learningRate: Double = 1e-3,
    interpolation: Interpolation = .bilinear
  ) {
    self.name = name
    self.phases = phases
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.interpolation = interpolation
  }
}

/// One phase of a recipe: what the encoder sees, what the decoder should draw, and what learns.
public struct Phase: Sendable, Hashable, Codable {
  /// An image as it is stored, or transformed by values drawn for it anew in each epoch.
  public enum Form: String, Sendable, Codable {
    /// As it is stored.
    case upright
    /// Transformed by the drawn values; where input and target are both transformed, by the same ones.
    case transformed
  }

  /// What people read.
  public var name: String
  /// How often all images are seen.
  public var epochs: Int
  /// What the encoder sees.
  public var input: Form
  /// What the decoder should draw.
  public var target: Form
  /// The code that the decoder sees, the parts that learn, and the weights of the losses.
  public var plan: StepPlan

  /// Names the choices.
  public init(name: String, epochs: Int, input: Form, target: Form, plan: StepPlan) {
    self.name = name
    self.epochs = epochs
    self.input = input
    self.target = target
    self.plan = plan
  }
}

extension Phase {
  /// Whether each image has the same latents for the whole phase, so that they need be read only once.
  var hasConstantLatents: Bool { input == .upright && plan.takesLatentsOnly }
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

extension StepPlan: Codable {
  private enum CodingKeys: String, CodingKey {
    case learning, code, reconstructionWeight, coordinateWeight
  }

  /// Reads what `encode(to:)` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      learning: Set(try container.decode([NetworkPart].self, forKey: .learning)),
      code: try container.decode(CodeSource.self, forKey: .code),
      reconstructionWeight: try container.decode(Float.self, forKey: .reconstructionWeight),
      coordinateWeight: try container.decode(Float.self, forKey: .coordinateWeight))
  }

  /// Writes the parts in one order, so that equal plans give equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(NetworkPart.allCases.filter(learning.contains), forKey: .learning)
    try container.encode(code, forKey: .code)
    try container.encode(reconstructionWeight, forKey: .reconstructionWeight)
    try container.encode(coordinateWeight, forKey: .coordinateWeight)
  }
}
