import PseudoTerminals

/// An explorer on a pseudo-terminal, controlled by a measurement.
struct MeasuredExplorer {
  /// The input of the key that turns the digit by one step.
  static let rightKey = "\u{1B}OC"
  /// The input of the down arrow.
  static let downKey = "\u{1B}OB"
  let terminal: PseudoTerminal

  /// Starts `program` with a home folder without data sets; by default with 256 colours.
  init(
    program: String, _ arguments: [String], home: String, width: Int = 100, height: Int = 30,
    hasTruecolor: Bool = false
  ) throws {
    var environment = Self.environment(home: home)
    if hasTruecolor { environment["COLORTERM"] = "truecolor" }
    terminal = try PseudoTerminal(
      [program] + arguments, environment: environment, width: width, height: height)
  }

  /// The complete environment of a measured program.
  static func environment(home: String) -> [String: String] {
    ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "HOME": home, "XDG_DATA_HOME": home]
  }

  /// Waits until the decoded picture is shown and drawing has stopped.
  func waitUntilOpen() throws {
    _ = try terminal.instant(of: "the decoded picture") {
      ExplorerScreen(terminal.screen).showsDecodedPicture
    }
    try waitUntilQuiet()
  }

  /// Waits until the chart shows progress of the training run.
  func waitUntilLearning() throws {
    try terminal.wait(for: "the speed of the training") { terminal.screen.text.contains("img/s") }
  }

  /// Waits until nothing has been written for 0.2 s.
  func waitUntilQuiet() throws {
    let pause = Duration.milliseconds(200)
    var count = -1
    while count != terminal.screen.byteCount {
      count = terminal.screen.byteCount
      terminal.listen(until: .now + pause)
    }
  }

  /// Presses the key that turns the digit; returns the milliseconds until the slider shows another angle.
  func millisecondsOfTurn() throws -> Double {
    let before = ExplorerScreen(terminal.screen).angle
    let start = ContinuousClock.now
    terminal.type(Self.rightKey)
    let shown = try terminal.instant(of: "another angle") { ExplorerScreen(terminal.screen).angle != before }
    return (shown - start) / .milliseconds(1)
  }

  /// Presses the key that turns the input; returns the milliseconds until the status line shows another
  /// angle.
  func millisecondsOfInputTurn() throws -> Double {
    let before = ExplorerScreen(terminal.screen).inputAngle
    let start = ContinuousClock.now
    terminal.type("]")
    let shown = try terminal.instant(of: "another angle of the input") {
      ExplorerScreen(terminal.screen).inputAngle != before
    }
    return (shown - start) / .milliseconds(1)
  }

  /// The output while the key that turns the digit is held down.
  struct Output {
    var bytesPerSecond: Double
    var framesPerSecond: Double
  }

  /// Holds down the key that turns the digit, at 100 repetitions per second.
  func output(ofTurning seconds: Double) -> Output {
    let before = (bytes: terminal.screen.byteCount, frames: terminal.screen.passCount)
    let start = ContinuousClock.now
    for number in 0..<Int(seconds * 100) {
      terminal.type(Self.rightKey)
      terminal.listen(until: start + .milliseconds(10 * (number + 1)))
    }
    let passed = (ContinuousClock.now - start) / .seconds(1)
    return Output(
      bytesPerSecond: Double(terminal.screen.byteCount - before.bytes) / passed,
      // Frames at both ends of the time bound one interval less than there are frames.
      framesPerSecond: Double(max(terminal.screen.passCount - before.frames - 1, 0)) / passed)
  }

  /// The milliseconds from the last of some keys that turn the image quickly until nothing more is written.
  func millisecondsToLastPicture(keys: Int) -> Double {
    for _ in 0..<keys {
      terminal.type(Self.rightKey)
      terminal.listen(until: .now + .milliseconds(10))
    }
    let start = ContinuousClock.now
    return terminal.record(until: start + .seconds(3)).reduce(0) { latest, piece in
      terminal.draw(piece)
      return max(latest, (piece.instant - start) / .milliseconds(1))
    }
  }

  /// The mean number of `write` calls per frame for single keys; nil where the system does not provide it.
  func writesPerFrame(keys: Int) throws -> Double? {
    try waitUntilQuiet()
    guard
      let count = terminal.countWrites(typing: Self.rightKey, times: keys, every: .milliseconds(60))
    else { return nil }
    try waitUntilQuiet()
    return Double(count.writes) / Double(max(1, count.frames))
  }
}
