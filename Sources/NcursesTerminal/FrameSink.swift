import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A terminal of 256 colours that nobody sees: it tells how many bytes each frame would have cost.
public final class FrameSink {
  private let terminal: NcursesTerminal
  private let readEnd: Int32
  private let writeEnd: Int32

  /// Opens it; while it is open, no other terminal can be.
  public init(size: Size) throws(TerminalError) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .system(errno) }
    (readEnd, writeEnd) = (ends[0], ends[1])
    _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    do {
      terminal = try NcursesTerminal(
        input: readEnd, output: writeEnd, environment: ["TERM": "xterm-256color"], isASCII: false,
        usesMouse: false, fallbackSize: size)
    } catch {
      Self.close(ends)
      throw error
    }
    _ = drain()
  }

  deinit {
    terminal.close()
    Self.close([readEnd, writeEnd])
  }

  /// What the terminal can show.
  public var capabilities: Capabilities { terminal.capabilities }

  /// Shows a canvas and returns how many bytes that took.
  public func present(_ canvas: Canvas) -> Int {
    terminal.present(canvas)
    return drain()
  }

  private func drain() -> Int {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var total = 0
    while true {
      let count = read(readEnd, &buffer, buffer.count)
      guard count > 0 else { return total }
      total += count
    }
  }

  private static func close(_ descriptors: [Int32]) {
    for descriptor in descriptors { closeDescriptor(descriptor) }
  }
}

/// The system's `close`, out of reach of methods of the same name.
private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }
