import Networks

/// The sliders' earlier positions, and those that were taken back.
///
/// Moves of one slider in a row count as one. What the sliders mean changes with the sample and the model:
/// the history then starts anew.
struct SliderHistory: Equatable {
  private var past: [LatentPoint] = []
  private var future: [LatentPoint] = []
  /// The slider that was moved last, if nothing else has happened since.
  private var moving: Int?

  /// How many positions are kept.
  private static let limit = 200

  /// Keeps `sliders` as they are before a change: of one slider, or of several where none is named.
  mutating func keep(_ sliders: LatentPoint, slider: Int? = nil) {
    if slider == nil || slider != moving {
      past.append(sliders)
      if past.count > Self.limit { past.removeFirst() }
    }
    moving = slider
    future = []
  }

  /// The position before the last change, in exchange for the current one.
  mutating func undo(_ current: LatentPoint) -> LatentPoint? {
    guard let earlier = past.popLast() else { return nil }
    future.append(current)
    moving = nil
    return earlier
  }

  /// The position that was last taken back, in exchange for the current one.
  mutating func redo(_ current: LatentPoint) -> LatentPoint? {
    guard let later = future.popLast() else { return nil }
    past.append(current)
    moving = nil
    return later
  }
}
