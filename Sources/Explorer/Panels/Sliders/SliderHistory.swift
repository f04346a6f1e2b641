import Networks

/// The sliders' earlier positions, and those that were undone.
///
/// Consecutive moves of one slider count as one. The history is cleared when the sample or the model
/// changes.
struct SliderHistory: Equatable {
  private var past: [LatentPoint] = []
  private var future: [LatentPoint] = []
  /// The slider moved last, if nothing else has changed since.
  private var moving: Int?

  /// The largest number of positions.
  private static let limit = 200

  /// Records `sliders` before a change: of one slider, or of several for nil.
  mutating func keep(_ sliders: LatentPoint, slider: Int? = nil) {
    if slider == nil || slider != moving {
      past.append(sliders)
      if past.count > Self.limit { past.removeFirst() }
    }
    moving = slider
    future = []
  }

  /// Returns the position before the last change and records the current one for `redo`.
  mutating func undo(_ current: LatentPoint) -> LatentPoint? {
    guard let earlier = past.popLast() else { return nil }
    future.append(current)
    moving = nil
    return earlier
  }

  /// Returns the position undone last and records the current one for `undo`.
  mutating func redo(_ current: LatentPoint) -> LatentPoint? {
    guard let later = future.popLast() else { return nil }
    past.append(current)
    moving = nil
    return later
  }
}
