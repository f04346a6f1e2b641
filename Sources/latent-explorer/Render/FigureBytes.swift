import Figures

/// The bytes of files with figures, plain or inverted.
enum FigureBytes {
  /// A picture of greys; inverted, dark on light.
  static func png(_ image: PixelImage, isInverted: Bool) -> [UInt8] {
    PNG.encode(isInverted ? image.inverted : image)
  }

  /// An animation, likewise.
  static func gif(_ animation: Animation, isInverted: Bool) throws -> [UInt8] {
    let frames = isInverted ? animation.frames.map(\.inverted) : animation.frames
    return try GIF.encode(Animation(frames: frames, delay: animation.delay))
  }

  /// A diagram, which follows its viewer's colours unless it is inverted.
  static func svg(_ diagram: Diagram, isInverted: Bool) -> [UInt8] {
    Array(SVG.encode(diagram, theme: isInverted ? .light : nil).utf8)
  }
}

/// What figures are like where nobody asks for anything else.
enum FigureDefaults {
  /// By how much pixels are enlarged.
  static let scale = 4
  /// Pictures of an animation.
  static let frames = 36
  /// Milliseconds from one to the next.
  static let delay = 100
}
