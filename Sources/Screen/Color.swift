/// How many colours a terminal shows.
public enum ColorDepth: Sendable, Hashable, CaseIterable {
  /// No colour at all, or none wanted; bold, dim, underline and reverse remain.
  case none
  /// The eight classic colours.
  case eight
  /// The 256 colours of xterm, with 26 greys among them.
  case many
}

/// The colour of a glyph or of its background, named by what it means.
///
/// The roles are chosen so that people who see red and green alike can tell them apart. Colour is never
/// the only cue: every widget pairs it with a glyph or an attribute.
public enum Color: Hashable, Sendable {
  /// What the terminal shows by itself.
  case standard
  /// A grey from 0 (black) to `Color.brightestGrey` (white); standard where there are fewer than 256 colours.
  case grey(UInt8)
  /// What has the focus, and the value that a person controls.
  case accent
  /// What the encoder reads, and held-out figures.
  case mark
  /// What is as it should be.
  case good
  /// What deserves a look.
  case warning
  /// What went wrong.
  case alarm
  /// Frames, ticks and hints.
  case faint
  /// One of ten kinds of things, counted from 0 and around again; a negative number is no kind.
  ///
  /// The colours are close to Okabe and Ito's eight ("Color Universal Design", 2008), whose black is here the
  /// terminal's own, and a violet and a lilac. Where there are eight colours some kinds share one.
  case kind(Int)

  /// The highest level of `grey`.
  public static let brightestGrey: UInt8 = 25

  /// The grey nearest to an intensity from 0 (black) to 1 (white); what lies outside, or is no number, is cut.
  public static func grey(intensity: Float) -> Color {
    guard intensity > 0 else { return .grey(0) }
    let byte = min(intensity, 1) * 255
    // Level 0 is 0, levels 1 to 24 are 8, 18, … 238, and level 25 is 255.
    if byte < 4 { return .grey(0) }
    if byte > 246.5 { return .grey(brightestGrey) }
    return .grey(UInt8(min(24, max(1, ((byte - 8) / 10).rounded() + 1))))
  }

  /// Whether it is a grey where there are greys.
  var isGrey: Bool {
    switch self {
    case .faint, .grey: true
    default: false
    }
  }

  /// The number of this colour in the terminal's palette, nil for what the terminal shows by itself.
  public func paletteIndex(_ depth: ColorDepth) -> Int? {
    switch depth {
    case .none: nil
    case .eight: indexOfEight
    case .many: indexOf256
    }
  }

  private var indexOfEight: Int? {
    switch self {
    case .standard, .grey, .faint: nil
    case .accent: 6
    case .mark: 3
    case .good: 2
    case .warning: 3
    case .alarm: 1
    case .kind(let kind): Self.entry(kind, of: [nil, 3, 6, 2, 3, 4, 1, 5, 4, 5])
    }
  }

  private var indexOf256: Int? {
    switch self {
    case .standard: nil
    case .grey(let level):
      switch level {
      case 0: 16
      case 1...24: 231 + Int(level)
      default: 231
      }
    case .accent: 39
    case .mark: 214
    case .good: 36
    case .warning: 220
    case .alarm: 203
    case .faint: 244
    case .kind(let kind): Self.entry(kind, of: [nil, 214, 74, 35, 227, 26, 166, 168, 93, 141])
    }
  }

  private static func entry(_ kind: Int, of palette: [Int?]) -> Int? {
    kind < 0 ? nil : palette[kind % palette.count]
  }
}
