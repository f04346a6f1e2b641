/// A filter that shortens the output of ncurses without changing the screen.
///
/// ncurses sends both colours of every cell whose pair differs from the previous one in separate sequences.
/// The filter records the requested styles, and sends the actual difference in one sequence before the next
/// glyph that shows it. All other output passes unchanged.
struct StyleCompressor {
  /// The style of a terminal; colours are the parameters of their sequences.
  private struct Look: Equatable {
    var foreground: [Int] = [39]
    var background: [Int] = [49]
    var attributes: Set<Int> = []
  }

  private var wanted = Look()
  /// The style last sent; nil where unknown.
  private var sent: Look?
  private var output: [UInt8] = []

  private static let escape: UInt8 = 0x1B
  /// The attributes visible on a space: underline and reverse.
  private static let seenOnSpaces: Set = [4, 7]
  /// The final bytes of sequences that only move the cursor.
  private static let moves = Set("ABCDGHdf".utf8)

  /// Shortens the output of ncurses for one frame.
  mutating func compress(_ bytes: [UInt8]) -> [UInt8] {
    output = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == Self.escape {
        index = handleSequence(bytes, from: index)
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

  /// Processes the escape sequence at `start`; returns the index after it.
  private mutating func handleSequence(_ bytes: [UInt8], from start: Int) -> Int {
    guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "[") else {
      return passSequence(bytes, from: start)
    }
    var end = start + 2
    while end < bytes.count, !(0x40...0x7E).contains(bytes[end]) { end += 1 }
    guard end < bytes.count else {
      output += bytes[start...]
      return bytes.count
    }
    let parameters = bytes[start + 2..<end]
    if bytes[end] == UInt8(ascii: "m") {
      if !note(parameters) {
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
  private mutating func note(_ parameters: ArraySlice<UInt8>) -> Bool {
    let texts = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    var numbers: [Int] = []
    for text in texts {
      guard let number = text.isEmpty ? 0 : Int(String(decoding: text, as: UTF8.self)) else { return false }
      numbers.append(number)
    }
    var look = wanted
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: look = Look()
      case 10: break
      case 1, 2, 4, 7: look.attributes.insert(number)
      case 22: look.attributes.subtract([1, 2])
      case 24, 27: look.attributes.remove(number - 20)
      case 30...37, 39, 90...97: look.foreground = [number]
      case 40...47, 49, 100...107: look.background = [number]
      case 38, 48:
        guard rest.count >= 2, rest.removeFirst() == 5 else { return false }
        let color = [number, 5, rest.removeFirst()]
        if number == 38 { look.foreground = color } else { look.background = color }
      default: return false
      }
    }
    wanted = look
    return true
  }

  /// Compares the visible style: on a space, the foreground matters only when reversed.
  private mutating func sendForSpace() {
    guard let sent, !wanted.attributes.contains(7), !sent.attributes.contains(7),
      wanted.attributes.intersection(Self.seenOnSpaces) == sent.attributes.intersection(Self.seenOnSpaces)
    else { return send() }
    guard wanted.background != sent.background else { return }
    self.sent?.background = wanted.background
    write(wanted.background)
  }

  /// Sends the difference between the terminal's style and the requested one.
  private mutating func send() {
    guard wanted != sent else { return }
    var parameters: [Int] = []
    var base = sent ?? Look()
    if sent == nil || !base.attributes.isSubset(of: wanted.attributes) {
      parameters.append(0)
      base = Look()
    }
    parameters += wanted.attributes.subtracting(base.attributes).sorted()
    if wanted.foreground != base.foreground { parameters += wanted.foreground }
    if wanted.background != base.background { parameters += wanted.background }
    sent = wanted
    write(parameters)
  }

  private mutating func write(_ parameters: [Int]) {
    output += [Self.escape, UInt8(ascii: "[")]
    // A reset needs no number.
    let text = parameters == [0] ? "" : parameters.map(String.init).joined(separator: ";")
    output += Array(text.utf8)
    output.append(UInt8(ascii: "m"))
  }
}
