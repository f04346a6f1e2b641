import Screen

/// Layout of the page of all latents: a heading, then a label and pictures with captions for each slider.
struct LatentSheetLayout: Equatable {
  /// The visible sliders.
  let rows: Range<Int>
  /// The number of pictures in a row, which is odd.
  let columns: Int
  private let region: Rectangle
  private let labelWidth: Int

  static let fewestColumns = 5
  private static let mostColumns = 9
  /// A picture's cells: half the usual size.
  let pictureSize: Size
  private var rowHeight: Int { pictureSize.height + 1 }
  /// Minimum width of a picture, so that its caption can be read.
  private static let captionWidth = 10

  init(_ region: Rectangle, _ session: Session) {
    let labels = session.scales.map { session.capabilities.spelled($0.label).count }
    labelWidth = (labels.max() ?? 0) + 1
    let small = session.imageShape.smallPictureSize
    pictureSize = Size(width: max(small.width, Self.captionWidth), height: small.height)
    let room = max(0, (region.width - labelWidth + 1) / (pictureSize.width + 1))
    // The largest odd number that fits; on narrow screens the outer pictures are cut off.
    columns = min(max(room - (1 - room % 2), Self.fewestColumns), Self.mostColumns)
    let visible = max(1, min((region.height - 1) / (pictureSize.height + 1), session.sliderCount))
    let first = min(max(0, session.selected - visible / 2), session.sliderCount - visible)
    rows = first..<first + visible
    self.region = region
  }

  private func top(_ slider: Int) -> Int {
    region.row + 1 + (slider - rows.lowerBound) * rowHeight
  }

  /// The region of a row's label, beside the middle of its pictures.
  func label(_ slider: Int) -> Rectangle {
    Rectangle(
      column: region.column, row: top(slider) + pictureSize.height / 2, width: labelWidth, height: 1
    ).intersection(region)
  }

  /// The region of a picture and its caption.
  func cell(_ slider: Int, _ column: Int) -> Rectangle {
    let width = min(pictureSize.width, max(1, (region.width - labelWidth + 1) / columns - 1))
    return Rectangle(
      column: region.column + labelWidth + column * (width + 1), row: top(slider), width: width,
      height: rowHeight
    ).intersection(region)
  }
}
