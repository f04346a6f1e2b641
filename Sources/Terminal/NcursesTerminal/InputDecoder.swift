import CCurses
import Screen

/// A decoder of the bytes and key codes that the terminal sends.
///
/// Characters beyond ASCII are assembled from UTF-8; invalid UTF-8 is dropped. Unknown control sequences and
/// control strings (OSC, DCS, APC, PM, SOS) are dropped whole, so that their letters are not taken for keys.
/// Of pasted text only the first line is reported.
///
/// A control sequence may be interrupted by flushes. One that stays incomplete is ended by a letter, which is
/// lost, or by Escape, a control key or a key code, which are not. Strings and pastes, which may contain
/// those, end at Escape alone. Any pending input ends after `patience` seconds without a byte; times are
/// passed by the caller.
package struct InputDecoder {
  private enum State {
    case ground
    case escape
    /// After an escape byte that was flushed as a key.
    case escapeReported
    /// `[` after such an escape byte: a key, unless a split mouse report follows.
    case bracket
    /// Within a control sequence, before its final byte.
    case sequence(parameters: [UInt8])
    /// After a control sequence that was flushed after `ESC [`.
    case introduced
    /// Within an invalid mouse report, until its end or a flush.
    case brokenReport
    /// Within a mouse report of the X10 protocol: three bytes after `CSI M`.
    case oldReport(missing: Int)
    /// One byte after `CSI [`, the function keys of the Linux console.
    case consoleKey
    /// Within a control string, with the number of bytes so far.
    case string(count: Int)
    /// After an escape byte within a control string: its end, if a backslash follows.
    case stringEscape
    /// After a flushed escape byte that ended a control string; a late backslash belongs to it.
    case stringEnded
    /// Within a paste; the payload is the number of bytes matched of the end mark.
    case paste(endBytes: Int)
    /// After a flushed escape byte within a paste: the start of the end mark, or the key.
    case pasteEscape
    /// After `ESC O`, before the letter.
    case singleShift
    case character(bytes: [UInt8], missing: Int)
  }

  /// The maximum length of the parameters of known sequences.
  private static let parameterLimit = 32
  /// The maximum length of a control string, in bytes.
  private static let stringLimit = 65_536
  /// The second bytes of the control strings DCS, SOS, OSC, PM and APC.
  private static let stringStarts = Set("PX]^_".utf8)
  /// The parameters of the mark before pasted text.
  private static let pasteStart = Array("200".utf8)
  /// The mark after pasted text.
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private let reportsMouse: Bool
  private var state = State.ground
  private var pastedLine = PastedLine()
  /// The time of the last byte or key code, in seconds.
  private var lastCode = 0.0

  /// Creates a decoder that drops mouse reports on request.
  package init(reportsMouse: Bool = true) {
    self.reportsMouse = reportsMouse
  }

  /// Decodes the next byte or key code.
  ///
  /// - Parameter seconds: the time of its arrival on a monotonic clock.
  /// - Returns: the events that are complete, in order: none, one, or two.
  package mutating func decode(_ code: Int32, at seconds: Double = 0) -> [TerminalEvent] {
    lastCode = seconds
    guard let byte = UInt8(exactly: code) else { return decode(keyCode: code) }
    return decode(byte: byte)
  }

  private mutating func decode(byte: UInt8) -> [TerminalEvent] {
    switch state {
    case .escape where byte == UInt8(ascii: "["):
      state = .sequence(parameters: [])
    case .escape where byte == UInt8(ascii: "O"):
      state = .singleShift
    case .escape where Self.stringStarts.contains(byte):
      state = .string(count: 0)
    case .escapeReported where byte == UInt8(ascii: "["):
      state = .bracket
    case .bracket where byte == UInt8(ascii: "<"), .introduced where byte == UInt8(ascii: "<"):
      state = .sequence(parameters: [byte])
    case .stringEnded where byte == UInt8(ascii: "\\"):
      state = .ground
    case .ground, .escape, .escapeReported, .bracket, .introduced, .stringEnded:
      return endPending() + start(byte)
    case .sequence(let parameters):
      return continueSequence(parameters, with: byte)
    case .brokenReport where byte >= 0x20:
      if byte == UInt8(ascii: "M") || byte == UInt8(ascii: "m") { state = .ground }
    case .oldReport(let missing) where byte >= 0x20:
      state = missing > 1 ? .oldReport(missing: missing - 1) : .ground
    case .consoleKey where byte >= 0x20:
      state = .ground
    case .brokenReport, .oldReport, .consoleKey:
      return start(byte)
    case .string(let count):
      continueString(with: byte, count)
    case .stringEscape:
      return continueAfterStringEscape(with: byte)
    case .paste(let endBytes):
      return continuePaste(with: byte, endBytes)
    case .pasteEscape where byte == Self.pasteEnd[1]:
      state = .paste(endBytes: 2)
    case .pasteEscape:
      return endPaste() + start(byte)
    case .singleShift:
      return continueSingleShift(with: byte)
    case .character(let bytes, let missing):
      return continueSequence(bytes, missing, with: byte)
    }
    return []
  }

  /// Flushes the input so far after the delay of an escape: an incomplete sequence that may be a key becomes
  /// one.
  package mutating func flush() -> [TerminalEvent] {
    switch state {
    case .escape:
      state = .escapeReported
      return [.key(.escape)]
    case .sequence(let parameters):
      // Alt with `[` sends no more than this and must not consume the next key.
      if parameters.isEmpty { state = .introduced }
    case .stringEscape: state = .stringEnded
    case .paste(endBytes: 1): state = .pasteEscape
    case .bracket, .brokenReport: return endPending()
    case .ground, .escapeReported, .introduced, .oldReport, .consoleKey, .string, .stringEnded, .paste,
      .pasteEscape, .singleShift, .character:
      break
    }
    return []
  }

  /// The time at which the pending input expires; nil where none is pending.
  package var deadline: Double? { patience.map { lastCode + $0 } }

  /// Ends the pending input after its deadline.
  package mutating func expire(at seconds: Double) -> [TerminalEvent] {
    guard let deadline, seconds >= deadline else { return [] }
    switch state {
    case .paste, .pasteEscape: return endPaste()
    default: return endPending()
    }
  }

  /// The seconds without a byte that end the pending input.
  private var patience: Double? {
    switch state {
    case .ground, .escapeReported: nil
    case .string: 1
    case .stringEnded, .pasteEscape, .singleShift, .consoleKey, .character: 0.25
    case .escape, .bracket, .sequence, .introduced, .brokenReport, .oldReport, .stringEscape, .paste: 2
    }
  }

  /// Ends the current sequence and returns its key, if it was one.
  private mutating func endPending() -> [TerminalEvent] {
    defer { state = .ground }
    return switch state {
    case .escape: [.key(.escape)]
    case .bracket: [.key(.character("["))]
    default: []
    }
  }

  private mutating func decode(keyCode code: Int32) -> [TerminalEvent] {
    let key = [Self.namedKey(code)].compactMap { $0.map(TerminalEvent.key) }
    switch state {
    case .paste:
      state = .paste(endBytes: 0)
      return []
    case .pasteEscape:
      return endPaste() + key
    case .string(let count) where Int(code) == TERMINAL_KEY_BACKSPACE:
      // The only key code that stands for a byte, not for an escape sequence.
      continueString(with: 0x7F, count)
      return []
    default:
      return endPending() + key
    }
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

  private mutating func continueSequence(_ bytes: [UInt8], _ missing: Int, with byte: UInt8)
    -> [TerminalEvent]
  {
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

// MARK: - Control sequences and strings

extension InputDecoder {
  private mutating func continueSequence(_ parameters: [UInt8], with byte: UInt8) -> [TerminalEvent] {
    if byte < 0x20 { return start(byte) }
    if (0x40...0x7E).contains(byte) { return end(parameters, with: byte) }
    // A sequence that is too long is ignored.
    if parameters.count <= Self.parameterLimit { state = .sequence(parameters: parameters + [byte]) }
    return []
  }

  private mutating func end(_ parameters: [UInt8], with final: UInt8) -> [TerminalEvent] {
    state = .ground
    switch (parameters.first, Character(Unicode.Scalar(final))) {
    case (nil, "M"): state = .oldReport(missing: 3)
    case (nil, "["): state = .consoleKey
    case (UInt8(ascii: "<"), "M"), (UInt8(ascii: "<"), "m"):
      guard reportsMouse, let event = MouseEvent(report: parameters, final: final) else { break }
      return [.mouse(event)]
    case (UInt8(ascii: "<"), _): state = .brokenReport
    case (_, "~") where parameters == Self.pasteStart:
      state = .paste(endBytes: 0)
      pastedLine = PastedLine()
    default: break
    }
    return []
  }

  private mutating func continueSingleShift(with byte: UInt8) -> [TerminalEvent] {
    // Some terminals send the number of a modifier before the letter.
    if (UInt8(ascii: "0")...UInt8(ascii: ";")).contains(byte) { return [] }
    state = .ground
    guard byte >= 0x20 else { return start(byte) }
    return [Self.keypadKey(byte)].compactMap { $0.map(TerminalEvent.key) }
  }

  private mutating func continueString(with byte: UInt8, _ count: Int) {
    switch byte {
    case 0x07: state = .ground
    case 0x1B: state = .stringEscape
    default: state = count + 1 < Self.stringLimit ? .string(count: count + 1) : .ground
    }
  }

  /// Ends a string; an escape byte that is not part of its end begins another sequence.
  private mutating func continueAfterStringEscape(with byte: UInt8) -> [TerminalEvent] {
    state = byte == UInt8(ascii: "\\") ? .ground : .escape
    if case .ground = state { return [] }
    return decode(byte: byte)
  }

  private mutating func continuePaste(with byte: UInt8, _ endBytes: Int) -> [TerminalEvent] {
    // An escape byte is the first of the mark and occurs nowhere else in it.
    let seen = byte == Self.pasteEnd[endBytes] ? endBytes + 1 : byte == Self.pasteEnd[0] ? 1 : 0
    if seen == Self.pasteEnd.count { return endPaste() }
    state = .paste(endBytes: seen)
    if seen == 0 { pastedLine.append(byte) }
    return []
  }

  private mutating func endPaste() -> [TerminalEvent] {
    state = .ground
    return [.pasted(pastedLine.text)]
  }
}
