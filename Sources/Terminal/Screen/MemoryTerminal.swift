/// A terminal in memory for tests: it stores frames and reports given events.
public final class MemoryTerminal: Terminal {
  /// The extent; changing it does not report an event.
  public var size: Size
  /// The capabilities.
  public let capabilities: Capabilities
  /// All presented canvases, in order.
  public private(set) var frames: [Canvas] = []
  /// The assumed number of bytes of a canvas.
  public var bytesPerFrame = 0
  private let nextEvents: (Duration?) -> [TerminalEvent]

  /// Creates a terminal whose events a closure returns; it receives the longest wait.
  public init(
    size: Size, capabilities: Capabilities = .full, events: @escaping (Duration?) -> [TerminalEvent]
  ) {
    (self.size, self.capabilities, nextEvents) = (size, capabilities, events)
  }

  /// Creates a terminal that reports one batch of events per wait, then the end of input.
  public convenience init(
    size: Size, capabilities: Capabilities = .full, batches: [[TerminalEvent]] = []
  ) {
    var rest = batches[...]
    self.init(size: size, capabilities: capabilities) { _ in rest.popFirst() ?? [.ended(.endOfInput)] }
  }

  /// Creates a terminal that reports one key per wait, then the end of input.
  public convenience init(size: Size, capabilities: Capabilities = .full, keys: [Key]) {
    self.init(size: size, capabilities: capabilities, batches: keys.map { [.key($0)] })
  }

  /// The assumed number of bytes of all frames.
  public private(set) var sentBytes = 0

  /// Stores the canvas as the last frame.
  public func present(_ canvas: Canvas) {
    frames.append(canvas)
    sentBytes += bytesPerFrame
  }

  /// Does nothing, as frames are stored whole.
  public func invalidate() {}

  /// Reports the next events without waiting.
  public func waitForEvents(timeout: Duration?) -> [TerminalEvent] {
    let events = nextEvents(timeout)
    for case .resized(let newSize) in events { size = newSize }
    return events
  }
}
