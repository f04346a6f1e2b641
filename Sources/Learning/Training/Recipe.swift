import Kernels
import Networks

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A training procedure: successive phases and their common settings.
public struct Recipe: Sendable, Hashable, Codable {
  /// The course of the learning rate within a phase.
  public enum Schedule: String, Sendable, CaseIterable, Codable {
    /// A constant rate.
    case constant
    /// One cycle with cosine shapes: from a tenth to the peak after 15 % of the steps, then down to a
    /// thousandth.
    case oneCycle = "one-cycle"
  }

  /// A random shift of inputs that neither target nor code contains.
  ///
  /// If images are centred by mass on whole pixels, the residue of the centring reveals the upright
  /// direction. An encoder that never sees it disturbed learns that instead of the shape.
  public struct Jitter: Sendable, Hashable, Codable {
    /// The fraction of the images, chosen anew in each epoch.
    public var fraction: Double
    /// The largest shift in either direction of both axes, in pixels.
    public var pixels: Double

    private enum CodingKeys: String, CodingKey {
      case fraction = "share"
      case pixels
    }

    /// Creates a jitter.
    public init(fraction: Double, pixels: Double) {
      self.fraction = fraction
      self.pixels = pixels
    }
  }

  /// The name on the command line.
  public var name: String
  /// The phases in order.
  public var phases: [Phase]
  /// The number of images in a batch; the last batch of an epoch may be smaller.
  public var batchSize: Int
  /// Adam's peak learning rate, in every phase.
  public var learningRate: Double
  /// The course of the learning rate within a phase.
  public var schedule: Schedule
  /// AdamW's weight decay.
  public var weightDecay: Double
  /// The interpolation of transformed images.
  public var interpolation: Interpolation
  /// The random shift of inputs.
  public var jitter: Jitter?

  /// Creates a recipe.
  public init(
    name: String, phases: [Phase], batchSize: Int = 128, learningRate: Double = 1e-3,
    schedule: Schedule = .constant, weightDecay: Double = 0, interpolation: Interpolation = .bilinear,
    jitter: Jitter? = nil
  ) {
    self.name = name
    self.phases = phases
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.schedule = schedule
    self.weightDecay = weightDecay
    self.interpolation = interpolation
    self.jitter = jitter
  }
}

extension Recipe.Schedule {
  /// The fraction of the peak learning rate at step `step` of `count`, counted from 0.
  func rate(step: Int, of count: Int) -> Double {
    guard self == .oneCycle else { return 1 }
    let (start, end, rise) = (0.1, 0.001, 0.15)
    let progress = Double(step) / Double(max(count, 1))
    func cosine(_ from: Double, _ to: Double, _ fraction: Double) -> Double {
      to + (from - to) * (1 + cos(.pi * min(fraction, 1))) / 2
    }
    return progress < rise
      ? cosine(start, 1, progress / rise) : cosine(1, end, (progress - rise) / (1 - rise))
  }
}

extension Recipe {
  /// Tells whether each image has the same latents during the whole phase, so that they are encoded only
  /// once.
  package func hasConstantLatents(in phase: Phase) -> Bool {
    jitter == nil && phase.plan.needsLatentsOnly && phase.plan.groups.allSatisfy { $0.input == .upright }
  }
}
