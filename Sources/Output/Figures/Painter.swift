import Coordinates
import Datasets
import Formats
import Kernels
import Networks
import Primitives
import Training

/// A renderer of decoded pictures and of the transformed samples to compare them with.
public final class Painter {
  private let model: TypedModel
  private let inference: Inference
  private let samples: Samples

  /// Creates a painter of `model`; `samples` are drawn by index.
  public init(_ model: TypedModel, samples: Samples = .encoderOutputs(data: "", [])) throws(TensorMismatch) {
    self.model = model
    self.samples = samples
    inference = try Inference(model)
  }

  /// The free latents of an upright sample with neutral typed values.
  public func latentPoint(of sample: Int) -> LatentPoint {
    let latents =
      switch samples {
      case .images(_, _, let images): inference.encode(sample, of: images).latents
      case .encoderOutputs(_, let points): points[sample].latents
      }
    return LatentPoint(values: model.architecture.schema.neutralValues, latents: latents)
  }

  /// Decodes points into pictures.
  public func pictures(of points: [LatentPoint]) -> [PixelImage] {
    guard !points.isEmpty else { return [] }
    let images = Matrix(rows: points.count, columns: model.architecture.valueCount)
    inference.decode(points, into: images)
    return points.indices.map { picture(images.row($0)) }
  }

  /// A sample transformed by the typed values of points; nil without images.
  public func truth(of sample: Int, at points: [LatentPoint]) -> [PixelImage]? {
    guard case .images(_, _, let images) = samples else { return nil }
    return points.map { picture(transformer.image(sample, of: images, values: $0.values)) }
  }

  private func picture(_ intensities: [Float]) -> PixelImage {
    let shape = model.architecture.imageShape
    return PixelImage(planes: intensities, width: shape.width, height: shape.height)
  }

  private var transformer: ImageTransformer {
    ImageTransformer(
      shape: model.architecture.imageShape, schema: model.architecture.schema,
      interpolation: model.details.interpolation)
  }
}
