import CCurses
import Screen

/// Makes events of the bytes and key codes that the terminal sends.
///
/// Characters beyond ASCII are put together from their UTF-8 bytes; bytes that are no UTF-8 are dropped. A
/// control sequence that nothing here knows is dropped whole, so that its letters are not taken for keys, and
/// so is what is pasted, which would otherwise run whatever its letters are bound to.
///
/// A control sequence may come in parts, with a flush between them. Where its end never comes, whatever ends
/// a sequence ends it: a letter, which is lost, or Escape, a control key or a key code, which are not.
package struct InputDecoder {
  private enum State {
    case ground
    case escape
    /// After an escape that nothing followed in time and that was therefore a key.
    case escapeReported
    /// `[` after such an escape: a key, unless a report of the mouse turns out to have come in two parts.
    case bracket
    /// Within a control sequence, up to its final byte.
    case sequence(parameters: [UInt8])
    /// After a control sequence of which nothing but its `ESC [` came in time.
    case introduced
    /// Within a report of the mouse that makes no sense, up to its end or that of what has arrived.
    case brokenReport
    /// Within a report of the mouse as the first terminals had it: three bytes after `CSI M`.
    case oldReport(missing: Int)
    /// Between the marks of a paste, of whose second one so many bytes have been seen.
    case paste(endBytes: Int)
    /// One byte after `ESC O`.
    case singleShift
    case character(bytes: [UInt8], missing: Int)
  }

  /// Longer parameters than any that has a meaning here.
  private static let parameterLimit = 32
  /// The parameters of the mark before what is pasted.
  private static let pasteStart = Array("200".utf8)
  /// The mark after it.
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private let reportsMouse: Bool
  private var state = State.ground

  /// A decoder that leaves reports of the mouse out on request.
  package init(reportsMouse: Bool = true) {
    self.reportsMouse = reportsMouse
  }

  /// Takes the next byte or key code.
  ///
  /// - Returns: The events that are complete now, in order: none, one, or two.
  package mutating func decode(_ code: Int32) -> [TerminalEvent] {
    guard let byte = UInt8(exactly: code) else { return decode(keyCode: code) }
    switch state {
    case .escape where byte == UInt8(ascii: "["):
      state = .sequence(parameters: [])
    case .escape where byte == UInt8(ascii: "O"):
      state = .singleShift
    case .escapeReported where byte == UInt8(ascii: "["):
      state = .bracket
    case .bracket where byte == UInt8(ascii: "<"), .introduced where byte == UInt8(ascii: "<"):
      state = .sequence(parameters: [byte])
    case .ground, .escape, .escapeReported, .bracket, .introduced:
      return breakOff() + start(byte)
    case .sequence(let parameters):
      return goOn(parameters, with: byte)
    case .brokenReport where byte >= 0x20:
      if byte == UInt8(ascii: "M") || byte == UInt8(ascii: "m") { state = .ground }
    case .oldReport(let missing) where byte >= 0x20:
      state = missing > 1 ? .oldReport(missing: missing - 1) : .ground
    case .brokenReport, .oldReport:
      return start(byte)
    case .paste(let endBytes):
      goOn(pasteWith: byte, endBytes)
    case .singleShift:
      state = .ground
    case .character(let bytes, let missing):
      return goOn(bytes, missing, with: byte)
    }
    return []
  }

  /// Says that nothing more has arrived: what may be a key is taken for one.
  package mutating func flush() -> [TerminalEvent] {
    switch state {
    case .escape:
      state = .escapeReported
      return [.key(.escape)]
    case .sequence(let parameters):
      // Alt with `[` sends no more than this, and must not take the next key with it.
      if parameters.isEmpty { state = .introduced }
      return []
    case .escapeReported, .introduced, .oldReport, .paste: return []
    case .ground, .bracket, .brokenReport, .singleShift, .character: return breakOff()
    }
  }

  /// Ends what was begun, and returns the key that it was if it was one.
  private mutating func breakOff() -> [TerminalEvent] {
    defer { state = .ground }
    return switch state {
    case .escape: [.key(.escape)]
    case .bracket: [.key(.character("["))]
    default: []
    }
  }

  private mutating func decode(keyCode code: Int32) -> [TerminalEvent] {
    if case .paste = state {
      state = .paste(endBytes: 0)
      return []
    }
    return breakOff() + [Self.namedKey(code)].compactMap { $0.map(TerminalEvent.key) }
  }

  private mutating func start(_ byte: UInt8) -> [TerminalEvent] {
    state = .ground
    switch byte {
    case 0x1B:
      state = .escape
      return []
    case 0xC2...0xF4:
      state = .character(bytes: [byte], missing: byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1)
      return []
    default:
      return [Self.key(ascii: byte)].compactMap { $0.map(TerminalEvent.key) }
    }
  }

  private mutating func goOn(_ bytes: [UInt8], _ missing: Int, with byte: UInt8) -> [TerminalEvent] {
    guard (0x80...0xBF).contains(byte) else { return start(byte) }
    let bytes = bytes + [byte]
    if missing > 1 {
      state = .character(bytes: bytes, missing: missing - 1)
      return []
    }
    state = .ground
    guard let character = String(validating: bytes, as: UTF8.self)?.first,
      character.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { return [] }
    return [.key(.character(character))]
  }
}

// MARK: - Control sequences

extension InputDecoder {
  private mutating func goOn(_ parameters: [UInt8], with byte: UInt8) -> [TerminalEvent] {
    if byte < 0x20 { return start(byte) }
    if (0x40...0x7E).contains(byte) { return end(parameters, with: byte) }
    // What is too long already means nothing, however it goes on.
    if parameters.count <= Self.parameterLimit { state = .sequence(parameters: parameters + [byte]) }
    return []
  }

  private mutating func end(_ parameters: [UInt8], with final: UInt8) -> [TerminalEvent] {
    state = .ground
    switch (parameters.first, Character(Unicode.Scalar(final))) {
    case (nil, "M"): state = .oldReport(missing: 3)
    case (UInt8(ascii: "<"), "M"), (UInt8(ascii: "<"), "m"):
      guard reportsMouse, let event = MouseEvent(report: parameters, final: final) else { break }
      return [.mouse(event)]
    case (UInt8(ascii: "<"), _): state = .brokenReport
    case (_, "~") where parameters == Self.pasteStart: state = .paste(endBytes: 0)
    default: break
    }
    return []
  }

  private mutating func goOn(pasteWith byte: UInt8, _ endBytes: Int) {
    // An escape is the mark's first byte and stands nowhere else in it.
    let seen = byte == Self.pasteEnd[endBytes] ? endBytes + 1 : byte == Self.pasteEnd[0] ? 1 : 0
    state = seen == Self.pasteEnd.count ? .ground : .paste(endBytes: seen)
  }
}

// MARK: - Keys

extension InputDecoder {
  private static func key(ascii byte: UInt8) -> Key? {
    switch byte {
    case 0x0D, 0x0A: .enter
    case 0x09: .tab
    case 0x20: .space
    case 0x08, 0x7F: .backspace
    case 1...26: .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x21...0x7E: .character(Character(Unicode.Scalar(byte)))
    default: nil
    }
  }

  private static func namedKey(_ code: Int32) -> Key? {
    switch Int(code) {
    case TERMINAL_KEY_UP: .up
    case TERMINAL_KEY_DOWN: .down
    case TERMINAL_KEY_LEFT: .left
    case TERMINAL_KEY_RIGHT: .right
    case TERMINAL_KEY_SHIFT_UP: .shiftUp
    case TERMINAL_KEY_SHIFT_DOWN: .shiftDown
    case TERMINAL_KEY_SHIFT_LEFT: .shiftLeft
    case TERMINAL_KEY_SHIFT_RIGHT: .shiftRight
    case TERMINAL_KEY_HOME: .home
    case TERMINAL_KEY_END: .end
    case TERMINAL_KEY_PAGE_UP: .pageUp
    case TERMINAL_KEY_PAGE_DOWN: .pageDown
    case TERMINAL_KEY_ENTER: .enter
    case TERMINAL_KEY_BACK_TAB: .backTab
    case TERMINAL_KEY_BACKSPACE: .backspace
    case TERMINAL_KEY_DELETE: .delete
    case TERMINAL_KEY_INSERT: .insert
    case TERMINAL_KEY_FUNCTION + 1...TERMINAL_KEY_FUNCTION + 12: .function(Int(code) - TERMINAL_KEY_FUNCTION)
    default: nil
    }
  }
}
