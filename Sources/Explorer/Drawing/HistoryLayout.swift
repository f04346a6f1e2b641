import Screen

/// Where the parts of the page of times stand: a scrubber, the selected slider, three pictures, and below
/// them a strip of small pictures with two lines of caption each.
struct HistoryLayout: Equatable {
  var heading: Rectangle
  var scrubber: Rectangle
  var slider: Rectangle
  /// The moment's picture, the truth, and what is decoded now, as far as there is room, captions included.
  var pictures: [Rectangle] = []
  /// Words about the moment beside them, where there is room.
  var words: Rectangle?
  private var strip: Rectangle

  static let frameSize = Size(width: 14, height: 9)
  /// The least room for words.
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
    // Words beside three pictures say more than larger pictures.
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

  /// How many pictures the strip has room for.
  var frameCount: Int {
    strip.width < Self.frameSize.width ? 0 : columns * (strip.height / Self.frameSize.height)
  }

  /// Where a picture of the strip stands, with its caption.
  func frame(_ index: Int) -> Rectangle {
    Rectangle(
      column: strip.column + index % columns * (Self.frameSize.width + 1),
      row: strip.row + index / columns * Self.frameSize.height, width: Self.frameSize.width,
      height: Self.frameSize.height)
  }
}
