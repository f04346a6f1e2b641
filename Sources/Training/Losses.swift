/// The losses of one batch, or their mean over several images.
public struct Losses: Sendable, Hashable {
  /// The weighted sum that learning reduces.
  public var total: Double
  /// Mean squared error over all pixels.
  public var reconstruction: Double
  /// The error of the typed codes, summed over the typed coordinates, as a mean over the rows in which it
  /// counts; 0 where none is read.
  public var coordinates: Double
  /// The weighted losses of a staged encoder's locator and compass.
  public var stages: Double

  /// Names the numbers.
  public init(total: Double, reconstruction: Double, coordinates: Double, stages: Double = 0) {
    self.total = total
    self.reconstruction = reconstruction
    self.coordinates = coordinates
    self.stages = stages
  }

  /// No loss at all.
  static let zero = Losses(total: 0, reconstruction: 0, coordinates: 0)

  /// The first part that is not a finite number.
  var notFinite: LossPart? {
    if !reconstruction.isFinite { return .reconstruction }
    if !coordinates.isFinite { return .coordinates }
    if !stages.isFinite { return .stages }
    return total.isFinite ? nil : .total
  }
}

/// A loss by its name.
public enum LossPart: String, Sendable, Hashable {
  /// The weighted sum of all others.
  case total = "loss"
  /// That of the pixels.
  case reconstruction = "reconstruction's loss"
  /// That of the typed codes.
  case coordinates = "coordinates' loss"
  /// That of a staged encoder's locator and compass.
  case stages = "stages' loss"
  /// The weighted sum over the held-out images.
  case heldOut = "held-out loss"
}
