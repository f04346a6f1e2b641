/// The number of colours of a terminal.
public enum ColorDepth: Sendable, Hashable, CaseIterable {
  /// No colour, or colours disabled; attributes remain.
  case none
  /// Eight colours.
  case eight
  /// The 256 colours of xterm, including 26 greys.
  case many
  /// The 256 colours of xterm, and all colours of 24 bits.
  case truecolor

  /// Tells whether pictures have colours and greys.
  var hasPictureColors: Bool { self == .many || self == .truecolor }
}

/// A colour as a terminal receives it.
public enum TerminalColor: Hashable, Sendable {
  /// A colour of the palette, from 0 to 255.
  case palette(UInt8)
  /// A colour of 24 bits.
  case rgb(UInt8, UInt8, UInt8)
}

/// The colour of a glyph or of its background, named by its role.
///
/// The roles can be distinguished with red-green colour blindness. Every widget pairs colour with a glyph or
/// an attribute.
public enum Color: Hashable, Sendable {
  /// The terminal's default colour.
  case standard
  /// A grey from 0 (black) to `Color.brightestGrey` (white); the default colour below 256 colours.
  case grey(UInt8)
  /// Red, green and blue; with 256 colours the nearest of the palette, below that the default colour.
  case rgb(UInt8, UInt8, UInt8)
  /// The focus, and the value that the user controls.
  case accent
  /// The encoder's values, and held-out figures.
  case mark
  /// A normal state.
  case good
  /// A warning.
  case warning
  /// An error.
  case alarm
  /// Frames, ticks and hints.
  case faint
  /// One of ten categories, repeating from 0; negative for none.
  ///
  /// The colours are close to those of Okabe and Ito ("Color Universal Design", 2008), with the default
  /// colour for black, a violet and a lilac. With eight colours some categories share one.
  case kind(Int)

  /// The highest level of `grey`.
  public static let brightestGrey: UInt8 = 25

  /// The grey nearest to an intensity from 0 (black) to 1 (white), clamped; black for NaN.
  public static func grey(intensity: Float) -> Color {
    guard intensity > 0 else { return .grey(0) }
    let byte = min(intensity, 1) * 255
    // Level 0 is 0, levels 1 to 24 are 8, 18, … 238, and level 25 is 255.
    if byte < 4 { return .grey(0) }
    if byte > 246.5 { return .grey(brightestGrey) }
    return .grey(UInt8(min(24, max(1, ((byte - 8) / 10).rounded() + 1))))
  }

  /// Tells whether the colour is a grey where greys are supported.
  var isGrey: Bool {
    switch self {
    case .faint, .grey: true
    default: false
    }
  }

  /// The colour that the terminal receives; nil for its default colour.
  public func resolved(_ depth: ColorDepth) -> TerminalColor? {
    switch (self, depth) {
    case (_, .none): nil
    case (_, .eight): indexOfEight.map { .palette($0) }
    case (.rgb(let red, let green, let blue), .truecolor): .rgb(red, green, blue)
    case (_, .many), (_, .truecolor): indexOf256.map { .palette($0) }
    }
  }

  private var indexOfEight: UInt8? {
    switch self {
    case .standard, .grey, .rgb, .faint: nil
    case .accent: 6
    case .mark: 3
    case .good: 2
    case .warning: 3
    case .alarm: 1
    case .kind(let kind): Self.entry(kind, of: [nil, 3, 6, 2, 3, 4, 1, 5, 4, 5])
    }
  }

  private var indexOf256: UInt8? {
    switch self {
    case .standard: nil
    case .grey(let level):
      switch level {
      case 0: 16
      case 1...24: 231 + level
      default: 231
      }
    case .rgb(let red, let green, let blue): Palette.nearest(red, green, blue)
    case .accent: 39
    case .mark: 214
    case .good: 36
    case .warning: 220
    case .alarm: 203
    case .faint: 244
    case .kind(let kind): Self.entry(kind, of: [nil, 214, 74, 35, 227, 26, 166, 168, 93, 141])
    }
  }

  private static func entry(_ kind: Int, of palette: [UInt8?]) -> UInt8? {
    kind < 0 ? nil : palette[kind % palette.count]
  }
}
