import Coordinates
import Networks
import Training

/// The model that the pictures come from.
public struct ModelInUse {
  /// What the title line calls it.
  public let name: String
  /// Weights and what is known about them.
  public let model: TypedModel
  let inference: Inference

  /// Prepares `model` for single images.
  public init(name: String, model: TypedModel) throws(TensorMismatch) {
    self.name = name
    self.model = model
    inference = Inference(try TypedAutoencoder(model.architecture, tensors: model.weights))
  }

  var schema: CoordinateSchema { model.architecture.schema }
}
