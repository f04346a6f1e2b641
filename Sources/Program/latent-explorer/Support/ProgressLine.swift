import ArgumentParser
import Essentials
import Libraries
import Primitives

/// The amount of messages on standard error; results go to standard output.
enum Verbosity: Int, Comparable {
  /// Only warnings and errors.
  case quiet
  case normal
  /// Also the files read and written, with times.
  case verbose

  static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
}

/// The options for the amount of messages.
struct VerbosityOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Print only warnings and errors on standard error.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print what is read and written, and how long it takes.")
  var verbose = false

  func validate() throws {
    guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  /// Prints remarks about the data, unless only warnings are printed.
  var note: DataNote {
    let isQuiet = quiet
    return { if !isQuiet { printWarning($0.text) } }
  }

  var verbosity: Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }
}

/// Progress on standard error: one line that is rewritten on a terminal, plain lines elsewhere.
struct ProgressLine {
  private let verbosity: Verbosity
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = SystemClock.seconds()
  private var lastUpdate = -Double.infinity
  private var lastLength = 0

  init(_ verbosity: Verbosity = .normal) {
    self.verbosity = verbosity
  }

  /// Shows `text` on a terminal, at most ten times per second; nothing elsewhere, or when quiet.
  mutating func update(_ text: @autoclosure () -> String) {
    let now = SystemClock.seconds()
    guard isTerminal, verbosity > .quiet, now - lastUpdate >= 0.1 else { return }
    lastUpdate = now
    show(text(), end: "")
  }

  /// Prints `text` on a line of its own, unless quiet.
  mutating func note(_ text: @autoclosure () -> String) {
    guard verbosity > .quiet else { return }
    keep(text())
  }

  /// Prints `text` with the seconds since the beginning, if verbose.
  mutating func detail(_ text: @autoclosure () -> String) {
    guard verbosity == .verbose else { return }
    keep(formatted("%.2f s: ", SystemClock.seconds() - start) + text())
  }

  /// Prints `text` at any verbosity.
  mutating func warn(_ text: String) { keep(text) }

  /// Removes the text of `update`.
  mutating func clear() {
    guard lastLength > 0 else { return }
    show("", end: "\r")
    lastLength = 0
  }

  private mutating func keep(_ text: String) {
    show(text, end: "\n")
    lastLength = 0
  }

  private mutating func show(_ line: String, end: String) {
    let text = line.printableLines
    let padding = String(repeating: " ", count: max(0, lastLength - text.count))
    writeToStandardError((isTerminal ? "\r" : "") + text + padding + end)
    lastLength = text.count
  }
}
