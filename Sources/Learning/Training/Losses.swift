import Networks

/// The losses of a batch, or their mean over several images.
public struct Losses: Sendable, Hashable {
  /// The weighted sum, which training minimises.
  public var total: Double
  /// The mean squared error over all pixels.
  public var reconstruction: Double
  /// The error of the typed codes, summed over the typed coordinates, the mean over the rows in which it
  /// counts; 0 where there are none.
  public var coordinates: Double
  /// The weighted losses of a staged encoder's locator and compass.
  public var stages: Double

  /// Creates the losses.
  public init(total: Double, reconstruction: Double, coordinates: Double, stages: Double = 0) {
    self.total = total
    self.reconstruction = reconstruction
    self.coordinates = coordinates
    self.stages = stages
  }

  /// Zero.
  static let zero = Losses(total: 0, reconstruction: 0, coordinates: 0)

  /// The losses of the `count` rows of `pass` after `measureLosses`.
  ///
  /// - Parameter groups: the rows of each group of `plan`.
  init(of pass: BatchPass, _ plan: StepPlan, groups: [Range<Int>], count: Int) {
    self = .zero
    let pixels = Double(count * pass.network.architecture.valueCount)
    reconstruction = pass.squaredErrors.sum(rows: 0..<count) / pixels
    total = Double(plan.reconstructionWeight) * reconstruction
    var counted = 0
    for (group, rows) in zip(plan.groups, groups) where group.coordinateWeight != 0 {
      let sum = pass.codeErrors.sum(rows: rows)
      coordinates += sum
      total += Double(group.coordinateWeight) * sum / Double(count)
      counted += rows.count
    }
    coordinates /= Double(max(counted, 1))
    if plan.learning.contains(.typedHeads), plan.stageWeights != .none {
      stages = pass.stageErrors.sum(rows: 0..<count) / Double(count)
      total += stages
    }
  }

  /// Adds `weight` times other losses.
  mutating func add(_ other: Losses, weight: Double) {
    total += weight * other.total
    reconstruction += weight * other.reconstruction
    coordinates += weight * other.coordinates
    stages += weight * other.stages
  }

  /// The first part that is not finite.
  var notFinite: LossPart? {
    if !reconstruction.isFinite { return .reconstruction }
    if !coordinates.isFinite { return .coordinates }
    if !stages.isFinite { return .stages }
    return total.isFinite ? nil : .total
  }
}

/// A part of the loss, with its name.
public enum LossPart: String, Sendable, Hashable {
  /// The weighted sum of the others.
  case total = "loss"
  /// The loss of the pixels.
  case reconstruction = "reconstruction loss"
  /// The loss of the typed codes.
  case coordinates = "code loss"
  /// The loss of a staged encoder's locator and compass.
  case stages = "locator and compass loss"
  /// The weighted sum over the held-out images.
  case heldOut = "held-out loss"
}
