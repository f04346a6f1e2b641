#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The pixels of an image at the size of its drawing, one for each half cell.
struct PicturePixels {
  private let levels: [Float]
  /// The number of pixels.
  private let count: Int
  private let isColored: Bool
  private let capabilities: Capabilities
  private let isInverted: Bool

  /// Resamples the image of a view to `size` half cells.
  init(_ view: ImageView, size: Size, _ capabilities: Capabilities) {
    isColored = view.image.isColored
    // Colours keep their hue; where their lightness is drawn with ink, it is inverted as greys are.
    isInverted = view.isInverted && !(isColored && capabilities.colors.hasPictureColors)
    var levels = view.image.resampled(width: size.width, height: size.height)
    if view.gamma != 1 { levels = levels.map { powf($0, view.gamma) } }
    if isInverted, !isColored { levels = levels.map { 1 - $0 } }
    self.levels = levels
    count = size.width * size.height
    self.capabilities = capabilities
  }

  /// The cell of two pixels.
  func cell(upper: Int, lower: Int) -> Cell {
    guard capabilities.colors.hasPictureColors else {
      let ramp = capabilities.unicode ? Self.shades : Self.asciiRamp
      let mean = (lightness(upper) + lightness(lower)) / 2
      return Cell(ramp[Int((mean * Float(ramp.count - 1)).rounded())])
    }
    guard capabilities.unicode else {
      let mean = color { (level($0, upper) + level($0, lower)) / 2 }
      return Cell(" ", Style(mean, on: mean))
    }
    let top = color { level($0, upper) }
    let bottom = color { level($0, lower) }
    return top == bottom ? Cell(" ", Style(top, on: top)) : Cell("▀", Style(top, on: bottom))
  }

  private func level(_ plane: Int, _ pixel: Int) -> Float { levels[plane * count + pixel] }

  private func lightness(_ pixel: Int) -> Float {
    guard isColored else { return levels[pixel] }
    let sum = 0.299 * level(0, pixel) + 0.587 * level(1, pixel) + 0.114 * level(2, pixel)
    return isInverted ? 1 - min(sum, 1) : min(sum, 1)
  }

  /// The colour of the levels of one or three planes.
  private func color(_ level: (_ plane: Int) -> Float) -> Color {
    func byte(_ level: Float) -> UInt8 { UInt8((min(level, 1) * 255).rounded()) }
    guard isColored else {
      guard capabilities.colors == .truecolor else { return Color.grey(intensity: level(0)) }
      let grey = byte(level(0))
      return .rgb(grey, grey, grey)
    }
    let (red, green, blue) = (byte(level(0)), byte(level(1)), byte(level(2)))
    guard capabilities.colors == .many else { return .rgb(red, green, blue) }
    // Colours that look the same are the same, so that their cells need no glyph.
    let shown = Palette.components(of: Palette.nearest(red, green, blue))
    return .rgb(shown.red, shown.green, shown.blue)
  }

  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]
  private static let asciiRamp: [Character] = Array(" .:-=+*#%@")
}
