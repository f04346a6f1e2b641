/// Pictures of one size and kind, one after the other, without an end.
public struct Animation: Sendable, Hashable {
  /// The pictures, at least one.
  public let frames: [PixelImage]
  /// How long each is shown, in hundredths of a second, from 1 to 65,535.
  ///
  /// Programs that show a GIF take less than 2 for a mistake and show it slowly.
  public let delay: Int

  /// Puts pictures of one size and kind in order.
  public init(frames: [PixelImage], delay: Int) {
    precondition(!frames.isEmpty, "an animation needs a frame")
    precondition((1...65_535).contains(delay), "a delay of \(delay) hundredths of a second")
    for frame in frames {
      precondition(
        frame.width == frames[0].width && frame.height == frames[0].height
          && frame.colors == frames[0].colors,
        "frames of \(frames[0].width) × \(frames[0].height) and \(frame.width) × \(frame.height) pixels")
    }
    (self.frames, self.delay) = (frames, delay)
  }
}
