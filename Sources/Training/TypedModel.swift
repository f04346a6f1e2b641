import Coordinates
import Kernels
import Networks

/// A trained typed autoencoder with what is known about it: what a model file holds.
public struct TypedModel: Sendable, Hashable {
  /// Coordinates and widths.
  public var architecture: NetworkArchitecture
  /// All weights and biases.
  public var weights: [NamedTensor]
  /// How it was trained and what its latents are like.
  public var details: ModelDetails

  /// How many numbers all weights and biases are.
  public var parameterCount: Int { weights.reduce(0) { $0 + $1.values.count } }

  /// Puts weights and details together.
  public init(architecture: NetworkArchitecture, weights: [NamedTensor], details: ModelDetails) {
    self.architecture = architecture
    self.weights = weights
    self.details = details
  }

  /// The weights of a run whose next batch is at `position`, which learns from the data set `data`.
  public init(
    _ configuration: TrainingConfiguration, weights: [NamedTensor], at position: TrainingPosition,
    data: String
  ) {
    self.init(architecture: configuration.architecture, weights: weights, details: ModelDetails())
    details.recipe = configuration.recipe.completed(at: position)
    details.seed = configuration.seed
    details.data = data
  }
}

extension TrainingRun {
  /// The model as it is now, which learns from the data set called `data`; its latents are not measured.
  public func model(data: String) -> TypedModel {
    TypedModel(configuration, weights: weights, at: position, data: data)
  }
}

/// What is known about a model besides its weights; all of it may be missing.
public struct ModelDetails: Sendable, Hashable {
  /// The recipe that trained it.
  public var recipe: Recipe?
  /// The seed of its training.
  public var seed: UInt64?
  /// The name of the data set that it learnt from.
  public var data: String?
  /// The distribution of each free latent over upright images; empty when unknown.
  public var statistics: [LatentStatistics]
  /// Readings of some test images, for those who have the model but not the data.
  public var encoderOutputs: [EncoderOutput]

  /// Nothing is known.
  public init() {
    statistics = []
    encoderOutputs = []
  }

  /// How the model's training sampled transformed images; bilinear where that is unknown.
  public var interpolation: Interpolation { recipe?.interpolation ?? .bilinear }
}

/// What the encoder read from one upright test image.
public struct EncoderOutput: Sendable, Hashable, Codable {
  /// The image's number in its split.
  public var index: Int
  /// The image's class.
  public var label: Int
  /// The value of each typed coordinate.
  public var values: [Double]
  /// The free latents.
  public var latents: [Float]

  /// Names the numbers.
  public init(index: Int, label: Int, values: [Double], latents: [Float]) {
    self.index = index
    self.label = label
    self.values = values
    self.latents = latents
  }
}
