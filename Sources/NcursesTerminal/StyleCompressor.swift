/// Says the same to a terminal with fewer bytes.
///
/// ncurses sends both colours of every cell whose pair differs from that of the cell before, in sequences of
/// their own. Here the looks that are asked for are only noted, and what really differs is sent, in one
/// sequence, before the next glyph that shows it. Everything else passes as it is.
struct StyleCompressor {
  /// A look as a terminal keeps it; colours are the parameters of their sequences.
  private struct Look: Equatable {
    var foreground: [Int] = [39]
    var background: [Int] = [49]
    var attributes: Set<Int> = []
  }

  private var wanted = Look()
  /// What the terminal has been told; absent while that is unknown.
  private var sent: Look?
  private var output: [UInt8] = []

  private static let escape: UInt8 = 0x1B
  /// Attributes that can be seen on a space: underline and reverse.
  private static let seenOnSpaces: Set = [4, 7]
  /// The final bytes of sequences that only move the cursor.
  private static let moves = Set("ABCDGHdf".utf8)

  /// Takes what ncurses has written for a frame and returns what the terminal needs of it.
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

  /// Forgets what the terminal was told: something else may have written to it.
  mutating func forget() { sent = nil }

  /// Takes the escape sequence at `start`; returns where the next byte stands.
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
        // Nobody knows what the terminal makes of it.
        output += bytes[start...end]
        sent = nil
      }
      return end + 1
    }
    // What erases does so in the colours of the moment.
    if !Self.moves.contains(bytes[end]) { send() }
    output += bytes[start...end]
    return end + 1
  }

  /// Passes a sequence that is no control sequence, such as the choice of a character set.
  private mutating func passSequence(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start + 1
    while end < bytes.count, (0x20...0x2F).contains(bytes[end]) { end += 1 }
    let isCharacterSet = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "(")
    if !isCharacterSet { send() }
    output += bytes[start...min(end, bytes.count - 1)]
    return end + 1
  }

  /// Notes a look; false where it holds something unknown, which then has to pass. The terminal's own font,
  /// which some name with every look, is no news.
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

  /// On a space nothing is seen of the foreground, unless it is reversed.
  private mutating func sendForSpace() {
    guard let sent, !wanted.attributes.contains(7), !sent.attributes.contains(7),
      wanted.attributes.intersection(Self.seenOnSpaces) == sent.attributes.intersection(Self.seenOnSpaces)
    else { return send() }
    guard wanted.background != sent.background else { return }
    self.sent?.background = wanted.background
    write(wanted.background)
  }

  /// Tells the terminal the look that is wanted, as far as it does not have it.
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
    // A reset alone needs no number.
    let text = parameters == [0] ? "" : parameters.map(String.init).joined(separator: ";")
    output += Array(text.utf8)
    output.append(UInt8(ascii: "m"))
  }
}
