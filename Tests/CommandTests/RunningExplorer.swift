import PseudoTerminals
import TestSupport
import Testing

/// The explorer on a pseudo-terminal, with the built-in digits even if other data are downloaded.
struct RunningExplorer {
  let terminal: PseudoTerminal
  private let home: TemporaryFolder

  /// The visible parts of the three pictures.
  struct Pictures: Equatable {
    var input, decoded, truth: [VirtualScreen.Cell]
  }

  /// Starts the explorer; `waitUntilOpen` waits until it is ready.
  init(
    _ arguments: [String] = [], environment: [String: String] = [:], width: Int = 80, height: Int = 24,
    inShell script: String? = nil
  ) throws {
    home = try TemporaryFolder()
    terminal = try PseudoTerminal(
      script.map { ["/bin/bash", "-c", $0, Program.path] + arguments } ?? [Program.path] + arguments,
      environment: Program.environment(home: home.path).merging(environment) { $1 }, width: width,
      height: height)
  }

  /// The user's data folder, in which the program has a folder of its own.
  var dataHome: String { home.path }

  /// A shell with job control, which continues when the program is stopped, and waits for a line.
  static let jobs = #"set -m; "$0" "$@"; echo paused; read line; fg; echo over"#

  /// An explorer that has drawn its first screen.
  static func open(
    _ arguments: [String] = [], environment: [String: String] = [:], width: Int = 80,
    inShell script: String? = nil
  ) throws -> Self {
    let explorer = try Self(arguments, environment: environment, width: width, inShell: script)
    try explorer.terminal.waitForText("built-in digits (drawn, not MNIST)")
    try explorer.terminal.waitForText("q quit")
    // The histograms of the sliders appear a little later.
    try explorer.terminal.waitForText("▁")
    return explorer
  }

  /// The line of a slider, such as `θ`.
  func slider(_ label: String) -> String {
    let screen = terminal.screen
    return (0..<screen.height).map(screen.line).first { $0.dropFirst(2).hasPrefix("\(label) ") } ?? ""
  }

  /// Types keys and waits until θ is shown as `text`.
  func type(_ keys: String, untilThetaIs text: String) throws {
    terminal.type(keys)
    // The value ends at the bar's right; further text belongs to another panel.
    try terminal.wait(for: "θ at \(text)") {
      slider("θ").split(separator: "┤").last?.split(separator: " ").first.map(String.init) == text
    }
  }

  /// The pictures on a screen of 80 columns: thirds of it, between the captions and the sliders.
  func pictures() throws -> Pictures {
    let screen = terminal.screen
    let lines = (0..<screen.height).map(screen.line)
    let captions = try #require(lines.firstIndex { $0.contains("decoded") && $0.contains("truth") })
    let sliders = try #require(lines.firstIndex { $0.hasPrefix("sliders") })
    func cells(_ columns: Range<Int>) -> [VirtualScreen.Cell] {
      (captions + 1..<sliders).flatMap { row in columns.map { Self.visible(screen[$0, row]) } }
    }
    return Pictures(input: cells(0..<26), decoded: cells(27..<53), truth: cells(54..<80))
  }

  /// A cell, without the foreground colour if it has no ink.
  private static func visible(_ cell: VirtualScreen.Cell) -> VirtualScreen.Cell {
    var cell = cell
    if cell.glyph == " " { cell.look.foreground = nil }
    return cell
  }

  /// Asserts that the terminal has the state that a shell expects.
  func expectRestored(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(terminal.unrestored == [], sourceLocation: sourceLocation)
  }
}

/// The key sequences of terminals.
enum KeyBytes {
  static let right = "\u{1B}OC"
  static let left = "\u{1B}OD"
  static let controlC = "\u{03}"
}
