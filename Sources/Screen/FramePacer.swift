/// Says when a frame may be shown, so that neither a dragged slider nor a busy training floods a slow line.
///
/// What a person did is shown at once unless the last such frame is too recent. Answers of other threads wait
/// for their distance from any frame, and news for a larger one; neither holds back what a person does next, and
/// both are shown along with it. Frames pay with their bytes from a purse that fills up
/// steadily: where it is empty, a person gets the words at once and the pictures when they can be paid, and
/// news leave half of it to the person. Times are seconds of a clock that never goes back.
public struct FramePacer: Sendable {
  /// The least seconds between two frames for what a person does, and before one for an answer: 30 a second at
  /// most of either.
  public static let inputInterval = 1.0 / 30
  /// The least seconds before an answer while a key is held: it is then shown along with the next press.
  public static let heldInterval = 1.0 / 15
  /// The least seconds between a frame and one that only shows news: 10 a second at most.
  public static let updateInterval = 0.1
  /// How many seconds a frame waits for a picture that another thread draws; a slower one comes in a frame of its
  /// own.
  public static let pictureTimeout = 0.012
  /// What the purse gains in a second.
  public static let bytesPerSecond = 56_000.0
  /// What the purse holds at most.
  public static let bucketCapacity = 20_000.0

  /// What a frame shows anew.
  public enum Frame: Sendable, Equatable {
    /// Everything.
    case whole
    /// All but pictures.
    case text
  }

  private var inputBefore = -Double.infinity
  private var lastInput = -Double.infinity
  private var lastFrame = -Double.infinity
  private var awaitsInput = false
  private var awaitsAnswer = false
  private var awaitsUpdate = false
  /// Whether the last frame left pictures out.
  private var hasPendingPictures = false
  /// Until when the next frame waits for a picture; absent where it does not.
  private var pictureDeadline: Double?
  /// Whether the next frame waits for a picture, or has waited. Once is enough: it would never be shown while
  /// keys, or what moves by itself, ask for more.
  public private(set) var hasWaitedForPicture = false
  /// What the purse held at `lastFrame`; below 0 after a frame that was larger.
  private var tokens = bucketCapacity

  /// Nothing has been shown, and nothing is to be.
  public init() {}

  /// Notes that the screen is to answer a person.
  public mutating func noteInput() { awaitsInput = true }

  /// Notes that the screen is to show what a person waits for, or what moves by itself.
  public mutating func noteAnswer() { awaitsAnswer = true }

  /// Notes that the screen is to show something that came by itself.
  public mutating func noteUpdate() { awaitsUpdate = true }

  /// Has the next frame wait for a picture that another thread draws, unless it has waited.
  public mutating func waitForPicture(at now: Double) {
    guard !hasWaitedForPicture else { return }
    (pictureDeadline, hasWaitedForPicture) = (now + Self.pictureTimeout, true)
  }

  /// Notes that the picture is there.
  public mutating func notePicture() { pictureDeadline = nil }

  /// When the next frame may be shown; nil where there is nothing to show.
  public var due: Double? {
    let input = awaitsInput ? lastInput + Self.inputInterval : nil
    let answer = awaitsAnswer ? lastFrame + (isHeld ? Self.heldInterval : Self.inputInterval) : nil
    let pictures = hasPendingPictures ? max(lastFrame + Self.inputInterval, time(ofTokens: 0)) : nil
    let update =
      awaitsUpdate ? max(lastFrame + Self.updateInterval, time(ofTokens: Self.bucketCapacity / 2)) : nil
    let first = [input, answer, pictures, update].compactMap { $0 }.min()
    return first.map { max($0, pictureDeadline ?? $0) }
  }

  /// Whether the last two frames came of keys in a quick sequence.
  private var isHeld: Bool { lastFrame == lastInput && lastInput - inputBefore < Self.heldInterval }

  /// When the purse holds so many bytes.
  private func time(ofTokens count: Double) -> Double {
    tokens >= bytes ? lastFrame : lastFrame + (bytes - tokens) / Self.bytesPerSecond
  }

  /// Whether a frame is to be shown now, and which; what it shows is then shown.
  public mutating func nextFrame(at now: Double) -> Frame? {
    guard let due, now >= due else { return nil }
    // A sum of seconds may fall short of what it was divided from.
    let hasTokens = now >= time(ofTokens: 0)
    if awaitsInput { (inputBefore, lastInput) = (lastInput, now) }
    if lastFrame.isFinite {
      tokens = min(Self.bucketCapacity, tokens + (now - lastFrame) * Self.bytesPerSecond)
    }
    lastFrame = now
    (awaitsInput, awaitsAnswer, awaitsUpdate, hasPendingPictures) = (false, false, false, !hasTokens)
    (pictureDeadline, hasWaitedForPicture) = (nil, false)
    return hasTokens ? .whole : .text
  }

  /// Notes how many bytes the last frame took. One that draws everything does not keep a person waiting for
  /// longer than a moment.
  public mutating func note(bytes: Int) { tokens = max(tokens - Double(bytes), -Self.bucketCapacity) }
}
