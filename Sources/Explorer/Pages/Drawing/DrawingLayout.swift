import Datasets
import Primitives
import Screen

/// Layout of the drawing page.
struct DrawingLayout: Equatable {
  /// The line with the brush's settings.
  var tools: Rectangle
  /// The frame of the drawing area.
  var frame: Rectangle
  /// The drawing area, of the proportions of the images.
  var sheet: Rectangle
  /// The drawing as the encoder receives it and the picture decoded from it, each below its caption.
  var input: Rectangle?
  var decoded: Rectangle?
  /// The heading of the nearest samples.
  var heading: Rectangle?
  private let shape: ImageShape
  private var neighbours = Rectangle.none
  private var neighbourSize = Size(width: 0, height: 0)

  private static let sideWidth = 40

  init(_ region: Rectangle, _ shape: ImageShape) {
    self.shape = shape
    let rest: Rectangle
    (tools, rest) = region.split(top: 1)
    // The drawing area shrinks in favour of the results, but keeps at least one cell for each pixel column.
    let usual = shape.pictureSize
    let roomy = max(min(rest.width - 2, usual.width), rest.width - Self.sideWidth - 4)
    let height = max(1, min(rest.height - 2, roomy * shape.height / (2 * shape.width), 3 * usual.height))
    let width = max(1, shape.columns(ofHeight: height))
    let (left, right) = rest.split(left: width + 2)
    // Narrow images leave part of the height, so that the area has exactly their proportions.
    frame = left.split(top: max(1, width * shape.height / shape.width / 2) + 2).top
    sheet = frame.inset()
    let side = right.split(left: 2).rest
    if side.width >= 24 { arrange(side) }
  }

  private mutating func arrange(_ side: Rectangle) {
    let usual = shape.pictureSize
    let width = min(shape.panelWidth, (side.width - 1) / 2)
    let (pictures, rest) = side.split(
      top: min(side.height, shape.rows(ofWidth: min(width, usual.width)) + 1))
    input = pictures.split(left: width).left
    decoded = pictures.split(left: width + 1).rest.split(left: width).left
    let (line, list) = rest.split(top: 1)
    heading = line
    let small = min(max(shape.smallPictureSize.width, 8), max(8, (side.width - 2) / 3))
    let drawn = min(small, shape.smallPictureSize.width)
    neighbourSize = Size(width: small, height: max(1, shape.rows(ofWidth: drawn)) + 1)
    neighbours = list
  }

  /// Region of one of the nearest samples, nearest first, with its caption below; nil without space.
  func neighbour(_ index: Int) -> Rectangle? {
    guard neighbourSize.width > 0 else { return nil }
    let columns = max(1, (neighbours.width + 1) / (neighbourSize.width + 1))
    let place = Rectangle(
      column: neighbours.column + index % columns * (neighbourSize.width + 1),
      row: neighbours.row + index / columns * neighbourSize.height, width: neighbourSize.width,
      height: neighbourSize.height)
    return place.intersection(neighbours) == place ? place : nil
  }

  /// The drawing coordinates, in pixels, of the centre of a cell.
  func place(of event: MouseEvent) -> (x: Double, y: Double) {
    (
      x: (Double(event.column - sheet.column) + 0.5) * Double(shape.width) / Double(max(1, sheet.width)),
      y: (Double(event.row - sheet.row) + 0.5) * Double(shape.height) / Double(max(1, sheet.height))
    )
  }

  /// The cell that contains the centre of a pixel.
  func cell(column: Int, row: Int) -> (column: Int, row: Int) {
    (
      sheet.column + (2 * column + 1) * sheet.width / (2 * shape.width),
      sheet.row + (2 * row + 1) * sheet.height / (2 * shape.height)
    )
  }
}
