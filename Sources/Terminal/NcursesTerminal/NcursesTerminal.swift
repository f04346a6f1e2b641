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
  private var pairs: ColorPairs
  /// Tells whether the colours of ncurses are tokens (see `StyleCompressor`).
  private let usesTokens: Bool
  /// The canvas on the screen; nil where unknown.
  var shown: Canvas? {
    didSet { if shown == nil { compressor.forget() } }
  }
  private var compressor = StyleCompressor()
  var emptyReads = 0
  let opened = ContinuousClock.now
  var ending: EndReason?
  private var isOpen = true

  /// Opens the terminal of standard input and output.
  ///
  /// - Parameters:
  ///   - environment: the variables of `NcursesTerminal.variables`, if set.
  ///   - colors: the user's choice of colours; nil for those of the terminal.
  ///   - isASCII: draws with ASCII alone, whatever the locale.
  ///   - usesMouse: enables mouse reports, which replace the terminal's own text selection.
  /// - Throws: `TerminalError`; the device is then unchanged.
  public convenience init(
    environment: [String: String] = NcursesTerminal.environment(), colors: ColorDepth? = nil,
    isASCII: Bool = false, usesMouse: Bool = true
  ) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .inputIsNoTerminal }
    guard isatty(STDOUT_FILENO) == 1 else { throw .outputIsNoTerminal }
    try self.init(
      input: STDIN_FILENO, output: STDOUT_FILENO, environment: environment, colors: colors,
      isASCII: isASCII, usesMouse: usesMouse)
  }

  /// Opens a terminal on any two descriptors; `fallbackSize` applies where they are not a terminal, and
  /// `isDescribed` selects the names to look up in the database.
  init(
    input: Int32, output: Int32, environment: [String: String], colors: ColorDepth? = nil, isASCII: Bool,
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
    usesTokens = Self.supportsTokens
    pairs = ColorPairs(limit: Int(terminal_screen_pairs()), coarseCount: usesTokens ? 1024 : 0)
    capabilities = Self.capabilities(environment, colors, codeset: isASCII ? "US-ASCII" : codeset)
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

  /// The names of the environment variables that affect drawing.
  public static let variables = ["TERM", "NO_COLOR", "COLORTERM", "STY"]

  /// The environment variables that affect drawing.
  public static func environment() -> [String: String] {
    var result: [String: String] = [:]
    for name in variables {
      if let value = getenv(name) { result[name] = String(cString: value) }
    }
    return result
  }

  /// Shows a canvas with at most one write; writes nothing where nothing has changed.
  public func present(_ canvas: Canvas) {
    guard isOpen, ending == nil else { return }
    let known = shown?.size == canvas.size ? shown : nil
    if shown == nil { pairs.reset(cellCount: size.width * size.height) }
    if known == nil { clearBeyond(canvas.size) }
    let hasChanged = putCells(of: canvas, besides: known?.cells ?? [])
    shown = canvas
    guard hasChanged || known == nil else { return }
    terminal_screen_compose()
    send()
    pairs.endFrame()
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
    let isWide = capabilities.unicode && cell.columns == 2
    let pair = pairNumber(of: ColorPair(foreground: look.foreground, background: look.background))
    for part in 0..<(isWide ? 2 : 1) { pairs.set(pair, atCell: row * size.width + column + part) }
    terminal_screen_put(
      Int32(row), Int32(column), scalars, Int32(scalars.count), isWide, Self.bits(look.attributes),
      Int32(pair))
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
    let frame = compressor.compress(bytes, tokens: usesTokens ? pairs : nil)
    sentBytes += frame.count
    if !terminal_screen_write(output, frame, frame.count) { ending = .endOfInput }
  }

  /// The number of a colour pair, which is defined first where it is new.
  private func pairNumber(of pair: ColorPair) -> Int {
    let (number, isNew) = pairs.number(of: pair)
    guard isNew, let defined = pairs[number] else { return number }
    func index(_ color: TerminalColor?) -> Int { color.map { Int($0.number) } ?? -1 }
    let (foreground, background) =
      usesTokens ? (number & 255, number >> 8) : (index(defined.foreground), index(defined.background))
    return terminal_screen_define_pair(Int32(number), Int32(foreground), Int32(background)) ? number : 0
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
