import Primitives
import Screen

/// The cells of pictures, which are square pixels of half cells: as wide as a column, half as high as a row.
extension ImageShape {
  /// The cells of a picture of the usual size, without its caption: 28 × 14 for images of 28 × 28 pixels.
  ///
  /// The longer edge has 24 to 32 half cells, if a whole multiple or a whole fraction of the pixels does, else 28.
  var pictureSize: Size { cells(longerEdge: Self.usualEdge(max(width, height))) }

  /// The cells of a picture of half that size.
  var smallPictureSize: Size { cells(longerEdge: Self.usualEdge(max(width, height)) / 2) }

  /// The width of a panel with such a picture, which also has room for a caption.
  var panelWidth: Int { max(pictureSize.width, 24) }

  /// The rows of a picture of a width, without its caption.
  func rows(ofWidth columns: Int) -> Int { (columns * height / width + 1) / 2 }

  /// The columns of a picture of a height.
  func columns(ofHeight rows: Int) -> Int { 2 * rows * width / height }

  private func cells(longerEdge edge: Int) -> Size {
    let longest = max(width, height)
    return Size(width: max(1, edge * width / longest), height: max(1, (edge * height / longest + 1) / 2))
  }

  private static func usualEdge(_ pixels: Int) -> Int {
    let most = 32
    let parts = (pixels + most - 1) / most
    let edge = parts > 1 ? (pixels % parts == 0 ? pixels / parts : 0) : most / pixels * pixels
    return edge >= 24 ? edge : ImageShape.mnist.width
  }
}
