import Coordinates
import Kernels
import Networks

/// A trained typed autoencoder with its metadata: the contents of a model file.
public struct TypedModel: Sendable, Hashable {
  /// The network's architecture.
  public var architecture: NetworkArchitecture
  /// All weights and biases.
  public var weights: [NamedTensor]
  /// The metadata.
  public var details: ModelDetails

  /// The number of weights and biases.
  public var parameterCount: Int { weights.reduce(0) { $0 + $1.values.count } }

  /// Creates a model.
  public init(architecture: NetworkArchitecture, weights: [NamedTensor], details: ModelDetails) {
    self.architecture = architecture
    self.weights = weights
    self.details = details
  }

  /// Creates the model of a run on the data set `data`, whose next batch is at `position`.
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
  /// The current model of a run on the data set `data`, without statistics of its latents.
  public func model(data: String) -> TypedModel {
    TypedModel(configuration, weights: weights, at: position, data: data)
  }
}

/// The metadata of a model, all optional.
public struct ModelDetails: Sendable, Hashable {
  /// The recipe of its training.
  public var recipe: Recipe?
  /// The seed of its training.
  public var seed: UInt64?
  /// The name of the data set of its training.
  public var data: String?
  /// The distribution of each free latent over upright images; empty where unknown.
  public var statistics: [LatentStatistics]
  /// Encoder outputs of some test images, for use without the data.
  public var encoderOutputs: [EncoderOutput]

  /// Creates empty metadata.
  public init() {
    statistics = []
    encoderOutputs = []
  }

  /// The interpolation of transformed images in training; bilinear where unknown.
  public var interpolation: Interpolation { recipe?.interpolation ?? .bilinear }
}

/// The encoder's output for one upright test image.
public struct EncoderOutput: Sendable, Hashable, Codable {
  /// The image's index in its split.
  public var index: Int
  /// The image's label; nil without one.
  public var label: Int?
  /// The value of each typed coordinate.
  public var values: [Double]
  /// The free latents.
  public var latents: [Float]

  /// Creates an output.
  public init(index: Int, label: Int?, values: [Double], latents: [Float]) {
    self.index = index
    self.label = label
    self.values = values
    self.latents = latents
  }
}
