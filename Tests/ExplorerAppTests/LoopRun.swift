import Coordinates
import Datasets
import Libraries
import Networks
import Primitives
import Screen
import TestSupport
import Training

@testable import Explorer
@testable import ExplorerApp

/// A run of the explorer's loop on a terminal in memory, by a script of times.
final class LoopRun {
  typealias Action = () -> [TerminalEvent]

  let clock = HandClock()
  let tasks = ManualTasks()
  let training: ScriptedTraining
  let home: TemporaryFolder
  /// True if background tasks are done as soon as the loop waits.
  var answersAtOnce = true
  /// The assumed number of bytes of a frame.
  var bytesPerFrame = 0
  /// The shown frames, and when.
  private(set) var frames: [(time: Double, canvas: Canvas)] = []
  private(set) var loop: ExplorerLoop?
  private let setup: ExplorerSetup
  private let isLarge: Bool
  private let isWoken = Locked(false)
  private var script: [(time: Double, act: Action)] = []

  private static let architecture = NetworkArchitecture(schema: .article, hidden: [16, 8])
  private static let images = StoredImages(
    pixels: (0..<6).flatMap { index in
      (0..<784).map { $0 % 28 > 8 && $0 % 28 < 12 + index && $0 / 28 > 4 ? 255 : UInt8(0) }
    }, labels: [0, 1, 2, 0, 1, 2])

  static func weights(seed: UInt64) -> [NamedTensor] { TypedAutoencoder(architecture, seed: seed).tensors }

  /// - Parameters:
  ///   - isLarge: True if pictures come from another thread.
  ///   - makesFolder: False if nothing can be written.
  init(isLarge: Bool = false, canWrite: Bool = true) throws {
    home = try TemporaryFolder()
    if !canWrite { try home.write([], to: "latent-explorer") }
    self.isLarge = isLarge
    training = ScriptedTraining { [isWoken] in isWoken.withLock { $0 = true } }
    let dataset = Dataset(
      name: "tiny", title: "tiny bars", classNames: ["one", "two", "three"], training: Self.images,
      test: Self.images)
    let configuration = TrainingConfiguration(
      architecture: Self.architecture, recipe: .article(), seed: 0)
    let model = TypedModel(
      configuration, weights: Self.weights(seed: 3), at: TrainingPosition(), data: dataset.name)
    let opened = ModelAndDataset(
      DataChoice.builtIn.choice, dataset, dataReference: "tiny", model: try model.withStatistics(on: dataset),
      modelReference: "tiny-model")
    setup = ExplorerSetup(
      opened, isDataChosen: true, stateText: try StateText(parsing: ""),
      folders: OutputFolders(environment: ["XDG_DATA_HOME": home.path]))
  }

  // MARK: Script

  /// Acts at a time of the clock; the loop gets the events.
  func at(_ time: Double, _ act: @escaping Action) { script.append((time, act)) }

  /// Presses the keys of a script such as `Right*3 n` at once.
  func press(_ keys: String, at time: Double) throws {
    let events = try KeyScript.parse(keys).map { TerminalEvent.key($0) }
    at(time) { events }
  }

  /// Acts repeatedly, without events.
  func every(_ interval: Double, from start: Double, to end: Double, _ act: @escaping () -> Void) {
    for number in 0..<Int(((end - start) / interval).rounded()) {
      at(start + Double(number) * interval) {
        act()
        return []
      }
    }
  }

  /// Runs the loop until the terminal closes at a time, or the loop ends earlier; returns the last state.
  @discardableResult
  func run(until end: Double) throws -> ExplorerState {
    at(end) { [.ended(.endOfInput)] }
    script = script.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
    var shown = 0
    var terminal: MemoryTerminal?
    let memory = MemoryTerminal(size: Size(width: 100, height: 30)) { [self] timeout in
      for canvas in (terminal?.frames ?? []).dropFirst(shown) { frames.append((clock.seconds, canvas)) }
      shown = terminal?.frames.count ?? 0
      return nextEvents(timeout)
    }
    memory.bytesPerFrame = bytesPerFrame
    terminal = memory
    var state = try setup.state(size: memory.size, capabilities: memory.capabilities)
    state.session.models.inUse.isLarge = isLarge
    let loop = ExplorerLoop(
      terminal: memory, state: state, setup: setup, clocks: clock.clocks, training: training, runner: tasks,
      wake: { [isWoken] in isWoken.withLock { $0 = true } })
    self.loop = loop
    return loop.run()
  }

  /// Moves the clock to the next event or to the end of the wait.
  private func nextEvents(_ timeout: Duration?) -> [TerminalEvent] {
    if answersAtOnce { tasks.runAll() }
    if isWoken.exchange(false) { return [.woken] }
    let now = clock.seconds
    // Rounded up, as a terminal does, so that the loop finds its time come.
    let deadline = timeout.map { now + $0 / .seconds(1) + 1e-9 } ?? .infinity
    guard let next = script.first, next.time <= deadline else {
      clock.seconds = deadline
      return []
    }
    script.removeFirst()
    clock.seconds = max(now, next.time)
    let events = next.act()
    return events.isEmpty && isWoken.exchange(false) ? [.woken] : events
  }

  // MARK: Frames

  /// The times of frames in a period.
  func times(from start: Double = 0, to end: Double = .infinity) -> [Double] {
    frames.map(\.time).filter { $0 >= start && $0 < end }
  }

  /// The largest number of frames in a second.
  func mostFramesPerSecond(from start: Double = 0, to end: Double = .infinity) -> Int {
    let times = times(from: start, to: end)
    return times.map { begin in times.count { $0 >= begin && $0 < begin + 1 - 1e-9 } }.max() ?? 0
  }

  /// The text of the newest frame at a time.
  func screen(at time: Double = .infinity) -> String {
    frames.last { $0.time <= time }.map { ScreenText.plain($0.canvas) } ?? ""
  }

  /// The angle of the first slider on the screen, in degrees.
  func angle(at time: Double = .infinity) -> Int? {
    screen(at: time).firstMatch(of: /θ .*?([-−]?\d+)°/).flatMap { Int($0.1.replacing("−", with: "-")) }
  }
}
