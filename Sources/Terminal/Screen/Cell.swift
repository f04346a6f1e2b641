/// Text attributes besides colour.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit for each attribute.
  public let rawValue: UInt8

  /// Creates attributes from their bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Heavier strokes.
  public static let bold = Attributes(rawValue: 1)
  /// An underline.
  public static let underline = Attributes(rawValue: 2)
  /// Foreground and background swapped.
  public static let reverse = Attributes(rawValue: 4)
  /// Reduced intensity.
  public static let dim = Attributes(rawValue: 8)
}

/// The style of a cell: two colours and attributes.
public struct Style: Hashable, Sendable {
  /// The colour of the glyph.
  public var foreground: Color
  /// The colour behind the glyph.
  public var background: Color
  /// Bold, underline, reverse and dim.
  public var attributes: Attributes

  /// Creates a style; the terminal's default style by default.
  public init(
    _ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's default style.
  public static let standard = Style()
  /// Frames, ticks and hints: grey where supported, dim elsewhere.
  public static let faint = Style(.faint, .dim)
  /// The focused element.
  public static let selected = Style(.accent, .bold)

  /// The colours (nil for the terminal's default) and the attributes of this style.
  public func resolved(
    _ depth: ColorDepth
  ) -> (foreground: TerminalColor?, background: TerminalColor?, attributes: Attributes) {
    let color = foreground.resolved(depth)
    // Greys are faint already.
    let isGreyedAlready = foreground.isGrey && color != nil
    return (color, background.resolved(depth), isGreyedAlready ? attributes.subtracting(.dim) : attributes)
  }
}

/// A cell of a canvas: a glyph and its style.
///
/// A glyph two columns wide occupies two cells, the second with a space as its glyph; a canvas keeps them
/// together.
public struct Cell: Hashable, Sendable {
  /// The glyph, printable.
  public let glyph: Character
  /// Colours and attributes.
  public var style: Style
  /// The number of columns: 1; 2 for a wide glyph; 0 for its second cell.
  public let columns: Int

  /// A space in the default style.
  public static let blank = Cell(" ")

  /// Creates a cell; a glyph that is not printable or not one column wide is replaced (see
  /// `Glyph.printable`).
  public init(_ glyph: Character, _ style: Style = .standard) {
    self.glyph = Glyph.printable(glyph)
    self.style = style
    columns = 1
  }

  /// Tells whether both halves have nearly the same colours as those of another cell of a picture.
  func resembles(_ other: Cell, within tolerance: Int) -> Bool {
    func isNear(_ a: Color, _ b: Color) -> Bool {
      guard case .rgb(let red, let green, let blue) = a,
        case .rgb(let otherRed, let otherGreen, let otherBlue) = b
      else { return a == b }
      return [(red, otherRed), (green, otherGreen), (blue, otherBlue)].allSatisfy {
        abs(Int($0.0) - Int($0.1)) <= tolerance
      }
    }
    return isNear(style.background, other.style.background) && isNear(upperHalf, other.upperHalf)
  }

  /// The colour of the upper half of a cell of a picture.
  private var upperHalf: Color { glyph == " " ? style.background : style.foreground }

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
