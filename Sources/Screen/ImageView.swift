#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Draws a greyscale image as cells in the best form that the terminal allows.
///
/// A cell is about twice as high as it is wide, so the image is laid out on *half cells*, which are square.
/// Where both halves of a cell agree (as at two columns a pixel, 56 by 28 cells for 28 by 28 pixels), or
/// where the terminal cannot show two greys in a cell, the cell has one intensity:
///
/// | terminal | a cell shows |
/// | --- | --- |
/// | 256 colours, Unicode | two greys, as `▀` (28 by 14 cells hold every pixel), or one as background |
/// | 256 colours, ASCII | one grey, as background |
/// | fewer colours, Unicode | one of ` ░▒▓█` |
/// | fewer colours, ASCII | one of ` .:-=+*#%@` |
public struct ImageView: Sendable {
  /// What is drawn.
  public let image: GreyscaleImage
  /// Whether ink is drawn dark on light.
  public let isInverted: Bool
  /// The power that intensities are raised to: below 1, faint ink is drawn stronger.
  public let gamma: Float
  /// Whether an image that fits may be enlarged by any factor, instead of whole ones that leave pixels square.
  public var fillsRoom = false

  /// Draws `image`; inverted, ink is dark on light.
  public init(_ image: GreyscaleImage, isInverted: Bool = false, gamma: Float = 1) {
    self.image = image
    self.isInverted = isInverted
    self.gamma = gamma
  }

  /// The cells that an image of `width` by `height` pixels takes in a room, with its proportions kept.
  ///
  /// An image that fits is enlarged by the largest whole factor up to `largestScale`, counted in half cells;
  /// one that does not is reduced to fill the room's shorter side.
  public static func size(
    imageWidth width: Int, imageHeight height: Int, in room: Size, largestScale: Int = 4
  ) -> Size {
    let halves = halfCells(width, height, in: room, largestScale: largestScale)
    return Size(width: halves.width, height: (halves.height + 1) / 2)
  }

  /// Draws the image in the middle of a region.
  ///
  /// - Returns: The cells that the image covers.
  @discardableResult
  public func draw(
    on canvas: inout Canvas, in region: Rectangle, capabilities: Capabilities, largestScale: Int = 4
  ) -> Rectangle {
    let halves = Self.halfCells(
      image.width, image.height, in: region.size, largestScale: largestScale, fillsRoom: fillsRoom)
    let size = Size(width: halves.width, height: (halves.height + 1) / 2)
    let area = region.centered(size)
    guard !area.isEmpty else { return area }
    var levels = image.resampled(width: halves.width, height: halves.height)
    if gamma != 1 { levels = levels.map { powf($0, gamma) } }
    if isInverted { levels = levels.map { 1 - $0 } }
    for row in 0..<size.height {
      let upper = 2 * row * halves.width
      // An odd count of half rows leaves the last cell half empty: its upper half fills it.
      let lower = 2 * row + 1 < halves.height ? upper + halves.width : upper
      for column in 0..<size.width {
        let cell = Self.cell(upper: levels[upper + column], lower: levels[lower + column], capabilities)
        canvas.putPicture(cell, column: area.column + column, row: area.row + row)
      }
    }
    return area
  }

  /// The square half cells that the image takes in a room of cells.
  private static func halfCells(
    _ width: Int, _ height: Int, in room: Size, largestScale: Int, fillsRoom: Bool = false
  ) -> Size {
    guard width > 0, height > 0, room.width > 0, room.height > 0 else { return Size(width: 0, height: 0) }
    let available = Size(width: room.width, height: 2 * room.height)
    let scale = min(available.width / width, available.height / height, max(1, largestScale))
    if scale >= 1, !fillsRoom { return Size(width: scale * width, height: scale * height) }
    if available.width * height <= available.height * width {
      return Size(width: available.width, height: evenHeight(available.width * height, over: width))
    }
    return Size(width: max(1, available.height * width / height), height: available.height)
  }

  /// The quotient, even and at least 2, so that no cell stays half empty.
  private static func evenHeight(_ product: Int, over divisor: Int) -> Int {
    max(2, product / divisor / 2 * 2)
  }

  private static func cell(upper: Float, lower: Float, _ capabilities: Capabilities) -> Cell {
    guard capabilities.colors == .many else {
      let ramp = capabilities.unicode ? shades : asciiRamp
      let mean = (upper + lower) / 2
      return Cell(ramp[Int((mean * Float(ramp.count - 1)).rounded())])
    }
    let mean = Color.grey(intensity: (upper + lower) / 2)
    guard capabilities.unicode else { return Cell(" ", Style(mean, on: mean)) }
    let top = Color.grey(intensity: upper)
    let bottom = Color.grey(intensity: lower)
    return top == bottom ? Cell(" ", Style(top, on: top)) : Cell("▀", Style(top, on: bottom))
  }

  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]
  private static let asciiRamp: [Character] = Array(" .:-=+*#%@")
}
