import Coordinates
import Datasets
import Kernels
import Networks

/// How well a typed autoencoder does on images that it has not seen.
///
/// Errors are means of squared differences per pixel, pixels in [0, 1]. Every figure about transformed images
/// is a mean over 24 transforms of each image: a full rotation takes the angles k · 15°, a limited one 24
/// angles spread evenly over its range, and other coordinates values drawn at random.
public struct Evaluation: Sendable, Hashable {
  /// Figures of reconstructions and steering.
  public var images: ImageFigures
  /// The angle's figures; absent where the model reads no rotation.
  public var angle: AngleFigures?
  /// The same where each image is first shifted by up to one pixel either way, in both directions: what is
  /// left of centring by mass tells far less of which way is up.
  public var leakFreeAngle: AngleFigures?
  /// The errors of shifts in pixels and of the scale's natural logarithm, in order of declaration.
  public var offsets: [OffsetFigures]
  /// What the latents hold and leave out.
  public var latents: LatentFigures
  /// The figures of each class that occurs, in order.
  public var classes: [ClassFigures]
  /// How many images were measured.
  public var imageCount: Int
  /// How images were transformed.
  public var interpolation: Interpolation

  /// How many transforms of each image were measured: 24, or one without typed coordinates.
  public var transformCount: Int

  /// How many transforms of each image are measured where there are any.
  static let transformCount = 24
}

/// Figures of what is drawn.
public struct ImageFigures: Sendable, Hashable {
  /// Upright images, decoded with the code of no transform, against themselves.
  public var upright: Double
  /// The latents of upright images, decoded with the codes of 24 transforms, against the truth.
  public var decodedFromUpright: Double
  /// The latents of images under one random transform each, decoded with 24 codes, against the truth.
  public var decodedFromTurned: Double
  /// Transformed images, decoded with the code that the encoder reads, against themselves.
  public var ownCode: Double
  /// The mean peak signal-to-noise ratio of upright reconstructions, in decibels.
  public var uprightPeakRatio: Double
  /// The mean structural similarity of upright reconstructions.
  public var uprightSimilarity: Double
  /// The mean structural similarity of steered images.
  public var decodedFromUprightSimilarity: Double
  /// Σ|∇drawn| ÷ Σ|∇truth| of upright reconstructions: below 1 they blur.
  public var uprightSharpness: Double
  /// The same of steered images.
  public var decodedFromUprightSharpness: Double
  /// ‖D(t, z) − T D(0, z)‖ ÷ ‖T D(0, z)‖, a mean over images and transforms T with their codes t.
  public var equivariance: Double
  /// The share of steered images that, of the truth at 72 angles, resemble most one within 10° of the angle
  /// asked for; over the first 400 images, other coordinates left alone. Absent without a full rotation.
  public var realised: Double?
}

/// Figures of the angle that the encoder reads.
public struct AngleFigures: Sendable, Hashable {
  /// The absolute errors.
  public var errors: AngleErrors
  /// The absolute errors of angles modulo 180°.
  public var halfTurnErrors: AngleErrors
  /// The share of errors beyond 135°.
  public var flips: Double
  /// The share of readings that the encoder is sure of: its compass gives directions within 17.5° of the
  /// answer a probability of at least 0.9. Absent where it has no compass.
  public var confident: Double?
  /// The share of errors beyond 135° among those; absent where there are none.
  public var confidentFlips: Double?
  /// The absolute errors of what was read of a turned image, less what was read of the upright one; turns by
  /// nothing are left out.
  public var relative: AngleErrors
  /// Fisher and Lee's circular correlation of read and true angles (1983).
  public var correlation: Double

  /// From this certainty on a reading is sure.
  static let confidenceThreshold: Float = 0.9
}

/// The absolute errors of a coordinate that is no angle.
public struct OffsetFigures: Sendable, Hashable {
  /// What the coordinate means.
  public var meaning: Coordinate.Meaning
  /// The mean, in pixels or as a natural logarithm.
  public var mean: Double
  /// The median.
  public var median: Double
}

/// Figures of the free latents.
public struct LatentFigures: Sendable, Hashable {
  /// Σ over latents of (mean over images of the variance over transforms) ÷ Σ of (variance over images of the
  /// mean over transforms).
  public var invariance: Double
  /// R² of a linear regression from the latents to the angle's cosine and sine; absent without a rotation.
  public var leakage: Double?
  /// The absolute error of the angle that the encoder reads from a steered image, against the angle asked
  /// for, over every second transform; absent without a rotation.
  public var cycleAngle: AngleErrors?
  /// √(mean of ‖ẑ − z‖² over those steered images, which read ẑ) ÷ √(Σ of the latents' variances).
  public var cycleLatents: Double
  /// The share of upright images whose class a linear probe tells; absent without training images.
  public var probeUpright: Double?
  /// The same of transformed images, with the probe of upright ones.
  public var probeTransformed: Double?
}

/// Figures of the images of one class.
public struct ClassFigures: Sendable, Hashable {
  /// The class's number.
  public var label: Int
  /// How many images it has.
  public var imageCount: Int
  /// As in `ImageFigures`.
  public var upright, decodedFromUpright: Double
  /// As in `AngleFigures`, leak-free and as it is.
  public var angle, leakFreeAngle: AngleErrors?
  /// As in `AngleFigures`.
  public var halfTurnErrors, leakFreeHalfTurnErrors: AngleErrors?
  /// The shares of errors beyond 135°, and the share of sure images, leak-free.
  public var flips, leakFreeFlips, leakFreeConfident: Double?
  /// As in `LatentFigures`.
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
  /// The share of errors of at most 10°.
  public var fractionWithin10: Double
  /// The share of errors of at most 15°.
  public var fractionWithin15: Double
  /// The share of errors of at most 30°.
  public var fractionWithin30: Double

  /// Summarises `errors` in radians, of which there is at least one.
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

/// A quantile of sorted values, of which there is at least one, between the nearest two.
func quantile(_ fraction: Double, ofSorted sorted: [Double]) -> Double {
  let position = fraction * Double(sorted.count - 1)
  let lower = Int(position)
  let upper = min(lower + 1, sorted.count - 1)
  return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
}

/// Why a model cannot be evaluated.
public enum EvaluationError: Error, Equatable {
  /// The weights are not the architecture's.
  case weightsDoNotFit(TensorMismatch)
  /// There are more free latents than an evaluation has memory and time for.
  case tooManyLatents(Int)

  /// The largest number of free latents that is measured.
  public static let mostLatents = 256
}

extension EvaluationError: CustomStringConvertible {
  /// A sentence for people.
  public var description: String {
    switch self {
    case .tooManyLatents(let count):
      "the model has \(count) free latents; up to \(Self.mostLatents) can be measured"
    case .weightsDoNotFit(let mismatch): "the weights do not fit the network: \(mismatch)"
    }
  }
}
