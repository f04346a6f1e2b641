/// Schedules frames so that neither a dragged slider nor a busy training run floods a slow connection.
///
/// Input is shown at once unless the last such frame is too recent. Answers of other threads wait for an
/// interval after any frame, updates for a longer one; neither delays the next input, whose frame shows both.
/// Frames spend their bytes from a token bucket that fills at a constant rate. While it is empty, input gets
/// a frame of text at once and its pictures later; updates wait until half of it is full. Times are seconds
/// of a monotonic clock.
public struct FramePacer: Sendable {
  /// The shortest interval between two frames for input, and before one for an answer: at most 30 a second.
  public static let inputInterval = 1.0 / 30
  /// The shortest interval before an answer while a key is held; the next press then shows it.
  public static let heldInterval = 1.0 / 15
  /// The shortest interval between a frame and one for an update only: at most 10 a second.
  public static let updateInterval = 0.1
  /// The longest time, in seconds, that a frame waits for a picture from another thread; a later picture has
  /// a frame of its own.
  public static let pictureTimeout = 0.012
  /// The bytes by which the bucket fills in a second.
  public static let bytesPerSecond = 56_000.0
  /// The bytes by which the bucket fills in a second in truecolor, whose pictures take more.
  public static let truecolorBytesPerSecond = 82_000.0
  /// The time without a frame after which a coarse one is completed, in seconds.
  public static let restInterval = 0.15
  /// The longest time, in seconds, that coarse pictures wait for tokens after a frame.
  public static let longestCoarseDebt = 1.3
  /// The capacity of the bucket, in bytes.
  public static let bucketCapacity = 20_000.0

  /// The contents of a frame.
  public enum Frame: Sendable, Equatable {
    /// Everything.
    case whole
    /// Everything but pictures.
    case text
    /// Everything, but pictures only where they differ visibly; the rest follows once nothing moves.
    case coarse
  }

  private var inputBefore = -Double.infinity
  private var lastInput = -Double.infinity
  private var lastFrame = -Double.infinity
  private var awaitsInput = false
  private var awaitsAnswer = false
  private var awaitsUpdate = false
  /// Tells whether the last frame left out pictures.
  private var hasPendingPictures = false
  /// Tells whether the last frame was coarse.
  private var wasCoarse = false
  /// The time until which the next frame waits for a picture; nil where it does not.
  private var pictureDeadline: Double?
  /// Tells whether the next frame waits for a picture or has waited. It waits only once, as continuous input
  /// would postpone it forever.
  public private(set) var hasWaitedForPicture = false
  /// The tokens at `lastFrame`; negative after a larger frame.
  private var tokens = bucketCapacity
  /// The bytes by which the bucket fills in a second.
  private let rate: Double
  private let hasCoarseFrames: Bool

  /// Creates a pacer without pending frames.
  ///
  /// - Parameters:
  ///   - rate: the bytes by which the bucket fills in a second.
  ///   - hasCoarseFrames: draws frames in quick succession coarsely.
  public init(bytesPerSecond rate: Double = bytesPerSecond, hasCoarseFrames: Bool = false) {
    (self.rate, self.hasCoarseFrames) = (rate, hasCoarseFrames)
  }

  /// Requests a frame for input.
  public mutating func noteInput() { awaitsInput = true }

  /// Requests a frame for an awaited answer or for motion.
  public mutating func noteAnswer() { awaitsAnswer = true }

  /// Requests a frame for an update.
  public mutating func noteUpdate() { awaitsUpdate = true }

  /// Makes the next frame wait for a picture from another thread, unless it has waited.
  public mutating func waitForPicture(at now: Double) {
    guard !hasWaitedForPicture else { return }
    (pictureDeadline, hasWaitedForPicture) = (now + Self.pictureTimeout, true)
  }

  /// Ends the wait for a picture.
  public mutating func notePicture() { pictureDeadline = nil }

  /// The time of the next frame; nil without a request.
  public var due: Double? {
    let input = awaitsInput ? lastInput + Self.inputInterval : nil
    let answer = awaitsAnswer ? lastFrame + (isHeld ? Self.heldInterval : Self.inputInterval) : nil
    let rest = wasCoarse ? Self.restInterval : Self.inputInterval
    let pictures = hasPendingPictures || wasCoarse ? max(lastFrame + rest, time(ofTokens: 0)) : nil
    let update =
      awaitsUpdate ? max(lastFrame + Self.updateInterval, time(ofTokens: Self.bucketCapacity / 2)) : nil
    let first = [input, answer, pictures, update].compactMap { $0 }.min()
    return first.map { max($0, pictureDeadline ?? $0) }
  }

  /// Tells whether the last two frames were for input in quick succession.
  private var isHeld: Bool { lastFrame == lastInput && lastInput - inputBefore < Self.heldInterval }

  /// The time at which the bucket holds `count` tokens.
  private func time(ofTokens count: Double) -> Double {
    tokens >= count ? lastFrame : lastFrame + (count - tokens) / rate
  }

  /// The frame to show now, whose requests are then done; nil if none is due.
  public mutating func nextFrame(at now: Double) -> Frame? {
    guard let due, now >= due else { return nil }
    // Rounding may make a sum of seconds fall short of its target.
    let hasTokens = now >= time(ofTokens: 0)
    let isCoarse = hasTokens && hasCoarseFrames && now - lastFrame < Self.restInterval * 0.9
    if awaitsInput { (inputBefore, lastInput) = (lastInput, now) }
    if lastFrame.isFinite {
      tokens = min(Self.bucketCapacity, tokens + (now - lastFrame) * rate)
    }
    lastFrame = now
    (awaitsInput, awaitsAnswer, awaitsUpdate, hasPendingPictures) = (false, false, false, !hasTokens)
    (pictureDeadline, hasWaitedForPicture, wasCoarse) = (nil, false, isCoarse)
    return isCoarse ? .coarse : hasTokens ? .whole : .text
  }

  /// Spends the bytes of the last frame. The debt is limited, so that a large redraw delays pictures only
  /// briefly.
  public mutating func note(bytes: Int) {
    let debt = hasCoarseFrames ? Self.longestCoarseDebt * rate : Self.bucketCapacity
    tokens = max(tokens - Double(bytes), -debt)
  }
}
