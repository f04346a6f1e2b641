/// How a glyph is set apart besides its colour.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit an attribute.
  public let rawValue: UInt8

  /// Takes the bits as they are.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Heavier strokes.
  public static let bold = Attributes(rawValue: 1)
  /// A line below the glyph.
  public static let underline = Attributes(rawValue: 2)
  /// Foreground and background exchanged.
  public static let reverse = Attributes(rawValue: 4)
  /// Fainter than the rest.
  public static let dim = Attributes(rawValue: 8)
}

/// The look of a cell: two colours and the attributes.
public struct Style: Hashable, Sendable {
  /// The colour of the glyph.
  public var foreground: Color
  /// The colour behind the glyph.
  public var background: Color
  /// Bold, underline, reverse, dim.
  public var attributes: Attributes

  /// Makes a look; by default what the terminal shows by itself.
  public init(
    _ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// What the terminal shows by itself.
  public static let standard = Style()
  /// Frames, ticks and hints: grey where there are greys, dim elsewhere.
  public static let faint = Style(.faint, .dim)
  /// What has the focus.
  public static let selected = Style(.accent, .bold)

  /// The palette numbers (nil for the terminal's own) and the attributes that show this look.
  public func resolved(_ depth: ColorDepth) -> (foreground: Int?, background: Int?, attributes: Attributes) {
    let index = foreground.paletteIndex(depth)
    // Greys are faint enough: dimmed as well they would be hard to read.
    let isGreyedAlready = foreground.isGrey && index != nil
    return (
      index, background.paletteIndex(depth), isGreyedAlready ? attributes.subtracting(.dim) : attributes
    )
  }
}

/// One place of a canvas: a glyph, and its look.
///
/// Nearly all glyphs are one column wide. One that is two columns wide takes two cells, of which the second has a
/// space for its glyph; a canvas keeps them together.
public struct Cell: Hashable, Sendable {
  /// The glyph, printable.
  public let glyph: Character
  /// Colours and attributes.
  public var style: Style
  /// The columns that the glyph takes: 1; 2 where it is wide; 0 for the second cell of a wide one.
  public let columns: Int

  /// A space that looks as the terminal does by itself.
  public static let blank = Cell(" ")

  /// Makes a cell; a glyph that is not printable or not one column wide is replaced (see `Glyph.printable`).
  public init(_ glyph: Character, _ style: Style = .standard) {
    self.glyph = Glyph.printable(glyph)
    self.style = style
    columns = 1
  }

  /// The first cell of a glyph that is two columns wide.
  init(wide glyph: Character, _ style: Style) {
    self.glyph = glyph
    self.style = style
    columns = 2
  }

  /// The second cell of such a glyph.
  init(afterWide style: Style) {
    glyph = " "
    self.style = style
    columns = 0
  }
}
