import CCurses
import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Input from the terminal, and signals.
extension NcursesTerminal {
  /// Reads the available input, up to a limit.
  func readInput(_ readiness: Int16, wasReady: Bool) -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    var count = decodeInput(into: &events)
    if PasteFilter.mayBeBeginning(events), hasInput(within: Self.pasteGap) {
      count += decodeInput(into: &events)
    }
    // A device that is ready repeatedly without data is at its end.
    emptyReads = count == 0 ? emptyReads + 1 : 0
    let isHungUp = Int32(readiness) & (POLLHUP | POLLERR | POLLNVAL) != 0
    if emptyReads >= 3 || (count == 0 && isHungUp) { ending = .endOfInput }
    return pasteFilter.filter(events, at: seconds, wasReady: wasReady)
  }

  /// Decodes the available input up to a limit; returns the number of codes.
  private func decodeInput(into events: inout [TerminalEvent]) -> Int {
    for count in 0..<Self.mostCodes {
      let code = terminal_screen_next_key()
      guard code != TERMINAL_KEY_NONE else {
        events += decoder.flush()
        return count
      }
      events += decoder.decode(code, at: seconds)
    }
    return Self.mostCodes
  }

  /// The maximum number of codes to read before handling signals and drawing.
  private static let mostCodes = 4096
  /// The maximum delay between the parts of a probable paste, in milliseconds.
  private static let pasteGap: Int32 = 5

  private func hasInput(within milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, milliseconds) > 0 && Int32(waiting.revents) & POLLIN != 0
  }

  /// Seconds since the terminal was opened.
  var seconds: Double { (ContinuousClock.now - opened) / .seconds(1) }

  func instant(_ seconds: Double) -> ContinuousClock.Instant { opened + .seconds(seconds) }

  func readSignals() -> [TerminalEvent] {
    var numbers = Self.drain(signals).map(Int32.init)
    var needsRedraw = false
    while !numbers.isEmpty {
      if let asked = numbers.first(where: { [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains($0) }) {
        terminal_signals_acknowledge()
        ending = .signal(asked)
        return []
      }
      var later: [Int32] = []
      if numbers.contains(SIGTSTP) {
        suspend()
        needsRedraw = true
        // Discards the notification of being continued.
        later = Self.drain(signals).map(Int32.init).filter { $0 != SIGCONT }
      } else if numbers.contains(SIGCONT) {
        // Whoever stopped the program may have changed the device's modes and the screen.
        terminal_modes_leave(true)
        _ = terminal_modes_enter(input, output)
        needsRedraw = true
      }
      numbers = later
    }
    let newSize = Self.extent(of: output) ?? size
    guard needsRedraw || newSize != size else { return [] }
    size = newSize
    shown = nil
    terminal_screen_resize(Int32(newSize.height), Int32(newSize.width))
    return [.resized(newSize)]
  }

  private func suspend() {
    terminal_screen_suspend()
    send()
    terminal_modes_leave(true)
    // An incomplete sequence, such as a paste without an end, must not continue afterwards.
    decoder = InputDecoder(reportsMouse: usesMouse)
    terminal_signals_stop()
    _ = terminal_modes_enter(input, output)
  }

  /// All bytes that can be read from a nonblocking pipe.
  static func drain(_ descriptor: Int32) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return result }
      result += buffer[..<count]
    }
  }

  static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let rest = max(.zero, deadline - .now)
    // Rounded up, so that poll does not return just before the deadline.
    let milliseconds = rest / .milliseconds(1)
    return Int32(min(milliseconds.rounded(.up), 1e9))
  }
}
