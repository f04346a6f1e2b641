import Coordinates
import Networks
import Training

/// A model and what people call it.
public struct NamedModel: Sendable {
  /// What a heading calls it.
  public let name: String
  /// Weights and what is known about them.
  public let model: TypedModel

  /// Names `model`.
  public init(name: String, model: TypedModel) {
    (self.name, self.model) = (name, model)
  }
}

/// The model that the pictures come from.
public struct ModelInUse {
  /// What the title line calls it.
  public internal(set) var name: String
  /// What opens it: a bundled model's name, or a file's path; absent for what has just been trained.
  public internal(set) var reference: String?
  /// Weights and what is known about them.
  public let model: TypedModel
  let inference: SharedInference
  /// Whether looking through it takes longer than a key may.
  var isLarge: Bool
  /// Whether its weights come from training in this session.
  var isTrained = false
  /// Whether its weights come from training and are in no file.
  var isUnsaved: Bool { isTrained && reference == nil }
  /// Whether a run has left its typed heads before they learnt anything.
  var headsUntrained = false

  /// Where no cache holds them, a processor reads about as many in a millisecond.
  private static let mostWeights = 2_000_000

  /// Prepares `model` for a few images at a time.
  public init(name: String, reference: String? = nil, model: TypedModel) throws(TensorMismatch) {
    self.name = name
    self.reference = reference
    self.model = model
    inference = SharedInference(try Inference(model))
    isLarge = model.parameterCount > Self.mostWeights
  }

  var schema: CoordinateSchema { model.architecture.schema }
}
