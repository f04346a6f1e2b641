import CCurses
import Screen

extension InputDecoder {
  static func key(ascii byte: UInt8) -> Key? {
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

  /// A key of the number pad in application mode, by the byte after `ESC O`; nil for every other byte.
  static func keypadKey(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: " "): .space
    case UInt8(ascii: "I"): .tab
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "X"): .character("=")
    // The letters j to y encode the characters * to 9.
    case UInt8(ascii: "j")...UInt8(ascii: "y"): .character(Character(Unicode.Scalar(byte - 0x40)))
    default: nil
    }
  }

  static func namedKey(_ code: Int32) -> Key? {
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
