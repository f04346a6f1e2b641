import Formats

/// Encoders for figure files, plain or inverted.
public enum FigureBytes {
  /// An image; inverted, grey images are dark on light.
  public static func png(_ image: PixelImage, isInverted: Bool) -> [UInt8] {
    PNG.encode(isInverted ? inkExchanged(image) : image)
  }

  /// A grey image with dark and light exchanged; images in colours keep them.
  private static func inkExchanged(_ image: PixelImage) -> PixelImage {
    image.colors == .grey ? image.inverted : image
  }

  /// An animation, likewise; in colours, of which it has at most 256.
  public static func gif(_ animation: Animation, isInverted: Bool) throws -> [UInt8] {
    let frames = isInverted ? animation.frames.map(inkExchanged) : animation.frames
    return try GIF.encode(Animation(frames: frames, delay: animation.delay).reducedColors)
  }

  /// A diagram, which follows its viewer's colours unless it is inverted.
  public static func svg(_ diagram: Diagram, isInverted: Bool) -> [UInt8] {
    Array(SVG.encode(diagram, theme: isInverted ? .light : nil).utf8)
  }
}

/// The default settings of figures.
public enum FigureDefaults {
  /// The enlargement of pixels.
  public static let scale = 4
  /// The images of an animation.
  public static let frames = 36
  /// The time between two images, in milliseconds.
  public static let delay = 100
}
