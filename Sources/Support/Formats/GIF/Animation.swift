/// Pictures of one size and colour mode that repeat endlessly.
public struct Animation: Sendable, Hashable {
  /// The frames; at least one.
  public let frames: [PixelImage]
  /// The duration of each frame, in hundredths of a second, from 1 to 65,535.
  ///
  /// Viewers replace durations below 2 by a slow default.
  public let delay: Int

  /// Creates an animation from pictures of one size and colour mode.
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
