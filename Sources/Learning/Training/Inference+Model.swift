import Coordinates
import Datasets
import Networks

extension Inference {
  /// Creates an inference with `model`.
  ///
  /// - Throws: `TensorMismatch` unless its weights are its architecture's.
  public convenience init(_ model: TypedModel) throws(TensorMismatch) {
    self.init(try TypedAutoencoder(model.architecture, tensors: model.weights))
  }

  /// Encodes the image at `index` as it is stored; the network must be of its shape.
  public func encode(_ index: Int, of images: any ImageSource) -> LatentPoint {
    encode(
      ImageTransformer(
        shape: images.shape, schema: architecture.schema, interpolation: .bilinear
      ).image(index, of: images))
  }
}
