import CPseudoTerminal

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A program that runs on a pseudo-terminal, with a test in the place of the person.
///
///     let terminal = try PseudoTerminal([path], environment: ["TERM": "xterm-256color"])
///     try terminal.waitForText("ready")
///     terminal.type("q")
///     #expect(try terminal.waitForExit() == .status(0))
public final class PseudoTerminal {
  /// How a program has ended.
  public enum Exit: Hashable, Sendable {
    /// By itself, with a status.
    case status(Int)
    /// By a signal.
    case signal(Int)
  }

  /// What went otherwise than a test expected.
  public enum Failure: Error, CustomStringConvertible {
    /// The pseudo-terminal or the program could not be started.
    case notStarted(String)
    /// The wait was given up; the payload is what was awaited and what the screen showed.
    case timedOut(String, screen: String)

    /// A sentence and the screen.
    public var description: String {
      switch self {
      case .notStarted(let program): "\(program) could not be started on a pseudo-terminal"
      case .timedOut(let awaited, let screen): "waited in vain for \(awaited); the screen shows:\n\(screen)"
      }
    }
  }

  /// What the program has drawn so far, as of the last wait.
  public private(set) var screen: VirtualScreen
  /// Every byte that the program has written so far, as of the last wait.
  public private(set) var output: [UInt8] = []
  /// The program's process.
  public let process: Int32

  private var controller: Int32
  /// Kept open, so that the terminal's modes can be seen after the program has ended.
  private var device: Int32
  private let modesAsFound: [UInt64]
  private var exit: Exit?
  private var hasStopped = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: The program's path and its arguments.
  ///   - environment: All the variables that the program sees.
  ///   - width: Columns.
  ///   - height: Rows.
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
    guard process > 0 else {
      close(device)
      close(controller)
      throw .notStarted(arguments.first ?? "")
    }
  }

  deinit {
    if exit == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    hangUp()
  }

  /// Sends text as if it had been typed.
  public func type(_ text: String) {
    send(Array(text.utf8))
  }

  /// Sends bytes as they are.
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

  /// Sends the program a signal.
  public func signal(_ number: Int32) {
    kill(process, number)
  }

  /// Closes the terminal under the program, as closing a window does.
  public func hangUp() {
    if device >= 0 { close(device) }
    if controller >= 0 { close(controller) }
    device = -1
    controller = -1
  }

  /// Whether the terminal edits lines and echoes, as a shell expects it.
  public var isCooked: Bool { pseudo_terminal_is_cooked(device) }

  /// Whether all modes of the terminal are those that it had before the program started.
  public var hasModesAsFound: Bool { Self.modes(of: device) == modesAsFound }

  /// All flags and special characters; empty where there is no terminal.
  private static func modes(of device: Int32) -> [UInt64] {
    var modes = termios()
    guard tcgetattr(device, &modes) == 0 else { return [] }
    let characters = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt64.init) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map { UInt64($0) } + characters
  }

  /// Waits until the screen shows a text.
  public func waitForText(_ text: String) throws(Failure) {
    try wait(for: "the text '\(text)'") { self.screen.text.contains(text) }
  }

  /// Waits until a condition on the screen or the terminal holds.
  public func wait(
    for description: String, seconds: Double = 20, until condition: () -> Bool
  ) throws(Failure) {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      readAvailable()
      if condition() { return }
      guard .now < deadline else { throw .timedOut(description, screen: screen.text) }
      var readiness = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
      poll(&readiness, controller >= 0 && exit == nil ? 1 : 0, 20)
    }
  }

  /// Waits until the program has ended, reading all that it writes.
  public func waitForExit(seconds: Double = 20) throws(Failure) -> Exit {
    try wait(for: "the program's end", seconds: seconds) { self.exit != nil }
    readAvailable()
    return exit ?? .status(-1)
  }

  /// Waits until the program is stopped, as Ctrl-Z does.
  public func waitForStop() throws(Failure) {
    try wait(for: "the program's stop") { self.hasStopped }
    hasStopped = false
  }

  private func readAvailable() {
    // The status is asked for first, so that nothing written before the end is missed.
    updateStatus()
    guard controller >= 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(controller, &buffer, buffer.count)
      guard count > 0 else { return }
      output += buffer[..<count]
      screen.feed(Array(buffer[..<count]))
    }
  }

  private func updateStatus() {
    guard exit == nil else { return }
    switch Int(pseudo_terminal_status(process)) {
    case -1: break
    case let status where status >= 512: hasStopped = true
    case let status where status >= 256: exit = .signal(status - 256)
    case let status: exit = .status(status)
    }
  }
}

/// Where the package's programs were built.
public enum BuiltPrograms {
  /// The path of a program beside the bundle of tests that is running.
  public static func path(_ name: String) -> String {
    #if canImport(Darwin)
      let program = CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
    #else
      let program = CommandLine.arguments[0]
    #endif
    let bundle = program.split(separator: "/").firstIndex { $0.hasSuffix(".xctest") }
    var parts = program.split(separator: "/")
    parts.removeSubrange((bundle ?? parts.count - 1)...)
    return (program.hasPrefix("/") ? "/" : "") + (parts + [Substring(name)]).joined(separator: "/")
  }
}
