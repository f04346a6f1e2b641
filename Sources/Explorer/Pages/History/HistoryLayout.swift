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

  static let frameSize = Size(width: 14, height: 9)
  /// Minimum width of the text, in columns.
  private static let wordsWidth = 26

  init(_ region: Rectangle) {
    let rest: Rectangle
    (heading, rest) = region.split(top: 1)
    let (line, below) = rest.split(top: 1)
    scrubber = line.inset(horizontal: 1, vertical: 0)
    let (sliderLine, room) = below.split(top: 1)
    slider = sliderLine
    let hasStrip = room.height >= 8 + Self.frameSize.height
    let height = min(15, hasStrip ? room.height - Self.frameSize.height : room.height)
    let (top, bottom) = room.split(top: height)
    strip = hasStrip ? bottom : Rectangle.none
    // Text beside three pictures has priority over larger pictures.
    let beside = region.width >= 80 ? (region.width - Self.wordsWidth) / 3 - 2 : region.width
    let width = max(0, min(28, 2 * (height - 1), (region.width - 2) / 2, beside))
    let count = max(1, min(3, (region.width + 2) / (width + 2)))
    pictures = (0..<count).map {
      Rectangle(column: top.column + $0 * (width + 2), row: top.row, width: width, height: top.height)
    }
    let side = top.split(left: count * (width + 2)).rest
    words = side.width >= Self.wordsWidth ? side : nil
  }

  private var columns: Int { max(1, (strip.width + 1) / (Self.frameSize.width + 1)) }

  /// The number of pictures that fit in the strip.
  var frameCount: Int {
    strip.width < Self.frameSize.width ? 0 : columns * (strip.height / Self.frameSize.height)
  }

  /// Region of a picture of the strip, with its caption.
  func frame(_ index: Int) -> Rectangle {
    Rectangle(
      column: strip.column + index % columns * (Self.frameSize.width + 1),
      row: strip.row + index / columns * Self.frameSize.height, width: Self.frameSize.width,
      height: Self.frameSize.height)
  }
}
