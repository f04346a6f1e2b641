/// Draws an image in the best form that the terminal supports.
///
/// A cell is about twice as high as wide, so that images are laid out on square *half cells*. Where both
/// halves of a cell are equal (as at two columns per pixel), or where the terminal cannot show two colours in a
/// cell, the cell has one colour:
///
/// | terminal | a cell shows |
/// | --- | --- |
/// | truecolor or 256 colours, Unicode | two colours, as `▀` (28 × 14 cells hold 28 × 28 pixels), or one as background |
/// | truecolor or 256 colours, ASCII | one colour, as background |
/// | fewer colours, Unicode | the lightness, as one of ` ░▒▓█` |
/// | fewer colours, ASCII | the lightness, as one of ` .:-=+*#%@` |
///
/// With 256 colours a grey image has 26 greys, and the colours of a coloured one are the nearest of the palette.
public struct ImageView: Sendable {
  /// The image.
  public let image: ScreenImage
  /// Draws ink dark on light; an image in colours keeps them.
  public let isInverted: Bool
  /// The exponent of the intensities; below 1 it strengthens faint ink.
  public let gamma: Float
  /// Allows fractional enlargement instead of square pixels of whole half cells.
  public var fillsRoom = false

  /// The longest edge of an image that is enlarged as far as there is room, in half cells.
  private static let longestEdge = 112

  /// Creates a view; inverted, ink is dark on light.
  public init(_ image: ScreenImage, isInverted: Bool = false, gamma: Float = 1) {
    self.image = image
    self.isInverted = isInverted
    self.gamma = gamma
  }

  /// The cells of an image of `width` by `height` pixels in a region, with its proportions kept.
  ///
  /// An image that fits is enlarged by the largest integer factor up to `largestScale`, in half cells; a
  /// larger image is reduced to fill the region's shorter side.
  ///
  /// - Parameter largestScale: by default 4, and more for images whose longer edge then has up to 112 half cells.
  public static func size(
    imageWidth width: Int, imageHeight height: Int, in room: Size, largestScale: Int? = nil
  ) -> Size {
    let halves = halfCells(width, height, in: room, largestScale: largestScale)
    return Size(width: halves.width, height: (halves.height + 1) / 2)
  }

  /// Draws the image in the middle of a region.
  ///
  /// - Returns: the cells that the image covers.
  @discardableResult
  public func draw(
    on canvas: inout Canvas, in region: Rectangle, capabilities: Capabilities, largestScale: Int? = nil
  ) -> Rectangle {
    let halves = Self.halfCells(
      image.width, image.height, in: region.size, largestScale: largestScale, fillsRoom: fillsRoom)
    let size = Size(width: halves.width, height: (halves.height + 1) / 2)
    let area = region.centered(size)
    guard !area.isEmpty else { return area }
    let pixels = PicturePixels(self, size: halves, capabilities)
    for row in 0..<size.height {
      let upper = 2 * row * halves.width
      // With an odd number of half rows, the upper half fills the last cell.
      let lower = 2 * row + 1 < halves.height ? upper + halves.width : upper
      for column in 0..<size.width {
        let cell = pixels.cell(upper: upper + column, lower: lower + column)
        canvas.putPicture(cell, column: area.column + column, row: area.row + row)
      }
    }
    return area
  }

  /// The half cells of the image in a region of cells.
  private static func halfCells(
    _ width: Int, _ height: Int, in room: Size, largestScale: Int?, fillsRoom: Bool = false
  ) -> Size {
    guard width > 0, height > 0, room.width > 0, room.height > 0 else { return Size(width: 0, height: 0) }
    let available = Size(width: room.width, height: 2 * room.height)
    let limit = max(1, largestScale ?? max(4, longestEdge / max(width, height)))
    let scale = min(available.width / width, available.height / height, limit)
    if scale >= 1, !fillsRoom { return Size(width: scale * width, height: scale * height) }
    if available.width * height <= available.height * width {
      return Size(width: available.width, height: evenHeight(available.width * height, over: width))
    }
    return Size(width: max(1, available.height * width / height), height: available.height)
  }

  /// The quotient, even and at least 2, so that no cell is half empty.
  private static func evenHeight(_ product: Int, over divisor: Int) -> Int {
    max(2, product / divisor / 2 * 2)
  }
}
