import CCurses
import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The terminal that the program was started in.
///
/// Confined to the thread that created it; only `TerminalWaker` may be used elsewhere. From `init` to `close`
/// the device is in unbuffered mode without echo, and standard error is held back where it is the terminal,
/// so that only frames reach the screen. Mouse reports, where supported, are enabled with the first frame.
/// `close`, `deinit`, and the signal handlers for crashes and for a repeated request to end restore the
/// device.
public final class NcursesTerminal: Terminal {
  /// The current extent in cells.
  public internal(set) var size: Size
  /// The capabilities.
  public let capabilities: Capabilities
  /// The substitute for the description of the terminal's type; nil where the system has a usable one.
  public let substitute: TerminalSubstitute?
  /// The number of bytes sent since the terminal was opened.
  public private(set) var sentBytes = 0

  let input: Int32
  let output: Int32
  let signals: Int32
  let wakes: Int32
  let usesMouse: Bool
  var decoder: InputDecoder
  var pasteFilter = PasteFilter()
  private var pairs: [ColorPair: Int32] = [:]
  /// The canvas on the screen; nil where unknown.
  var shown: Canvas? {
    didSet { if shown == nil { compressor.forget() } }
  }
  private var compressor = StyleCompressor()
  var emptyReads = 0
  let opened = ContinuousClock.now
  var ending: EndReason?
  private var isOpen = true

  private struct ColorPair: Hashable {
    let foreground: Int32
    let background: Int32
  }

  /// Opens the terminal of standard input and output.
  ///
  /// - Parameters:
  ///   - environment: `TERM` and `NO_COLOR`, if set.
  ///   - isASCII: draws with ASCII alone, whatever the locale.
  ///   - usesMouse: enables mouse reports, which replace the terminal's own text selection.
  /// - Throws: `TerminalError`; the device is then unchanged.
  public convenience init(
    environment: [String: String] = NcursesTerminal.environment(), isASCII: Bool = false,
    usesMouse: Bool = true
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .inputIsNoTerminal }
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
    try self.init(
      input: STDIN_FILENO, output: STDOUT_FILENO, environment: environment, isASCII: isASCII,
      usesMouse: usesMouse)
  }

  /// Opens a terminal on any two descriptors; `fallbackSize` applies where they are not a terminal, and
  /// `isDescribed` selects the names to look up in the database.
  init(
    input: Int32, output: Int32, environment: [String: String], isASCII: Bool,
    usesMouse: Bool, fallbackSize: Size = Size(width: 80, height: 24),
    isDescribed: (String) -> Bool = { _ in true }
  ) throws(TerminalError) {
    guard let type = environment["TERM"], !type.isEmpty else { throw .noType }
    let codeset = String(cString: terminal_choose_codeset())
    // Handlers come first: ncurses installs its own only where there are none.
    let signals = terminal_signals_install()
    let wakes = terminal_wake_descriptor()
    guard signals >= 0, wakes >= 0 else { throw .system(errno) }
    let size = Self.extent(of: output) ?? fallbackSize
    do throws(TerminalError) {
      substitute = try Self.openScreen(
        type, input: input, size: size, usesMouse: usesMouse, isDescribed: isDescribed)
    } catch {
      if error != .alreadyOpen { terminal_signals_remove() }
      throw error
    }
    let ownOutput = terminal_output_open(output)
    self.output = ownOutput >= 0 ? ownOutput : output
    guard terminal_modes_enter(input, self.output) else {
      let code = errno
      _ = terminal_screen_close(self.output)
      terminal_output_close(ownOutput)
      terminal_signals_remove()
      throw .system(code)
    }
    self.input = input
    self.signals = signals
    self.wakes = wakes
    self.size = size
    self.usesMouse = usesMouse
    decoder = InputDecoder(reportsMouse: usesMouse)
    capabilities = Capabilities(
      environment: environment, terminalColors: Int(terminal_screen_colors()),
      codeset: isASCII ? "US-ASCII" : codeset)
  }

  deinit {
    close()
  }

  /// Restores the terminal and closes it. Repeated calls have no effect.
  ///
  /// - Returns: false where the terminal accepted no output for a second.
  @discardableResult
  public func close() -> Bool {
    guard isOpen else { return true }
    isOpen = false
    let isAccepted = terminal_screen_close(output)
    terminal_modes_leave(isAccepted)
    terminal_output_close(output)
    terminal_signals_remove()
    return isAccepted
  }

  /// The environment variables that affect drawing.
  public static func environment() -> [String: String] {
    var result: [String: String] = [:]
    for name in ["TERM", "NO_COLOR"] {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
  }

  /// Shows a canvas with at most one write; writes nothing where nothing has changed.
  public func present(_ canvas: Canvas) {
    guard isOpen, ending == nil else { return }
    let known = shown?.size == canvas.size ? shown : nil
    if known == nil { clearBeyond(canvas.size) }
    let hasChanged = putCells(of: canvas, besides: known?.cells ?? [])
    shown = canvas
    guard hasChanged || known == nil else { return }
    terminal_screen_compose()
    send()
  }

  /// Redraws every cell with the next canvas, after something else wrote to the screen.
  public func invalidate() {
    shown = nil
    terminal_screen_redraw()
  }

  /// Waits for a key, a signal or a wake, and returns all events that have arrived.
  ///
  /// Without a timeout, waits without any wakeups. After the end of input, returns that event immediately.
  public func waitForEvents(timeout: Duration? = nil) -> [TerminalEvent] {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while isOpen, ending == nil {
      var waiting = [input, signals, wakes].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      let start = seconds
      let nextDeadline = [deadline, decoder.deadline.map(instant)].compactMap { $0 }.min()
      let count = poll(&waiting, nfds_t(waiting.count), Self.milliseconds(until: nextDeadline))
      var events: [TerminalEvent] = []
      // Input may have been waiting since the last call.
      if waiting[0].revents == 0 {
        events += decoder.expire(at: seconds)
        pasteFilter.noteSilence(at: seconds)
      }
      if count > 0 {
        let wasReady = seconds - start < 0.001
        if waiting[0].revents != 0 { events += readInput(waiting[0].revents, wasReady: wasReady) }
        if waiting[2].revents != 0, !Self.drain(wakes).isEmpty { events.append(.woken) }
        if waiting[1].revents != 0 { events += readSignals() }
      }
      if let ending { return events + [.ended(ending)] }
      if !events.isEmpty { return events }
      if let deadline, deadline <= .now { return [] }
    }
    return [.ended(ending ?? .endOfInput)]
  }
}

// MARK: - Drawing

extension NcursesTerminal {
  /// Writes the cells that differ from those of a canvas of the same size, or all cells where it is nil;
  /// returns true if there were any.
  private func putCells(of canvas: Canvas, besides known: [Cell]) -> Bool {
    var hasChanged = false
    // Uses buffers, as each frame compares thousands of cells.
    canvas.cells.withUnsafeBufferPointer { cells in
      known.withUnsafeBufferPointer { known in
        for row in 0..<min(size.height, canvas.size.height) {
          for column in 0..<min(size.width, canvas.size.width) {
            let index = row * canvas.size.width + column
            guard known.isEmpty || known[index] != cells[index] else { continue }
            put(cells[index], column: column, row: row)
            hasChanged = true
          }
        }
      }
    }
    return hasChanged
  }

  private func put(_ cell: Cell, column: Int, row: Int) {
    // The first half of a wide glyph has drawn both; in ASCII the second one is a space.
    guard cell.columns > 0 || !capabilities.unicode else { return }
    let look = cell.style.resolved(capabilities.colors)
    let glyph = capabilities.unicode ? cell.glyph : Glyph.ascii(cell.glyph)
    let scalars = glyph.unicodeScalars.map(\.value)
    terminal_screen_put(
      Int32(row), Int32(column), scalars, Int32(scalars.count), capabilities.unicode && cell.columns == 2,
      Self.bits(look.attributes), pair(look.foreground, look.background))
  }

  /// Blanks the remains of an earlier, larger canvas.
  private func clearBeyond(_ extent: Size) {
    for row in 0..<size.height {
      for column in 0..<size.width where row >= extent.height || column >= extent.width {
        put(.blank, column: column, row: row)
      }
    }
  }

  func send() {
    let count = terminal_screen_length()
    guard count > 0 else { return }
    var bytes = [UInt8](repeating: 0, count: count)
    bytes.removeLast(count - terminal_screen_copy(&bytes, count))
    let frame = compressor.compress(bytes)
    sentBytes += frame.count
    if !terminal_screen_write(output, frame, frame.count) { ending = .endOfInput }
  }

  /// The number of a colour pair, defined on first use; 0 once there are no more.
  private func pair(_ foreground: Int?, _ background: Int?) -> Int32 {
    let key = ColorPair(foreground: Int32(foreground ?? -1), background: Int32(background ?? -1))
    if key.foreground == -1, key.background == -1 { return 0 }
    if let known = pairs[key] { return known }
    let number = Int32(pairs.count + 1)
    guard number < terminal_screen_pairs(),
      terminal_screen_define_pair(number, key.foreground, key.background)
    else { return 0 }
    pairs[key] = number
    return number
  }

  private static func bits(_ attributes: Attributes) -> UInt32 {
    var bits = 0
    if attributes.contains(.bold) { bits |= TERMINAL_BOLD }
    if attributes.contains(.underline) { bits |= TERMINAL_UNDERLINE }
    if attributes.contains(.reverse) { bits |= TERMINAL_REVERSE }
    if attributes.contains(.dim) { bits |= TERMINAL_DIM }
    return UInt32(bits)
  }
}
