import Kernels
import Networks

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How a typed autoencoder learns: phases, one after the other, and what they share.
public struct Recipe: Sendable, Hashable, Codable {
  /// How the learning rate goes through a phase.
  public enum Schedule: String, Sendable, CaseIterable, Codable {
    /// It stays.
    case constant
    /// One cycle: along a cosine from a tenth up to its full height after 15 % of the steps, then down to a
    /// thousandth.
    case oneCycle = "one-cycle"
  }

  /// Inputs that are shifted a little, without the target or a code saying so.
  ///
  /// Where images are centred by mass on whole pixels, what is left of their offset tells which way is up:
  /// an encoder that never sees it disturbed reads that instead of the shape.
  public struct Jitter: Sendable, Hashable, Codable {
    /// The share of the images, drawn anew in each epoch.
    public var fraction: Double
    /// How far they are shifted either way, at most, in both directions.
    public var pixels: Double

    private enum CodingKeys: String, CodingKey {
      case fraction = "share"
      case pixels
    }

    /// Names the numbers.
    public init(fraction: Double, pixels: Double) {
      self.fraction = fraction
      self.pixels = pixels
    }
  }

  /// The name on the command line.
  public var name: String
  /// The phases in order.
  public var phases: [Phase]
  /// Images in a batch; the last batch of an epoch may be smaller.
  public var batchSize: Int
  /// Adam's learning rate at its full height, in every phase.
  public var learningRate: Double
  /// How the learning rate goes through a phase.
  public var schedule: Schedule
  /// AdamW's weight decay.
  public var weightDecay: Double
  /// How transformed images are sampled.
  public var interpolation: Interpolation
  /// Which inputs are shifted a little.
  public var jitter: Jitter?

  /// Names the choices.
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
  /// The share of the full learning rate at step `step` of `count`, counted from 0.
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
  /// Whether each image has the same latents for the whole phase, so that they need be read only once.
  func hasConstantLatents(in phase: Phase) -> Bool {
    jitter == nil && phase.plan.needsLatentsOnly && phase.groups.allSatisfy { $0.input == .upright }
  }
}
