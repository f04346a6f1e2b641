import Formats

/// Pictures of one size in rows and columns, with gaps, and labels where they fit.
///
///     let sheet = ContactSheet(rows: [[zero, turned]], columnLabels: ["0°", "45°"], rowLabels: ["7"], scale: 4)
///     let image = try sheet.image()
public struct ContactSheet: Sendable {
  /// The pictures by row; rows may have different lengths.
  public var rows: [[PixelImage]]
  /// The labels above the columns; empty for none.
  public var columnLabels: [String]
  /// The labels before the rows; empty for none.
  public var rowLabels: [String]
  /// The captions below the pictures by row; empty for none.
  public var captions: [[String]] = []
  /// The magnification of the pixels.
  public var scale: Int
  /// The gap between and around the pictures, in pixels.
  public var gap: Int

  /// The intensities of the background and of the labels.
  private static let (gapGrey, textGrey): (UInt8, UInt8) = (40, 215)
  /// The maximum number of pixels, over all frames of an animation.
  public static let maximumPixels = 256 << 20

  /// Creates a sheet of at least one picture, all of one size.
  public init(
    rows: [[PixelImage]], columnLabels: [String] = [], rowLabels: [String] = [], scale: Int, gap: Int? = nil
  ) {
    precondition(rows.contains { !$0.isEmpty }, "a sheet needs a picture")
    (self.rows, self.columnLabels, self.rowLabels) = (rows, columnLabels, rowLabels)
    self.scale = scale
    self.gap = gap ?? scale
  }

  /// Draws the sheet as one picture, in colours if one of its pictures is.
  ///
  /// - Parameter frames: the total number of such sheets, for the size limit.
  /// - Throws: `FigureError.tooLarge`.
  public func image(frames: Int = 1) throws(FigureError) -> PixelImage {
    let layout = Layout(self)
    guard Self.fits(layout.width, layout.height, frames) else {
      throw .tooLarge(width: layout.width, height: layout.height, frames: frames)
    }
    var image = PixelImage(width: layout.width, height: layout.height, grey: Self.gapGrey)
    if rows.joined().contains(where: { $0.colors == .rgb }) { image = image.colored }
    for (row, pictures) in rows.enumerated() {
      for (column, picture) in pictures.enumerated() {
        image.place(picture.enlarged(by: scale), x: layout.x(column), y: layout.y(row))
      }
    }
    for (column, label) in columnLabels.enumerated() where layout.fontScale > 0 {
      let inset = (layout.cellWidth - layout.length(label)) / 2
      image.write(label, x: layout.x(column) + inset, y: gap, scale: layout.fontScale, grey: Self.textGrey)
    }
    for (row, texts) in captions.enumerated() where layout.fontScale > 0 {
      for (column, text) in texts.enumerated() {
        let inset = (layout.cellWidth - layout.length(text)) / 2
        image.write(
          text, x: layout.x(column) + inset, y: layout.y(row) + layout.cellHeight + gap,
          scale: layout.fontScale, grey: Self.textGrey)
      }
    }
    for (row, label) in rowLabels.enumerated() where layout.fontScale > 0 {
      let inset = (layout.cellHeight - layout.lineHeight) / 2
      image.write(label, x: gap, y: layout.y(row) + inset, scale: layout.fontScale, grey: Self.textGrey)
    }
    return image
  }

  private static func fits(_ width: Int, _ height: Int, _ frames: Int) -> Bool {
    let (area, overflows) = width.multipliedReportingOverflow(by: height)
    let (all, overflowsAgain) = area.multipliedReportingOverflow(by: frames)
    return !overflows && !overflowsAgain && all <= maximumPixels
  }

  /// The layout, in pixels.
  private struct Layout {
    let cellWidth, cellHeight, gap: Int
    /// The magnification of the labels; 0 where there are none or not one fits.
    let fontScale: Int
    let width, height: Int
    private let left, top, rowHeight: Int

    init(_ sheet: ContactSheet) {
      let first = sheet.rows.lazy.joined().first
      (cellWidth, cellHeight) = ((first?.width ?? 0) * sheet.scale, (first?.height ?? 0) * sheet.scale)
      gap = sheet.gap
      let captionLetters = sheet.captions.joined().map(BitmapFont.width).max() ?? 0
      let columnLetters = max(sheet.columnLabels.map(BitmapFont.width).max() ?? 0, captionLetters)
      let rowLetters = sheet.rowLabels.map(BitmapFont.width).max() ?? 0
      let hasLabels = columnLetters + rowLetters > 0
      let largest = columnLetters > 0 ? cellWidth / columnLetters : Int.max
      fontScale = hasLabels ? min(max(1, sheet.scale / 2), largest, cellHeight / BitmapFont.height) : 0
      left = gap + (fontScale > 0 && rowLetters > 0 ? rowLetters * fontScale + 2 * fontScale + gap : 0)
      let lineHeight = fontScale > 0 ? BitmapFont.height * fontScale + gap : 0
      rowHeight = cellHeight + gap + (captionLetters > 0 ? lineHeight : 0)
      top =
        gap
        + (fontScale > 0 && sheet.columnLabels.contains { !$0.isEmpty }
          ? BitmapFont.height * fontScale + gap : 0)
      width = left + (sheet.rows.map(\.count).max() ?? 0) * (cellWidth + gap)
      height = top + sheet.rows.count * rowHeight
    }

    var lineHeight: Int { BitmapFont.height * fontScale }
    func length(_ text: String) -> Int { BitmapFont.width(of: text) * fontScale }
    func x(_ column: Int) -> Int { left + column * (cellWidth + gap) }
    func y(_ row: Int) -> Int { top + row * rowHeight }
  }
}

extension PixelImage {
  /// Draws a line of text on a picture without a palette at its upper left corner.
  mutating func write(_ text: String, x: Int, y: Int, scale: Int, grey: UInt8) {
    for pixel in BitmapFont.pixels(of: text) {
      for row in 0..<scale {
        for column in 0..<scale {
          set(x: x + pixel.x * scale + column, y: y + pixel.y * scale + row, grey: grey)
        }
      }
    }
  }
}
