import PseudoTerminals

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Measurements of the explorer in a session on a pseudo-terminal.
///
/// Latencies are from the sending of a key's bytes to the receipt of the frame's bytes.
struct SessionBenchmark {
  private static let training = ["--data", "digits", "--train"]
  let program: String
  private let folder: SessionFolder

  /// - Parameter program: the path of the explorer.
  init(program: String) throws {
    self.program = program
    folder = try SessionFolder()
  }

  /// Runs all measurements in about two minutes; calls `progress` with the name of each.
  func run(progress: (String) -> Void) throws -> [Measure] {
    progress("first picture")
    var measures = try firstPicture(runs: 9)
    progress("keys while all cores train")
    let busy = try open(Self.training)
    try busy.waitUntilLearning()
    measures += try keyToScreen(busy, keys: 200)
    progress("output while a slider is dragged")
    measures += output(busy, seconds: 4, "training")
    busy.terminal.signal(SIGKILL)
    progress("keys on each page while all cores train")
    measures += try pagesToScreen(try open(Self.training), keys: 60)
    progress("coloured pictures in truecolor")
    measures += try colouredPictures()
    // They become idle during another measurement: idle threads of Dispatch end only after 5 s.
    let resting = try openResting()
    let quiet = try open([])
    measures += output(quiet, seconds: 5, "no training")
    measures.append(Measure("writes a frame", try quiet.writesPerFrame(keys: 20), "calls", limit: 1))
    progress("idle")
    measures += idle(resting, seconds: 10)
    progress("training beside an open explorer")
    return measures + (try TrainingSlowdown(program: program, home: folder.home).measures())
  }

  private func open(_ arguments: [String]) throws -> MeasuredExplorer {
    let explorer = try MeasuredExplorer(program: program, arguments, home: folder.home)
    if arguments.contains("--train") {
      try explorer.waitUntilLearning()
    } else {
      try explorer.waitUntilOpen()
    }
    return explorer
  }

  /// The median time from the program's start to its first decoded picture, for the built-in digits and for
  /// files.
  func firstPicture(runs: Int) throws -> [Measure] {
    let choices = [("built-in digits", "digits"), ("files", folder.images)]
    let medians = try choices.map { name, data in
      median(try (0..<runs).map { _ in try millisecondsToPicture(["--data", data]) })
    }
    return zip(choices, medians).map { Measure("first picture, \($0.0.0)", $0.1, "ms", limit: 100) }
  }

  private func millisecondsToPicture(_ arguments: [String]) throws -> Double {
    let start = ContinuousClock.now
    let explorer = try MeasuredExplorer(program: program, arguments, home: folder.home)
    let shown = try explorer.terminal.instant(of: "the decoded picture") {
      ExplorerScreen(explorer.terminal.screen).showsDecodedPicture
    }
    return (shown - start) / .milliseconds(1)
  }

  /// The latency from single keys at irregular intervals to the slider.
  func keyToScreen(_ explorer: MeasuredExplorer, keys: Int) throws -> [Measure] {
    let times = try irregularly(keys, explorer, explorer.millisecondsOfTurn)
    return [
      Measure("key to screen, training, 95 %", quantile(0.95, of: times), "ms", limit: 16),
      Measure("key to screen, training, median", median(times), "ms"),
      Measure("key to screen, training, longest", times.max(), "ms"),
    ]
  }

  /// Repeats a measurement after intervals from 50 to 150 ms in an irregular order.
  private func irregularly(
    _ count: Int, _ explorer: MeasuredExplorer, _ measure: () throws -> Double
  ) throws -> [Double] {
    try (0..<count).map { number in
      explorer.terminal.listen(until: .now + .milliseconds(50 + number * 37 % 101))
      return try measure()
    }
  }

  /// The pages with the keys that open them and fill them.
  private static let pages: [(name: String, keys: [String], sign: String)] = [
    ("filmstrip", ["F"], "from end to end"), ("map", ["M"], "component 1"),
    (
      "drawing",
      ["D", " "] + Array(repeating: MeasuredExplorer.rightKey, count: 6)
        + Array(repeating: MeasuredExplorer.downKey, count: 8), "nearest samples"
    ),
    ("time travel", ["T"], "steer 0"), ("decoders", ["C"], "error by angle"),
  ]

  /// The latency from single keys at irregular intervals to the status line, on each page: the input is
  /// turned, so that it is encoded again and everything on the page is redrawn.
  func pagesToScreen(_ explorer: MeasuredExplorer, keys: Int) throws -> [Measure] {
    try explorer.waitUntilLearning()
    return try Self.pages.map { page in
      for key in page.keys { explorer.terminal.type(key) }
      try explorer.terminal.waitForText(page.sign)
      let times = try irregularly(keys, explorer, explorer.millisecondsOfInputTurn)
      return Measure("key to screen, \(page.name), 95 %", quantile(0.95, of: times), "ms", limit: 16)
    }
  }

  /// Latency and output with pictures of 64 × 64 pixels in colour, on 160×50 cells in truecolor, while all cores
  /// train.
  func colouredPictures() throws -> [Measure] {
    let path = folder.home + "/coloured.npy"
    try ColouredPictures.write(2000, to: path)
    let explorer = try MeasuredExplorer(
      program: program, ["--data", path, "--train"], home: folder.home, width: 160, height: 50,
      hasTruecolor: true)
    try explorer.waitUntilLearning()
    let times = try irregularly(100, explorer, explorer.millisecondsOfTurn)
    let output = explorer.output(ofTurning: 6)
    let last = explorer.millisecondsToLastPicture(keys: 100)
    explorer.terminal.signal(SIGKILL)
    let name = "64×64 in colour"
    return [
      Measure("key to screen, \(name), 95 %", quantile(0.95, of: times), "ms", limit: 16),
      Measure("dragging, \(name)", output.bytesPerSecond / 1000, "kB/s", limit: 96),
      Measure("dragging, \(name)", output.framesPerSecond, "frames/s", limit: 30),
      Measure("last picture, \(name)", last, "ms", limit: 1500),
    ]
  }

  /// The output while a slider is dragged.
  func output(_ explorer: MeasuredExplorer, seconds: Double, _ name: String) -> [Measure] {
    let output = explorer.output(ofTurning: seconds)
    return [
      Measure("dragging, \(name)", output.bytesPerSecond / 1000, "kB/s", limit: 64),
      Measure("dragging, \(name)", output.framesPerSecond, "frames/s", limit: 30),
    ]
  }

  /// Idle explorers: just opened, with paused training, and with stopped training.
  func openResting() throws -> [(name: String, explorer: MeasuredExplorer)] {
    let resting = [
      ("opened", try open([])), ("paused", try open(Self.training)), ("stopped", try open(Self.training)),
    ]
    _ = try resting[0].1.millisecondsOfTurn()
    for (one, key) in zip(resting.dropFirst(), [" ", "x"]) {
      one.1.terminal.type(key)
      try one.1.terminal.waitForText(one.0)
    }
    for one in resting { try one.1.waitUntilQuiet() }
    return resting
  }

  /// The output and wakeups of idle explorers.
  func idle(_ resting: [(name: String, explorer: MeasuredExplorer)], seconds: Double) -> [Measure] {
    func state(_ explorer: MeasuredExplorer) -> (bytes: Int, wakeups: Wakeups?) {
      explorer.terminal.listen(until: .now)
      return (explorer.terminal.screen.byteCount, Wakeups(of: explorer.terminal.process))
    }
    let before = resting.map { state($0.explorer) }
    resting.first?.explorer.terminal.listen(until: .now + .seconds(seconds))
    return zip(resting, before).flatMap { one, before in
      let after = state(one.explorer)
      let name = "idle for \(Int(seconds)) s, \(one.name)"
      let wakeups = before.wakeups.flatMap { earlier in after.wakeups.map { Double($0.since(earlier)) } }
      return [
        Measure(name, Double(after.bytes - before.bytes), "bytes", limit: 0),
        Measure(name, wakeups, "wake-ups", limit: 0),
      ]
    }
  }
}
