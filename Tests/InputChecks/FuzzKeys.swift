import CCurses
import NcursesTerminal
import Screen

/// Whatever the terminal sends, the keys after it come through, and no key is a control character.
///
/// In `bytes`, some that are no UTF-8 stand for what is not a byte: 0xFF for a pause, 0xFE and a byte for a
/// key code, 0xFD and a byte for that byte, whatever it is, 0xFC and a byte for a silence of so many 50 ms.
func fuzzKeys(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let arrivals = Arrival.all(in: bytes)
  var decoder = InputDecoder()
  var mouseless = InputDecoder(reportsMouse: false)
  var (wasPause, hasEvents) = (false, false)
  var (clock, clockWithoutMouse) = (0.0, 0.0)
  for arrival in arrivals {
    let events = arrival.give(to: &decoder, &clock)
    try promise(events.count <= 2, "one code makes \(events.count) events")
    try promise(events.isEmpty || !(wasPause && arrival == .pause), "a second pause makes \(events)")
    try promise(events.allSatisfy(isHarmless), "\(events) are not as they should be")
    let others = events.filter { if case .mouse = $0 { false } else { true } }
    try promise(
      arrival.give(to: &mouseless, &clockWithoutMouse) == others,
      "without the mouse, there are other events than \(others)")
    wasPause = arrival == .pause
    if !events.isEmpty { hasEvents = true }
  }
  var silent = decoder
  _ = Arrival.silence(2).give(to: &silent, &clock)
  let afterSilence = silent.decode(Int32(UInt8(ascii: "x")), at: clock)
  try promise(afterSilence == [.key(.character("x"))], "a key after 2 s of silence makes \(afterSilence)")
  var left = decoder
  let escape = [Arrival.code(0x1B), .pause, .silence(0.25)]
  for arrival in escape { _ = arrival.give(to: &left, &clock) }
  let afterEscape = left.decode(Int32(UInt8(ascii: "x")), at: clock)
  try promise(afterEscape == [.key(.character("x"))], "a key after Escape makes \(afterEscape)")
  // The end of a paste ends whatever a pause leaves open.
  let recovery = [.pause] + Array("\u{1B}[201~".utf8).map { Arrival.code(Int32($0)) } + [.pause]
  for arrival in recovery { _ = arrival.give(to: &decoder, &clock) }
  let key = decoder.decode(Int32(UInt8(ascii: "x")), at: clock)
  try promise(key == [.key(.character("x"))], "a key after all this makes \(key)")
  return hasEvents
}

private enum Arrival: Equatable {
  case code(Int32)
  case pause
  /// A pause of so many seconds.
  case silence(Double)

  static func all(in bytes: [UInt8]) -> [Arrival] {
    var arrivals: [Arrival] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0xFF: arrivals.append(.pause)
      case 0xFE: arrivals.append(.code(keyCode(rest.popFirst() ?? 0)))
      case 0xFC: arrivals.append(.silence(Double(rest.popFirst() ?? 0) * 0.05))
      case 0xFD: arrivals.append(.code(Int32(rest.popFirst() ?? 0)))
      default: arrivals.append(.code(Int32(byte)))
      }
    }
    return arrivals
  }

  /// A named key, a function key, or a code that nothing knows.
  private static func keyCode(_ number: UInt8) -> Int32 {
    switch number {
    case 0..<0x40: Int32(TERMINAL_KEY_UP) + Int32(number)
    case 0x40..<0x80: Int32(TERMINAL_KEY_FUNCTION) + Int32(number - 0x40)
    case 0x80: Int32(TERMINAL_KEY_NONE)
    case 0x81: .max
    case 0x82: .min
    default: Int32(number) << 8
    }
  }

  func give(to decoder: inout InputDecoder, _ clock: inout Double) -> [TerminalEvent] {
    switch self {
    case .code(let code): return decoder.decode(code, at: clock)
    case .pause: return decoder.flush()
    case .silence(let seconds):
      let events = decoder.flush()
      clock += seconds
      return events + decoder.expire(at: clock)
    }
  }
}

private func isHarmless(_ event: TerminalEvent) -> Bool {
  switch event {
  case .key(.character(let character)):
    character != " " && character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  case .key(.function(let number)): (1...12).contains(number)
  case .key(.control(let letter)): ("a"..."z").contains(letter)
  case .key: true
  case .mouse(let event): (0..<65_536).contains(event.column) && (0..<65_536).contains(event.row)
  case .pasted(let line):
    line.count <= 1024 && line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  case .resized, .woken, .ended: false
  }
}
