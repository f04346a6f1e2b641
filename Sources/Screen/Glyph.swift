/// Which characters may stand in a cell, and what stands in for the others.
public enum Glyph {
  /// What a character is replaced by when a cell cannot hold it.
  public static let replacement: Character = "\u{FFFD}"

  /// The character itself where it is printable and one column wide; a space for a tab; otherwise the
  /// replacement.
  ///
  /// Control characters (C0, C1, DEL), invisible and bidirectional formatting, private and unassigned code
  /// points, wide characters and emoji are replaced, so that text from outside can neither send an escape
  /// sequence nor shift what stands beside it.
  public static func printable(_ character: Character) -> Character {
    if let byte = character.asciiValue {
      if byte == 9 { return " " }
      return (0x20...0x7E).contains(byte) ? character : replacement
    }
    let scalars = character.unicodeScalars
    guard let first = scalars.first, isNarrow(first), scalars.count <= 3,
      scalars.dropFirst().allSatisfy(isHarmlessMark)
    else { return replacement }
    return character
  }

  /// The text with every character printable and one column wide, so that its count is its width in columns.
  public static func printable(_ text: String) -> String {
    String(text.map(printable))
  }

  /// What stands in for a printable character on a terminal that shows ASCII only.
  public static func ascii(_ character: Character) -> Character {
    if character.isASCII { return character }
    if let known = asciiForms[character] { return known }
    guard let scalar = character.unicodeScalars.first?.value else { return "?" }
    switch scalar {
    case 0x2500...0x257F: return "+"
    case 0x2580...0x2590, 0x2594...0x259F: return "#"
    case 0x2801...0x28FF: return "*"
    case 0x2800: return " "
    default: return "?"
    }
  }

  private static let asciiForms: [Character: Character] = [
    "─": "-", "━": "=", "│": "|", "┃": "|", "┆": ":", "┊": ":", "…": "~", "·": ".", "•": "*", "░": ".",
    "▒": "+", "▓": "#", "█": "@", "▸": ">", "▶": ">", "◂": "<", "◀": "<", "←": "<", "→": ">", "↑": "^",
    "↓": "v", "●": "O", "○": "o", "◇": "^", "◆": "^", "◈": "@", "°": "d", "×": "x", "−": "-", "–": "-",
    "—": "-", "’": "'", "‘": "'", "“": "\"", "”": "\"", "«": "<", "»": ">", "✓": "+", "✗": "x", "α": "a",
    "θ": "t", "∂": "d", "µ": "u", "σ": "s", "±": "~", "≥": ">", "≤": "<", "≈": "~", "▲": "^", "▼": "v",
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "%", "▮": "#", "▯": ".", "▏": "|",
    "Δ": "D", "▴": "^", "▾": "v", "‹": "<", "›": ">",
  ]

  private static func isNarrow(_ scalar: Unicode.Scalar) -> Bool {
    // Frames, blocks, shapes and braille are most of what is drawn, and known to be narrow.
    if (0x2500...0x25FC).contains(scalar.value) || (0x2800...0x28FF).contains(scalar.value) { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .nonspacingMark, .enclosingMark, .spacingMark:
      return false
    default:
      return !scalar.properties.isEmojiPresentation
        && !wideRanges.contains { $0.contains(scalar.value) }
    }
  }

  private static func isHarmlessMark(_ scalar: Unicode.Scalar) -> Bool {
    // The variation selectors change the width of what precedes them.
    scalar.properties.generalCategory == .nonspacingMark && !(0xFE00...0xFE0F).contains(scalar.value)
  }

  /// The blocks whose characters are two columns wide (Unicode's East Asian Width, W and F).
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
    0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}
