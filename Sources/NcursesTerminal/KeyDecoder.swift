import CCurses
import Screen

/// Makes keys of the bytes and key codes that the terminal sends.
///
/// Characters beyond ASCII are put together from their UTF-8 bytes; bytes that are no UTF-8 are dropped. A
/// control sequence that the terminal's description does not know is dropped whole, so that its letters are
/// not taken for keys.
struct KeyDecoder {
  private enum State {
    case ground
    case escape
    /// Within a control sequence, up to its final byte.
    case sequence
    /// One byte after `ESC O`.
    case singleShift
    case character(bytes: [UInt8], missing: Int)
  }

  private var state = State.ground

  /// Takes the next byte or key code.
  ///
  /// - Returns: The keys that are complete now, in order: none, one, or two.
  mutating func decode(_ code: Int32) -> [Key] {
    guard let byte = UInt8(exactly: code) else {
      return flush() + [Self.namedKey(code)].compactMap { $0 }
    }
    switch state {
    case .ground:
      return start(byte)
    case .escape where byte == UInt8(ascii: "["):
      state = .sequence
      return []
    case .escape where byte == UInt8(ascii: "O"):
      state = .singleShift
      return []
    case .escape:
      state = .ground
      return [.escape] + start(byte)
    case .sequence:
      if (0x40...0x7E).contains(byte) || byte == 0x1B { state = .ground }
      return byte == 0x1B ? start(byte) : []
    case .singleShift:
      state = .ground
      return []
    case .character(let bytes, let missing):
      return go(on: bytes, missing, with: byte)
    }
  }

  /// Says that nothing more has arrived: what was begun is taken for complete.
  mutating func flush() -> [Key] {
    defer { state = .ground }
    if case .escape = state { return [.escape] }
    return []
  }

  private mutating func start(_ byte: UInt8) -> [Key] {
    state = .ground
    switch byte {
    case 0x1B:
      state = .escape
      return []
    case 0xC2...0xF4:
      state = .character(bytes: [byte], missing: byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1)
      return []
    default:
      return [Self.key(ascii: byte)].compactMap { $0 }
    }
  }

  private mutating func go(on bytes: [UInt8], _ missing: Int, with byte: UInt8) -> [Key] {
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
    return [.character(character)]
  }

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
