import Coordinates
import Networks
import Training

/// A model with its display name.
public struct NamedModel: Sendable {
  /// The name in headings.
  public let name: String
  /// The weights and metadata.
  public let model: TypedModel

  /// Creates a named model.
  public init(name: String, model: TypedModel) {
    (self.name, self.model) = (name, model)
  }
}

/// The model that encodes and decodes the pictures.
public struct ModelInUse: Sendable {
  /// The name in the title line.
  public internal(set) var name: String
  /// The reference that opens it: a bundled model's name or a file's path; nil for unsaved weights from
  /// training.
  public internal(set) var reference: String?
  /// The weights and metadata.
  public let model: TypedModel
  let inference: SharedInference
  /// Tells whether inference is too slow for an immediate response to keys.
  var isLarge: Bool
  /// Tells whether its weights come from training in this session.
  var isTrained = false
  /// Tells whether its weights come from training and are not saved.
  var isUnsaved: Bool { isTrained && reference == nil }
  /// Tells whether its run stopped before the typed heads were trained.
  var headsUntrained = false

  /// The number of weights that a processor reads from memory in about a millisecond.
  private static let mostWeights = 2_000_000

  /// Prepares `model` for inference on a few images at a time.
  public init(name: String, reference: String? = nil, model: TypedModel) throws(TensorMismatch) {
    self.name = name
    self.reference = reference
    self.model = model
    inference = SharedInference(try Inference(model))
    isLarge = model.parameterCount > Self.mostWeights
  }

  var schema: CoordinateSchema { model.architecture.schema }
}
