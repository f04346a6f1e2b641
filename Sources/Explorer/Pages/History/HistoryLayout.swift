import Primitives
import Screen

/// Layout of the history page: the scrubber, the selected slider, three pictures, and a strip of small
/// pictures with captions of two lines.
struct HistoryLayout: Equatable {
  var heading: Rectangle
  var scrubber: Rectangle
  var slider: Rectangle
  /// The snapshot's picture, the truth and the current picture, as many as fit, with captions.
  var pictures: [Rectangle] = []
  /// The text about the snapshot, if it fits beside the pictures.
  var words: Rectangle?
  private var strip: Rectangle
  /// The cells of a picture of the strip, with its caption.
  private let frameSize: Size

  /// Minimum width of the text, in columns.
  private static let wordsWidth = 26
  /// Minimum width of a picture, so that its caption can be read.
  private static let captionWidth = 14

  init(_ region: Rectangle, _ shape: ImageShape) {
    let small = shape.smallPictureSize
    frameSize = Size(width: max(small.width, Self.captionWidth), height: small.height + 2)
    let rest: Rectangle
    (heading, rest) = region.split(top: 1)
    let (line, below) = rest.split(top: 1)
    scrubber = line.inset(horizontal: 1, vertical: 0)
    let (sliderLine, room) = below.split(top: 1)
    slider = sliderLine
    let hasStrip = room.height >= 8 + frameSize.height
    let usual = shape.pictureSize
    let height = min(usual.height + 1, hasStrip ? room.height - frameSize.height : room.height)
    let (top, bottom) = room.split(top: height)
    // A free line, if there is one, separates the strip from the pictures.
    strip = hasStrip ? bottom.split(top: min(1, bottom.height % frameSize.height)).rest : Rectangle.none
    // Text beside three pictures has priority over larger pictures.
    let beside = region.width >= 80 ? (region.width - Self.wordsWidth) / 3 - 2 : region.width
    let drawn = max(
      min(usual.width, shape.columns(ofHeight: height - 1)), min(Self.captionWidth, 2 * (height - 1)))
    let width = max(0, min(drawn, (region.width - 2) / 2, beside))
    let count = max(1, min(3, (region.width + 2) / (width + 2)))
    pictures = (0..<count).map {
      Rectangle(column: top.column + $0 * (width + 2), row: top.row, width: width, height: top.height)
    }
    let side = top.split(left: count * (width + 2)).rest
    words = side.width >= Self.wordsWidth ? side : nil
  }

  private var columns: Int { max(1, (strip.width + 1) / (frameSize.width + 1)) }

  /// The number of pictures that fit in the strip.
  var frameCount: Int {
    strip.width < frameSize.width ? 0 : columns * (strip.height / frameSize.height)
  }

  /// Region of a picture of the strip, with its caption.
  func frame(_ index: Int) -> Rectangle {
    Rectangle(
      column: strip.column + index % columns * (frameSize.width + 1),
      row: strip.row + index / columns * frameSize.height, width: frameSize.width,
      height: frameSize.height)
  }
}
