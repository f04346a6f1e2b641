import Screen

/// Where each panel stands on a screen of a given size; a panel without room is absent.
///
/// Three arrangements: *generous* (a large decoded picture between input and truth, sliders and chart at the
/// right), *regular* (three pictures side by side, sliders and chart below), and smaller screens that shed
/// the chart, then the input, then the truth and all sliders but the selected one, and at last the picture.
struct ExplorerLayout: Equatable {
  var title = Rectangle.none
  var input: Rectangle?
  var decoded: Rectangle?
  var truth: Rectangle?
  var sliders: Rectangle?
  var chart: Rectangle?
  var status = Rectangle.none
  var footer = Rectangle.none

  /// Rows of a picture and its caption at half a cell a pixel.
  private static let pictureHeight = 15
  private static let pictureWidth = 28
  /// As many sliders as are shown before pictures get their full size.
  private static let fewSliders = 6

  init(size: Size, sliderCount: Int) {
    var rest = Rectangle(column: 0, row: 0, width: size.width, height: size.height)
    // On the smallest screens the slider's text is what counts.
    if rest.height >= 3 { (title, rest) = rest.split(top: 1) }
    if rest.height >= 4 {
      let (above, footer) = rest.split(top: rest.height - 1)
      (rest, self.footer) = (above, footer)
    }
    if rest.height >= 4 {
      let (above, status) = rest.split(top: rest.height - 1)
      (rest, self.status) = (above, status)
    }
    if rest.width >= 130, rest.height >= 34 {
      arrangeGenerously(rest)
    } else {
      arrange(rest, sliderCount: sliderCount)
    }
  }

  private mutating func arrangeGenerously(_ room: Rectangle) {
    let (upperRoom, chart) = room.split(top: 2 * Self.pictureHeight + 2)
    let (pictures, sliders) = upperRoom.split(left: Self.pictureWidth + 3 + 2 * Self.pictureWidth + 3)
    let (small, large) = pictures.split(left: Self.pictureWidth + 3)
    let (upper, lower) = small.split(top: Self.pictureHeight + 1)
    input = Rectangle(
      column: upper.column, row: upper.row, width: Self.pictureWidth, height: Self.pictureHeight)
    truth = Rectangle(
      column: lower.column, row: lower.row, width: Self.pictureWidth, height: Self.pictureHeight)
    decoded = Rectangle(
      column: large.column, row: large.row, width: 2 * Self.pictureWidth, height: 2 * Self.pictureHeight - 1)
    if chart.height >= 8 {
      (self.sliders, self.chart) = (sliders, chart)
    } else {
      let (upper, lower) = sliders.split(top: sliders.height / 2)
      (self.sliders, self.chart) = (upper, lower)
    }
  }

  private mutating func arrange(_ room: Rectangle, sliderCount: Int) {
    // Many sliders leave the pictures their size and scroll.
    let sliderHeight = min(
      sliderCount, max(1, min(Self.fewSliders, room.height - 8), room.height - Self.pictureHeight))
    guard room.height >= 6, room.width >= 8 else {
      sliders = room.isEmpty ? nil : room
      return
    }
    // A picture keeps its proportions: it is about twice as wide as high.
    let columns = room.width >= 66 ? 3 : room.width >= 40 ? 2 : 1
    let gap = room.width >= 84 + 2 * 2 ? 2 : 1
    let width = min(2 * Self.pictureWidth, (room.width - gap * (columns - 1)) / columns)
    let height = min(room.height - sliderHeight, (width + 1) / 2 + 1, pictureRows(in: room, sliderHeight))
    let (pictures, below) = room.split(top: max(2, height))
    place(pictures, columns: columns, width: width, gap: gap)
    if below.width >= 76, below.height >= 5 {
      let (left, right) = below.split(left: below.width / 2)
      sliders = Rectangle(column: left.column, row: left.row, width: left.width - 2, height: left.height)
      chart = right
    } else {
      sliders = below
    }
  }

  /// As many rows as pixels of whole size need where there is room, and else what sliders leave.
  private func pictureRows(in room: Rectangle, _ sliderHeight: Int) -> Int {
    let free = room.height - sliderHeight
    return free >= 2 * Self.pictureHeight - 1 ? 2 * Self.pictureHeight - 1 : min(free, Self.pictureHeight)
  }

  private mutating func place(_ room: Rectangle, columns: Int, width: Int, gap: Int) {
    let cells = (0..<columns).map { index in
      Rectangle(column: room.column + index * (width + gap), row: room.row, width: width, height: room.height)
    }
    switch columns {
    case 3: (input, decoded, truth) = (cells[0], cells[1], cells[2])
    case 2: (decoded, truth) = (cells[0], cells[1])
    default: decoded = cells[0]
    }
  }
}

extension Rectangle {
  /// A region without cells.
  static let none = Rectangle(column: 0, row: 0, width: 0, height: 0)
}
