/// A terminal in memory: it keeps what it is shown and reports what it was given.
public final class MemoryTerminal: Terminal {
  /// The extent; changing it does not report an event by itself.
  public var size: Size
  /// What can be shown.
  public let capabilities: Capabilities
  /// Every canvas that was shown, the last one last.
  public private(set) var frames: [Canvas] = []
  private var batches: [[TerminalEvent]]

  /// Makes a terminal that reports one batch of events a wait, and after the last one that the input ended.
  public init(size: Size, capabilities: Capabilities = .full, batches: [[TerminalEvent]] = []) {
    self.size = size
    self.capabilities = capabilities
    self.batches = batches
  }

  /// Makes a terminal that reports one key a wait, and after the last one that the input ended.
  public convenience init(size: Size, capabilities: Capabilities = .full, keys: [Key]) {
    self.init(size: size, capabilities: capabilities, batches: keys.map { [.key($0)] })
  }

  /// Keeps the canvas as the last frame.
  public func present(_ canvas: Canvas) {
    frames.append(canvas)
  }

  /// Does nothing: every frame is kept whole.
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
