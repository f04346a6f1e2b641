import CPseudoTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A program on a pseudo-terminal, controlled by a test or measurement.
///
///     let terminal = try PseudoTerminal([path], environment: ["TERM": "xterm-256color"])
///     try terminal.waitForText("ready")
///     terminal.type("q")
///     #expect(try terminal.waitForExit() == .status(0))
public final class PseudoTerminal {
  /// The end of a program.
  public enum Exit: Hashable, Sendable {
    /// An exit with a status.
    case status(Int)
    /// A termination by a signal.
    case signal(Int)
  }

  /// An unexpected failure.
  public enum Failure: Error, CustomStringConvertible {
    /// The pseudo-terminal or the program could not be started.
    case notStarted(String)
    /// A wait timed out; the payload is the awaited condition and the screen.
    case timedOut(String, screen: String)

    /// A message with the screen.
    public var description: String {
      switch self {
      case .notStarted(let program): "\(program) could not be started on a pseudo-terminal"
      case .timedOut(let awaited, let screen): "waited in vain for \(awaited); the screen shows:\n\(screen)"
      }
    }
  }

  /// The screen as of the last wait.
  public private(set) var screen: VirtualScreen
  /// All output as of the last wait.
  public private(set) var output: [UInt8] = []
  /// The program's process identifier.
  public let process: Int32

  private var controller: Int32
  /// Kept open, so that the terminal's modes can be read after the program has ended.
  private var device: Int32
  private let modesAsFound: [UInt64]
  private var exit: Exit?
  private var endedProcessorSeconds = 0.0
  private var hasStopped = false
  private var lastRead = ContinuousClock.now

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program's path and its arguments.
  ///   - environment: the complete environment of the program.
  ///   - width: columns.
  ///   - height: rows.
  public init(
    _ arguments: [String], environment: [String: String], width: Int = 80, height: Int = 24
  ) throws(Failure) {
    var path = [CChar](repeating: 0, count: 256)
    controller = pseudo_terminal_open(&path, Int32(path.count), Int32(height), Int32(width))
    device = controller < 0 ? -1 : open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    modesAsFound = Self.modes(of: device)
    screen = VirtualScreen(width: width, height: height)
    var cArguments = arguments.map { strdup($0) } + [nil]
    var cEnvironment = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (cArguments + cEnvironment).forEach { free($0) } }
    process = device < 0 ? -1 : pseudo_terminal_spawn(path, &cArguments, &cEnvironment)
    guard process > 0 else { throw .notStarted(arguments.first ?? "") }
  }

  deinit {
    // Also after an initializer that throws: signals to the process -1 would reach every process.
    if process > 0, exit == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    hangUp()
  }

  /// Sends text as if typed.
  public func type(_ text: String) {
    send(Array(text.utf8))
  }

  /// Sends bytes unchanged.
  public func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EAGAIN { return }
    }
  }

  /// Changes the extent of the terminal.
  public func resize(width: Int, height: Int) {
    readAvailable()
    screen.resize(width: width, height: height)
    _ = pseudo_terminal_resize(controller, Int32(height), Int32(width))
  }

  /// Reports an extent to the program that differs from that of the screen here.
  public func reportSize(width: Int, height: Int) {
    _ = pseudo_terminal_resize(controller, Int32(height), Int32(width))
  }

  /// Returns true while the program runs, without reading its output.
  public var isRunning: Bool {
    updateStatus()
    return exit == nil
  }

  /// Sends the program a signal.
  public func signal(_ number: Int32) {
    kill(process, number)
  }

  /// Closes the terminal, like closing its window.
  public func hangUp() {
    if device >= 0 { close(device) }
    if controller >= 0 { close(controller) }
    device = -1
    controller = -1
  }

  /// The processor time of all threads of the program so far; nil where the system does not provide it for a
  /// running process.
  public var processorSeconds: Double? {
    if exit != nil { return endedProcessorSeconds }
    let seconds = pseudo_terminal_processor_seconds(process)
    return seconds < 0 ? nil : seconds
  }

  /// Returns true where the terminal edits lines and echoes, as a shell expects.
  public var isCooked: Bool { pseudo_terminal_is_cooked(device) }

  /// Returns true where all modes of the terminal are those before the program's start.
  public var hasModesAsFound: Bool { Self.modes(of: device) == modesAsFound }

  /// All flags and special characters; empty where there is no terminal.
  private static func modes(of device: Int32) -> [UInt64] {
    var modes = termios()
    guard tcgetattr(device, &modes) == 0 else { return [] }
    let characters = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt64.init) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map { UInt64($0) } + characters
  }

  /// The default timeout in seconds: 20, or the value of `PATIENCE` where programs are slowed down.
  public static let patience = slowedPatience ?? 20

  private static let slowedPatience = getenv("PATIENCE").flatMap { Double(String(cString: $0)) }

  /// True where programs are slowed down and their timing is meaningless.
  public static var isSlowed: Bool { slowedPatience != nil }

  /// The deadline after some seconds, or after the default timeout where programs are slowed down.
  public static func within(seconds: Double) -> Double { slowedPatience ?? seconds }

  /// Waits until the screen shows a text.
  public func waitForText(_ text: String) throws(Failure) {
    try wait(for: "the text '\(text)'") { self.screen.text.contains(text) }
  }

  /// Waits for a condition on the screen or the terminal, checked after reading all available output.
  public func wait(
    for description: String, seconds: Double = PseudoTerminal.patience, until condition: () -> Bool
  ) throws(Failure) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      readAvailable()
      if condition() { return }
      guard .now < deadline else { throw .timedOut(description, screen: screen.text) }
      awaitOutput(milliseconds: 20)
    }
  }

  /// Waits for a condition on the screen, checked after each chunk of output; later output may not have been
  /// read yet.
  public func instant(
    of description: String, seconds: Double = PseudoTerminal.patience, when condition: () -> Bool
  ) throws(Failure) -> ContinuousClock.Instant {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      updateStatus()
      while readPiece() {
        if condition() { return lastRead }
      }
      guard .now < deadline, exit == nil else { throw .timedOut(description, screen: screen.text) }
      awaitOutput(milliseconds: 20)
    }
  }

  /// Reads all output until a point in time.
  public func listen(until deadline: ContinuousClock.Instant) {
    while .now < deadline {
      readAvailable()
      awaitOutput(until: deadline)
    }
    readAvailable()
  }

  /// A chunk of output from one read.
  public struct Piece: Sendable {
    /// The time of the read.
    public var instant: ContinuousClock.Instant
    /// The output.
    public var bytes: [UInt8]
  }

  /// Reads all output until a point in time without drawing it, which would take processor time.
  ///
  /// Followed by `draw`.
  public func record(until deadline: ContinuousClock.Instant) -> [Piece] {
    var pieces: [Piece] = []
    repeat {
      while let bytes = readBytes() { pieces.append(Piece(instant: lastRead, bytes: bytes)) }
      awaitOutput(until: deadline)
    } while .now < deadline
    return pieces
  }

  /// Draws a recorded chunk.
  public func draw(_ piece: Piece) {
    output += piece.bytes
    screen.feed(piece.bytes)
  }

  /// Waits for the program's end while reading its output.
  public func waitForExit(seconds: Double = PseudoTerminal.patience) throws(Failure) -> Exit {
    try wait(for: "the program's end", seconds: seconds) { self.exit != nil }
    readAvailable()
    return exit ?? .status(-1)
  }

  /// Waits for the program's end without reading, like a hung terminal.
  public func waitForUnreadExit(seconds: Double = PseudoTerminal.patience) throws(Failure) -> Exit {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while isRunning {
      guard .now < deadline else { throw .timedOut("the program's end, unread", screen: screen.text) }
      usleep(10_000)
    }
    return exit ?? .status(-1)
  }

  /// Waits until the program is stopped, as by Ctrl-Z.
  public func waitForStop() throws(Failure) {
    try wait(for: "the program's stop") { self.hasStopped }
    hasStopped = false
  }

  private func readAvailable() {
    // The status comes first, so that no output before the end is missed.
    updateStatus()
    while readPiece() {}
  }

  /// Reads and draws the available output; returns false if there is none.
  private func readPiece() -> Bool {
    guard let bytes = readBytes() else { return false }
    draw(Piece(instant: lastRead, bytes: bytes))
    return true
  }

  /// The output of one read; nil if there is none.
  private func readBytes() -> [UInt8]? {
    guard controller >= 0 else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      count = max(0, read(controller, buffer.baseAddress, buffer.count))
    }
    guard !bytes.isEmpty else { return nil }
    lastRead = .now
    return bytes
  }

  private func awaitOutput(until deadline: ContinuousClock.Instant) {
    let rest = max(.zero, deadline - .now) / .milliseconds(1)
    awaitOutput(milliseconds: Int32(min(rest.rounded(.up), 1000)))
  }

  /// Waits until output is available, or until the deadline.
  private func awaitOutput(milliseconds: Int32) {
    var readiness = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    poll(&readiness, controller >= 0 && exit == nil ? 1 : 0, milliseconds)
  }

  private func updateStatus() {
    guard exit == nil else { return }
    var seconds = 0.0
    let status = Int(pseudo_terminal_status(process, &seconds))
    if status >= 0 { endedProcessorSeconds = seconds }
    switch status {
    case -1: break
    case let status where status >= 512: hasStopped = true
    case let status where status >= 256: exit = .signal(status - 256)
    case let status: exit = .status(status)
    }
  }
}
