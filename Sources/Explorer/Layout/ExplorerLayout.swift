import Primitives
import Screen

/// Regions of all panels on a screen of a given size; a panel without space is absent.
///
/// The *generous* layout has a large decoded picture beside the other pictures, with sliders and training
/// at the right. The *regular* layout has the pictures in one row, with sliders and training below. Smaller
/// screens omit the training, then the input, then all sliders but the selected one; the smallest show only
/// text. An enlarged panel fills the screen.
struct ExplorerLayout: Equatable {
  /// The content of a picture panel.
  enum Picture: Equatable {
    case input, decoded, truth, difference, rose
  }

  /// A picture with its caption.
  struct Slot: Equatable {
    var picture: Picture
    var region: Rectangle
  }

  /// A page that fills the screen.
  struct Page: Equatable {
    var id: PageID
    var region: Rectangle
  }

  /// The input of the layout besides the screen's size.
  struct LayoutInput: Equatable {
    var sliderCount: Int
    /// The shape of the pictures.
    var shape: ImageShape
    var view = PictureView.truth
    /// The panel or page that fills the screen.
    var enlarged: Place?
  }

  var title = Rectangle.none
  var slots: [Slot] = []
  /// The lines of the readouts, if they are separate.
  var readouts: Rectangle?
  var sliders: Rectangle?
  /// True if only the selected slider is shown.
  var showsOneSlider = false
  var training: Rectangle?
  /// The page that fills the screen, and its region.
  var page: Page?
  /// The region of the text that replaces all panels on small screens.
  var text: Rectangle?
  var status = Rectangle.none
  /// The panel that has the focus, and whether it fills the screen.
  var focus = Panel.sliders
  var isEnlarged = false
  var footer = Rectangle.none

  /// The largest number of sliders that is shown before pictures get their full size.
  private static let fewSliders = 6

  /// The panels shown, in the order of the focus.
  var panels: [Panel] {
    [
      sliders == nil && text == nil ? nil : .sliders, slots.isEmpty ? nil : .pictures,
      training == nil ? nil : .training,
    ].compactMap { $0 }
  }

  func region(of picture: Picture) -> Rectangle? { slots.first { $0.picture == picture }?.region }

  init(size: Size, _ input: LayoutInput) {
    var rest = Rectangle(column: 0, row: 0, width: size.width, height: size.height)
    // Short regions show the slider without the title.
    if rest.height >= 3 { (title, rest) = rest.split(top: 1) }
    if rest.height >= 4 {
      let (above, footer) = rest.split(top: rest.height - 1)
      (rest, self.footer) = (above, footer)
    }
    if rest.height >= 4 {
      let (above, status) = rest.split(top: rest.height - 1)
      (rest, self.status) = (above, status)
    }
    if size.width < 30 || size.height < 18 {
      text = rest.isEmpty ? nil : rest
    } else if let place = input.enlarged {
      enlarge(place, rest, input)
    } else if Self.isGenerous(size, input.shape) {
      arrangeGenerously(rest, input)
    } else {
      arrange(rest, input, screen: size)
    }
  }

  /// Tells whether there is room for a picture of twice the usual size beside others.
  private static func isGenerous(_ size: Size, _ shape: ImageShape) -> Bool {
    size.width >= 3 * shape.panelWidth + 46 && size.height >= 2 * shape.pictureSize.height + 6
      && size.height >= 34
  }

  private mutating func enlarge(_ place: Place, _ room: Rectangle, _ input: LayoutInput) {
    switch place {
    case .panel(.sliders): sliders = room
    case .panel(.training): training = room
    case .page(let id): page = Page(id: id, region: room)
    case .panel(.pictures):
      // The input is added only if the other pictures keep their size.
      let columns = (room.width - 2) / 3 >= input.shape.columns(ofHeight: room.height - 1) ? 3 : 2
      let width = (room.width - columns + 1) / columns
      let height = min(room.height, input.shape.rows(ofWidth: width) + 1)
      arrange(Self.row(columns, input.view), in: room.split(top: height).top, width: width, gap: 1)
    }
  }

  private mutating func arrangeGenerously(_ room: Rectangle, _ input: LayoutInput) {
    let (width, height) = (input.shape.panelWidth, input.shape.pictureSize.height + 1)
    let (pictures, panels) = room.split(left: width + 3 + 2 * width + 3)
    let (small, large) = pictures.split(left: width + 3)
    let column: [Picture] =
      room.height >= 3 * height
      ? [.input, .truth, .difference] : [.input, Self.picture(input.view)]
    for (index, picture) in column.enumerated() {
      slots.append(
        Slot(
          picture: picture,
          region: Rectangle(
            column: small.column, row: small.row + index * (room.height / column.count),
            width: width, height: height)))
    }
    let (upper, lower) = large.split(top: 2 * height - 1)
    slots.insert(
      Slot(
        picture: .decoded,
        region: Rectangle(
          column: upper.column, row: upper.row, width: 2 * width, height: upper.height)), at: 1)
    if lower.height >= 8 {
      let inside = lower.inset(horizontal: 0, vertical: 1)
      let side = min(inside.height, width / 2 + 1)
      let (rose, words) = Rectangle(
        column: inside.column, row: inside.row, width: 2 * width, height: side
      ).split(left: 2 * side)
      if column.last != .rose { slots.append(Slot(picture: .rose, region: rose)) }
      readouts = column.last != .rose ? words.split(left: 2).rest : inside
    }
    let slidersHeight = min(input.sliderCount + 2, room.height - 14)
    (sliders, training) = panels.split(top: slidersHeight)
  }

  private mutating func arrange(_ room: Rectangle, _ input: LayoutInput, screen: Size) {
    let showsTraining = screen.width >= 80 && screen.height >= 24
    let showsInput = screen.width >= 66 && screen.height >= 21
    showsOneSlider = screen.width < 44 || screen.height < 19
    let (usualWidth, usualHeight) = (input.shape.panelWidth, input.shape.pictureSize.height + 1)
    // Many sliders scroll, so that the pictures keep their size.
    let sliderHeight =
      showsOneSlider
      ? 1
      : min(input.sliderCount, max(1, min(Self.fewSliders, room.height - 8), room.height - usualHeight))
    let columns = screen.width >= 4 * usualWidth + 4 ? 4 : showsInput ? 3 : showsOneSlider ? 1 : 2
    let gap = room.width >= usualWidth * columns + 2 * (columns - 1) ? 2 : 1
    let width = min(2 * usualWidth, (room.width - gap * (columns - 1)) / columns)
    let free = room.height - sliderHeight
    // Pixels of whole size if there is space, otherwise the rows that the sliders leave.
    let rows = free >= 2 * usualHeight - 1 ? 2 * usualHeight - 1 : min(free, usualHeight)
    let height = min(free, input.shape.rows(ofWidth: width) + 1, rows)
    let (pictures, below) = room.split(top: max(2, height))
    arrange(Self.row(columns, input.view), in: pictures, width: width, gap: gap)
    guard showsTraining else {
      sliders = showsOneSlider ? below.line(0) : below
      return
    }
    let (left, right) = below.split(left: below.width / 2)
    sliders = Rectangle(column: left.column, row: left.row, width: left.width - 2, height: left.height)
    training = right
  }

  private mutating func arrange(_ pictures: [Picture], in room: Rectangle, width: Int, gap: Int) {
    slots = pictures.enumerated().map { index, picture in
      Slot(
        picture: picture,
        region: Rectangle(
          column: room.column + index * (width + gap), row: room.row, width: width, height: room.height))
    }
  }

  /// The pictures of a row; a row of four always includes the truth.
  private static func row(_ columns: Int, _ view: PictureView) -> [Picture] {
    switch columns {
    case 4: [.input, .decoded, .truth, view == .rose ? .rose : .difference]
    case 3: [.input, .decoded, picture(view)]
    case 2: [.decoded, picture(view)]
    default: [.decoded]
    }
  }

  private static func picture(_ view: PictureView) -> Picture {
    switch view {
    case .truth: .truth
    case .difference: .difference
    case .rose: .rose
    }
  }
}

extension Session {
  /// The region of a page if it is shown; nil on screens without pages.
  func region(ofPage page: PageID) -> Rectangle? {
    ExplorerLayout(
      size: display.size,
      ExplorerLayout.LayoutInput(
        sliderCount: sliderCount, shape: imageShape, view: display.view, enlarged: .page(page))
    ).page?.region
  }
}

extension ExplorerState {
  var layout: ExplorerLayout { layout(size: size) }

  /// The layout on a screen of `size`.
  func layout(size: Size) -> ExplorerLayout {
    var layout = ExplorerLayout(
      size: size,
      ExplorerLayout.LayoutInput(
        sliderCount: session.sliderCount, shape: session.imageShape, view: session.display.view,
        enlarged: isEnlarged || route != nil ? place : nil))
    (layout.focus, layout.isEnlarged) = (focus, isEnlarged)
    return layout
  }
}

extension Rectangle {
  /// A region without cells.
  static let none = Rectangle(column: 0, row: 0, width: 0, height: 0)
}
