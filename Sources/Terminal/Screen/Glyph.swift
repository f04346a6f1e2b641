/// Validation and replacement of characters in cells.
public enum Glyph {
  /// The replacement of characters that a cell cannot show.
  public static let replacement: Character = "\u{FFFD}"

  /// The character where it is printable and one column wide; a space for a tab; otherwise the replacement.
  ///
  /// Control characters (C0, C1, DEL), invisible and bidirectional formatting, private and unassigned code
  /// points, wide characters and emoji are replaced, so that external text can neither send an escape
  /// sequence nor shift its neighbours.
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

  /// The character if it is printable and two columns wide, such as 漢, 한 or 🙂; nil for all others.
  ///
  /// Only single code points and canonical compositions have the same width on every terminal, so emoji sequences
  /// are excluded. Decomposed Hangul syllables, as in some file systems, are composed.
  public static func wide(_ character: Character) -> Character? {
    let character = composedHangul(character) ?? character
    let scalars = character.unicodeScalars
    guard let first = scalars.first, scalars.count <= 3, isPrintable(first), isWide(first),
      !(0x1F1E6...0x1F1FF).contains(first.value), scalars.dropFirst().allSatisfy(isHarmlessMark)
    else { return nil }
    return character
  }

  /// The width of a text on a canvas in columns.
  public static func columns(of text: String) -> Int { text.reduce(0) { $0 + columns(of: $1) } }

  /// The width of a character on a canvas in columns: two if wide; one otherwise, also for replaced characters.
  public static func columns(of character: Character) -> Int {
    character.isASCII || wide(character) == nil ? 1 : 2
  }

  /// The text with every character printable and one column wide; its count is its width.
  public static func printable(_ text: String) -> String {
    String(text.map(printable))
  }

  /// The ASCII substitute of a printable character.
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

  /// The text with those characters spelled out whose one-character stand-ins could be taken for keys.
  public static func asciiText(_ text: String) -> String {
    guard text.contains(where: { spelledForms[$0] != nil }) else { return text }
    return text.map { spelledForms[$0] ?? String($0) }.joined()
  }

  private static let spelledForms: [Character: String] = [
    "θ": "theta", "α": "alpha", "σ": "sigma", "→": "->", "←": "<-", "↑": "Up", "↓": "Down",
  ]

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
    // Frames, blocks, shapes and braille are narrow and the most frequent.
    if (0x2500...0x25FC).contains(scalar.value) || (0x2800...0x28FF).contains(scalar.value) { return true }
    return isPrintable(scalar) && !isWide(scalar)
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .nonspacingMark, .enclosingMark, .spacingMark:
      false
    // Vowels and final consonants of Hangul take no column of their own.
    default: !(0x1160...0x11FF).contains(scalar.value) && !(0xD7B0...0xD7FF).contains(scalar.value)
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation || wideRanges.contains { $0.contains(scalar.value) }
  }

  /// The composition of Hangul letters by Unicode's arithmetic; nil for other characters.
  private static func composedHangul(_ character: Character) -> Character? {
    let values = character.unicodeScalars.map(\.value)
    guard (2...3).contains(values.count), (0x1100...0x1112).contains(values[0]),
      (0x1161...0x1175).contains(values[1]), values.count == 2 || (0x11A8...0x11C2).contains(values[2])
    else { return nil }
    let final = values.count == 3 ? values[2] - 0x11A7 : 0
    let syllable = 0xAC00 + ((values[0] - 0x1100) * 21 + values[1] - 0x1161) * 28 + final
    return Unicode.Scalar(syllable).map(Character.init)
  }

  private static func isHarmlessMark(_ scalar: Unicode.Scalar) -> Bool {
    // Variation selectors change the width of the preceding character.
    scalar.properties.generalCategory == .nonspacingMark && !(0xFE00...0xFE0F).contains(scalar.value)
  }

  /// The blocks of wide characters (Unicode's East Asian Width W and F).
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
    0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}
