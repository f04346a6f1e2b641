/// Says when a frame may be shown, so that a dragged slider or a busy training floods no line.
///
/// What a person did is shown at once unless the last such frame is too recent; news wait longer, and are
/// shown along with what a person does meanwhile. Times are seconds of a clock that never goes back.
public struct FramePacer: Sendable {
  /// The least seconds between two frames that answer a person: 30 a second at most.
  public static let inputInterval = 1.0 / 30
  /// The least seconds between a frame and one that only shows news: 10 a second at most.
  public static let newsInterval = 0.1

  private var lastInput = -Double.infinity
  private var lastFrame = -Double.infinity
  private var awaitsInput = false
  private var awaitsNews = false

  /// Nothing has been shown, and nothing is to be.
  public init() {}

  /// Notes that the screen is to answer a person.
  public mutating func noteInput() { awaitsInput = true }

  /// Notes that the screen is to show something that came by itself.
  public mutating func noteNews() { awaitsNews = true }

  /// When the next frame may be shown; nil where there is nothing to show.
  public var due: Double? {
    let times = [
      awaitsInput ? lastInput + Self.inputInterval : nil, awaitsNews ? lastFrame + Self.newsInterval : nil,
    ]
    return times.compactMap { $0 }.min()
  }

  /// Whether a frame is to be shown now; what it shows is then shown.
  public mutating func takesFrame(at now: Double) -> Bool {
    guard let due, now >= due else { return false }
    if awaitsInput { lastInput = now }
    lastFrame = now
    (awaitsInput, awaitsNews) = (false, false)
    return true
  }
}
