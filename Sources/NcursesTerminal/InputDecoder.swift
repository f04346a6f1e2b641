import CCurses
import Screen

/// A decoder of the bytes and key codes that the terminal sends.
///
/// Characters beyond ASCII are put together from their UTF-8 bytes; bytes that are no UTF-8 are dropped. A
/// control sequence that nothing here knows is dropped whole, so that its letters are not taken for keys, and
/// so is a control string (OSC, DCS, APC, PM, SOS), by which terminals answer questions. What is pasted runs
/// nothing either; its first line is reported.
///
/// A control sequence may come in parts, with a flush between them. Where its end never comes, whatever ends
/// a sequence ends it: a letter, which is lost, or Escape, a control key or a key code, which are not. Strings and
/// pastes, in which those may stand, end at Escape alone. All that has begun ends, at the latest, when nothing
/// has come for `patience` seconds; the times are the caller's.
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
    /// One byte after `CSI [`, by which the Linux console sends its function keys.
    case consoleKey
    /// Within a control string, after so many bytes.
    case string(count: Int)
    /// After an escape within a control string: its end, if a backslash follows.
    case stringEscape
    /// After an escape that nothing followed in time, and that ended a control string; a late backslash is its
    /// rest.
    case stringEnded
    /// Between the marks of a paste, of whose second one so many bytes have been seen.
    case paste(endBytes: Int)
    /// After an escape within a paste that nothing followed in time: the mark's first byte, or the key.
    case pasteEscape
    /// After `ESC O`, up to the letter.
    case singleShift
    case character(bytes: [UInt8], missing: Int)
  }

  /// The maximum length of the parameters of known sequences.
  private static let parameterLimit = 32
  /// The bytes after which a control string without an end is over.
  private static let stringLimit = 65_536
  /// The second bytes of the control strings DCS, SOS, OSC, PM and APC.
  private static let stringStarts = Set("PX]^_".utf8)
  /// The parameters of the mark before what is pasted.
  private static let pasteStart = Array("200".utf8)
  /// The mark after pasted text.
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private let reportsMouse: Bool
  private var state = State.ground
  private var pastedLine = PastedLine()
  /// When the last byte or key code came, in seconds.
  private var lastCode = 0.0

  /// Creates a decoder that drops mouse reports on request.
  package init(reportsMouse: Bool = true) {
    self.reportsMouse = reportsMouse
  }

  /// Decodes the next byte or key code.
  ///
  /// - Parameter seconds: When it came, by a clock that never goes back.
  /// - Returns: The events that are complete now, in order: none, one, or two.
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

  /// Says that nothing more has arrived within the delay of an escape: what may be a key is taken for one.
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

  /// When what has begun ends by itself, if nothing comes before; nil where nothing has.
  package var deadline: Double? { patience.map { lastCode + $0 } }

  /// Ends what has begun where its time is up and nothing more has arrived.
  package mutating func expire(at seconds: Double) -> [TerminalEvent] {
    guard let deadline, seconds >= deadline else { return [] }
    switch state {
    case .paste, .pasteEscape: return endPaste()
    default: return endPending()
    }
  }

  /// How many seconds without a byte end what has begun.
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
      // The one code that stands for a byte, and not for a sequence that begins with an escape.
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

  private mutating func continueSequence(_ bytes: [UInt8], _ missing: Int, with byte: UInt8) -> [TerminalEvent] {
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
    // Some terminals put the number of a modifier before the letter.
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

  /// Ends a string; an escape that is not part of its end begins something else.
  private mutating func continueAfterStringEscape(with byte: UInt8) -> [TerminalEvent] {
    state = byte == UInt8(ascii: "\\") ? .ground : .escape
    if case .ground = state { return [] }
    return decode(byte: byte)
  }

  private mutating func continuePaste(with byte: UInt8, _ endBytes: Int) -> [TerminalEvent] {
    // An escape is the mark's first byte and stands nowhere else in it.
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
