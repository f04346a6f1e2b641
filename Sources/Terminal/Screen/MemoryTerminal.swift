/// A terminal in memory for tests: it stores frames and reports given events.
public final class MemoryTerminal: Terminal {
  /// The extent; changing it does not report an event.
  public var size: Size
  /// The capabilities.
  public let capabilities: Capabilities
  /// All presented canvases, in order.
  public private(set) var frames: [Canvas] = []
  private var batches: [[TerminalEvent]]

  /// Creates a terminal that reports one batch of events per wait, then the end of input.
  public init(size: Size, capabilities: Capabilities = .full, batches: [[TerminalEvent]] = []) {
    self.size = size
    self.capabilities = capabilities
    self.batches = batches
  }

  /// Creates a terminal that reports one key per wait, then the end of input.
  public convenience init(size: Size, capabilities: Capabilities = .full, keys: [Key]) {
    self.init(size: size, capabilities: capabilities, batches: keys.map { [.key($0)] })
  }

  /// Stores the canvas as the last frame.
  public func present(_ canvas: Canvas) {
    frames.append(canvas)
  }

  /// Does nothing, as frames are stored whole.
  public func invalidate() {}

  /// Reports the next batch without waiting.
  public func waitForEvents(timeout: Duration?) -> [TerminalEvent] {
    guard !batches.isEmpty else { return [.ended(.endOfInput)] }
    let batch = batches.removeFirst()
    for case .resized(let newSize) in batch {
      size = newSize
    }
    return batch
  }
}
