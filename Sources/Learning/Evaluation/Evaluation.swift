import Coordinates
import Datasets
import Kernels
import Networks
import Training

/// The figures of a typed autoencoder on images that it was not trained on.
///
/// Errors are mean squared differences per pixel, pixels in [0, 1]. Figures of transformed images are means
/// over 24 transforms of each image: full rotations by k · 15°, limited rotations at 24 angles spread evenly
/// over the range, other coordinates at random values.
public struct Evaluation: Sendable, Hashable {
  /// The figures of reconstructed and transformed images.
  public var images: ImageFigures
  /// The figures of the angle; nil without a rotation.
  public var angle: AngleFigures?
  /// The figures of the angle for images shifted by up to one pixel in both directions first. That disturbs
  /// the residue of centring by mass, which reveals the upright direction.
  public var leakFreeAngle: AngleFigures?
  /// The errors of shifts, in pixels, and of the scale's natural logarithm, in order of declaration.
  public var offsets: [OffsetFigures]
  /// The figures of the free latents.
  public var latents: LatentFigures
  /// The figures of each class that occurs, in order.
  public var classes: [ClassFigures]
  /// The number of images.
  public var imageCount: Int
  /// The interpolation of transformed images.
  public var interpolation: Interpolation

  /// The number of transforms of each image: 24, or one without typed coordinates.
  public var transformCount: Int

  /// The number of transforms of each image where there are typed coordinates.
  static let transformCount = 24
}

/// Figures of decoded images.
public struct ImageFigures: Sendable, Hashable {
  /// The error of upright images, decoded with the neutral code.
  public var upright: Double
  /// The steering error: that of images decoded from the latents of upright images with the codes of 24
  /// transforms.
  public var decodedFromUpright: Double
  /// The error of images decoded from the latents of images under one random transform with 24 codes.
  public var decodedFromTurned: Double
  /// The error of transformed images, reconstructed with the encoder's code.
  public var ownCode: Double
  /// The mean peak signal-to-noise ratio of upright reconstructions, in decibels, over images with an error;
  /// nil (undefined) where no image has one.
  public var uprightPeakRatio: Double?
  /// The mean structural similarity of upright reconstructions.
  public var uprightSimilarity: Double
  /// The mean structural similarity of images decoded from upright latents.
  public var decodedFromUprightSimilarity: Double
  /// Σ|∇decoded| ÷ Σ|∇truth| of upright reconstructions; below 1 they are blurred. Nil (undefined) where the
  /// truth is uniform.
  public var uprightSharpness: Double?
  /// Σ|∇decoded| ÷ Σ|∇truth| of images decoded from upright latents; nil (undefined) where the truth is uniform.
  public var decodedFromUprightSharpness: Double?
  /// ‖D(t, z) − T D(0, z)‖ ÷ ‖T D(0, z)‖, the mean over images and transforms T with their codes t for which
  /// T D(0, z) is not zero; nil (undefined) without any.
  public var equivariance: Double?
  /// The fraction of decoded images whose nearest true image, of 72 angles, is within 10° of the requested
  /// angle; over the first 400 images, with other coordinates neutral. Nil without a full rotation.
  public var realised: Double?
}

/// Figures of the encoder's angle.
public struct AngleFigures: Sendable, Hashable {
  /// The absolute errors.
  public var errors: AngleErrors
  /// The absolute errors of angles modulo 180°.
  public var halfTurnErrors: AngleErrors
  /// The fraction of errors beyond 135°.
  public var flips: Double
  /// The fraction of confident estimates: the compass gives directions within 17.5° of its answer a
  /// probability of at least 0.9. Nil without a compass.
  public var confident: Double?
  /// The fraction of errors beyond 135° among the confident estimates; nil where there are none.
  public var confidentFlips: Double?
  /// The absolute errors of the difference between a rotated image's angle and the upright one's; rotations
  /// by 0° are excluded.
  public var relative: AngleErrors
  /// The circular correlation of estimated and true angles (Fisher and Lee, 1983); nil (undefined) where one of
  /// them is constant.
  public var correlation: Double?

  /// The lowest certainty of a confident estimate.
  static let confidenceThreshold: Float = 0.9
}

/// The absolute errors of a coordinate that is not an angle.
public struct OffsetFigures: Sendable, Hashable {
  /// The coordinate's meaning.
  public var meaning: Coordinate.Meaning
  /// The mean, in pixels or as a natural logarithm.
  public var mean: Double
  /// The median.
  public var median: Double
}

/// Figures of the free latents.
public struct LatentFigures: Sendable, Hashable {
  /// Σ over latents of (mean over images of the variance over transforms) ÷ Σ of (variance over images of the
  /// mean over transforms); nil (undefined) where the latents do not vary over images.
  public var invariance: Double?
  /// R² of a linear regression from the latents to the angle's cosine and sine; nil without a rotation, and
  /// (undefined) where the latents do not vary.
  public var leakage: Double?
  /// The absolute error of the angle encoded from a decoded image, against the requested angle, over every
  /// second transform; nil without a rotation.
  public var cycleAngle: AngleErrors?
  /// √(mean of ‖ẑ − z‖² over those decoded images, encoded as ẑ) ÷ √(Σ of the latents' variances); nil
  /// (undefined) where the latents do not vary over images.
  public var cycleLatents: Double?
  /// The accuracy of a linear probe of the class on upright images; nil without training images.
  public var probeUpright: Double?
  /// The accuracy of the same probe on transformed images.
  public var probeTransformed: Double?
}

/// Figures of the images of one class.
public struct ClassFigures: Sendable, Hashable {
  /// The class's label.
  public var label: Int
  /// The number of images.
  public var imageCount: Int
  /// The errors of `ImageFigures`.
  public var upright, decodedFromUpright: Double
  /// The leak-free and the plain errors of `AngleFigures`.
  public var angle, leakFreeAngle: AngleErrors?
  /// The errors of `AngleFigures` modulo 180°.
  public var halfTurnErrors, leakFreeHalfTurnErrors: AngleErrors?
  /// The fractions of errors beyond 135°, and the leak-free fraction of confident estimates.
  public var flips, leakFreeFlips, leakFreeConfident: Double?
  /// The accuracy of `LatentFigures`.
  public var probeTransformed: Double?
}

/// A summary of absolute angle errors.
public struct AngleErrors: Sendable, Hashable {
  /// The mean.
  public var mean: Angle
  /// The median.
  public var median: Angle
  /// The 90th percentile.
  public var percentile90: Angle
  /// The fraction of errors of at most 10°.
  public var fractionWithin10: Double
  /// The fraction of errors of at most 15°.
  public var fractionWithin15: Double
  /// The fraction of errors of at most 30°.
  public var fractionWithin30: Double

  /// Summarises `errors` in radians, at least one.
  init(_ errors: [Double]) {
    let sorted = errors.sorted()
    func fraction(within degrees: Double) -> Double {
      let limit = Angle(degrees: degrees).radians
      return Double(sorted.count { $0 <= limit }) / Double(sorted.count)
    }
    mean = Angle(radians: sorted.reduce(0, +) / Double(sorted.count))
    median = Angle(radians: quantile(0.5, ofSorted: sorted))
    percentile90 = Angle(radians: quantile(0.9, ofSorted: sorted))
    fractionWithin10 = fraction(within: 10)
    fractionWithin15 = fraction(within: 15)
    fractionWithin30 = fraction(within: 30)
  }
}

/// A quantile of at least one sorted value, linearly interpolated.
func quantile(_ fraction: Double, ofSorted sorted: [Double]) -> Double {
  let position = fraction * Double(sorted.count - 1)
  let lower = Int(position)
  let upper = min(lower + 1, sorted.count - 1)
  return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
}

/// A failure to evaluate a model.
public enum EvaluationError: Error, Equatable {
  /// The weights are not the architecture's.
  case weightsDoNotFit(TensorMismatch)
  /// The model has more free latents than an evaluation supports.
  case tooManyLatents(Int)

  /// The largest supported number of free latents.
  public static let maximumLatents = 256
}

extension EvaluationError: CustomStringConvertible {
  /// The error message.
  public var description: String {
    switch self {
    case .tooManyLatents(let count):
      "the model has \(count) free latents; up to \(Self.maximumLatents) can be measured"
    case .weightsDoNotFit(let mismatch): "the weights do not fit the network: \(mismatch)"
    }
  }
}
