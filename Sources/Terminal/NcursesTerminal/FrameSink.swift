import Screen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// An invisible terminal of 256 colours that counts the bytes of each frame.
public final class FrameSink {
  private let terminal: NcursesTerminal
  private let readEnd: Int32
  private let writeEnd: Int32

  /// Opens the terminal; no other one can be open at the same time.
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

  /// The capabilities.
  public var capabilities: Capabilities { terminal.capabilities }

  /// Shows a canvas and returns the number of bytes written.
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

/// The system's `close`, which methods of the same name hide.
private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }
