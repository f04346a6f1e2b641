import Screen

/// A filter that shortens the output of ncurses without changing the screen.
///
/// ncurses sends both colours of every cell whose pair differs from the previous one in separate sequences.
/// The filter records the requested styles, and sends the actual difference in one sequence before the next
/// glyph that shows it. All other output passes unchanged.
///
/// Where colours are *tokens*, the foreground F and the background B of ncurses stand for the colour pair of the
/// number 256·B + F, whose colours are sent instead: ncurses knows no colours of 24 bits on such terminals, and
/// redefining its own pairs is slow.
struct StyleCompressor {
  /// The style of a terminal; an attribute is the bit of its code.
  private struct TerminalStyle: Equatable {
    var foreground = ColorCode.standard
    var background = ColorCode.standard
    var attributes: UInt8 = 0
  }

  /// The style that ncurses requested, and that with the colours of its tokens.
  private var requested = TerminalStyle()
  private var wanted = TerminalStyle()
  /// The style last sent; nil where unknown.
  private var sent: TerminalStyle?
  private var output: [UInt8] = []

  private static let escape: UInt8 = 0x1B
  private static let reverse: UInt8 = 1 << 7
  /// The attributes visible on a space: underline and reverse.
  private static let visibleOnSpaces: UInt8 = 1 << 4 | reverse
  /// The final bytes of sequences that only move the cursor.
  private static let moves = Set("ABCDGHdf".utf8)

  /// Shortens the output of ncurses for one frame.
  ///
  /// - Parameter tokens: the pairs that the colours stand for; nil where they stand for themselves.
  mutating func compress(_ bytes: [UInt8], tokens: ColorPairs? = nil) -> [UInt8] {
    output = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Self.escape {
        index = handleSequence(bytes, from: index, tokens)
        continue
      }
      // The bytes of a character beyond ASCII follow its first one.
      if byte == 0x20 { sendForSpace() } else if byte > 0x20, byte & 0xC0 != 0x80 { send() }
      if byte == 0x0A { send() }
      output.append(byte)
      index += 1
    }
    send()
    return output
  }

  /// Forgets the terminal's style, as something else may have written to it.
  mutating func forget() { sent = nil }

  /// The number in the palette of the only colour that a sequence sets; nil for any other text.
  static func colorNumber(ofSequence bytes: [UInt8]) -> Int? {
    guard bytes.starts(with: [escape, UInt8(ascii: "[")]), bytes.last == UInt8(ascii: "m") else { return nil }
    var compressor = StyleCompressor()
    guard compressor.note(bytes[2..<bytes.count - 1], nil) else { return nil }
    let style = compressor.requested
    return style.foreground == .standard ? style.background.number : style.foreground.number
  }

  /// Processes the escape sequence at `start`; returns the index after it.
  private mutating func handleSequence(_ bytes: [UInt8], from start: Int, _ tokens: ColorPairs?) -> Int {
    guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "[") else {
      return passSequence(bytes, from: start)
    }
    var end = start + 2
    while end < bytes.count, !(0x40...0x7E).contains(bytes[end]) { end += 1 }
    guard end < bytes.count else {
      output += bytes[start...]
      return bytes.count
    }
    if bytes[end] == UInt8(ascii: "m") {
      if !note(bytes[start + 2..<end], tokens) {
        // The effect on the terminal is unknown.
        output += bytes[start...end]
        sent = nil
      }
      return end + 1
    }
    // Erasing uses the current background.
    if !Self.moves.contains(bytes[end]) { send() }
    output += bytes[start...end]
    return end + 1
  }

  /// Passes an escape sequence that is not a control sequence, such as the choice of a character set.
  private mutating func passSequence(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start + 1
    while end < bytes.count, (0x20...0x2F).contains(bytes[end]) { end += 1 }
    let isCharacterSet = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "(")
    if !isCharacterSet { send() }
    output += bytes[start...min(end, bytes.count - 1)]
    return end + 1
  }

  /// Records a style; returns false for unknown parameters, which must pass. The default font, which some
  /// descriptions include in every style, is ignored.
  private mutating func note(_ bytes: ArraySlice<UInt8>, _ tokens: ColorPairs?) -> Bool {
    guard let parameters = StyleParameters(bytes) else { return false }
    var style = requested
    var rest = parameters.numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: style = TerminalStyle()
      case 10: break
      case 1, 2, 4, 7: style.attributes |= 1 << number
      case 22: style.attributes &= ~(1 << 1 | 1 << 2)
      case 24, 27: style.attributes &= ~(1 << (number - 20))
      case 30...37: style.foreground = .basic(UInt8(number - 30))
      case 90...97: style.foreground = .basic(UInt8(number - 82))
      case 39: style.foreground = .standard
      case 40...47: style.background = .basic(UInt8(number - 40))
      case 100...107: style.background = .basic(UInt8(number - 92))
      case 49: style.background = .standard
      case 38, 48:
        guard rest.count >= 2, rest.removeFirst() == 5, let color = UInt8(exactly: rest.removeFirst()) else {
          return false
        }
        if number == 38 { style.foreground = .palette(color) } else { style.background = .palette(color) }
      default: return false
      }
    }
    requested = style
    if let tokens, let foreground = style.foreground.number, let background = style.background.number,
      let pair = tokens[256 * background + foreground]
    {
      (style.foreground, style.background) = (ColorCode(pair.foreground), ColorCode(pair.background))
    }
    wanted = style
    return true
  }

  /// Compares the visible style: on a space, the foreground matters only when reversed.
  private mutating func sendForSpace() {
    guard let sent, (wanted.attributes | sent.attributes) & Self.reverse == 0,
      (wanted.attributes ^ sent.attributes) & Self.visibleOnSpaces == 0
    else { return send() }
    guard wanted.background != sent.background else { return }
    self.sent?.background = wanted.background
    output += [Self.escape, UInt8(ascii: "[")]
    wanted.background.append(to: &output, base: 40, after: output.count)
    output.append(UInt8(ascii: "m"))
  }

  /// Sends the difference between the terminal's style and the requested one.
  private mutating func send() {
    guard wanted != sent else { return }
    output += [Self.escape, UInt8(ascii: "[")]
    let start = output.count
    var base = sent ?? TerminalStyle()
    if sent == nil || base.attributes & ~wanted.attributes != 0 {
      base = TerminalStyle()
      // A reset needs no number where nothing follows.
      if wanted != base { output.append(UInt8(ascii: "0")) }
    }
    for code in [1, 2, 4, 7] where (wanted.attributes & ~base.attributes) >> code & 1 == 1 {
      ColorCode.append(code, to: &output, after: start)
    }
    if wanted.foreground != base.foreground {
      wanted.foreground.append(to: &output, base: 30, after: start)
    }
    if wanted.background != base.background {
      wanted.background.append(to: &output, base: 40, after: start)
    }
    output.append(UInt8(ascii: "m"))
    sent = wanted
  }
}
