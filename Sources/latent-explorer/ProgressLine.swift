import ArgumentParser
import Foundation

/// How much a command says on standard error about what it does; results go to standard output.
enum Verbosity: Int, Comparable {
  /// Warnings and errors alone.
  case quiet
  case normal
  /// Also what is read and written, and how long it takes.
  case verbose

  static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
}

/// How much is said, as the command line asks for it.
struct VerbosityOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Print only warnings and errors on standard error.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print what is read and written, and how long it takes.")
  var verbose = false

  func validate() throws {
    guard !quiet || !verbose else { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  var verbosity: Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }
}

/// Progress on standard error: one line that is written over on a terminal, plain lines elsewhere.
struct ProgressLine {
  private let verbosity: Verbosity
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let start = monotonicSeconds()
  private var lastUpdate = -Double.infinity
  private var lastLength = 0

  init(_ verbosity: Verbosity = .normal) {
    self.verbosity = verbosity
  }

  /// Shows `text` on a terminal, at most ten times a second; elsewhere, and to who wants quiet, nothing.
  mutating func update(_ text: @autoclosure () -> String) {
    let now = monotonicSeconds()
    guard isTerminal, verbosity > .quiet, now - lastUpdate >= 0.1 else { return }
    lastUpdate = now
    show(text(), end: "")
  }

  /// Shows `text` and keeps it, but for who wants quiet.
  mutating func note(_ text: @autoclosure () -> String) {
    guard verbosity > .quiet else { return }
    keep(text())
  }

  /// Shows `text`, and the seconds since the beginning, to who wants to know more.
  mutating func detail(_ text: @autoclosure () -> String) {
    guard verbosity == .verbose else { return }
    keep(String(format: "%.2f s: ", monotonicSeconds() - start) + text())
  }

  /// Shows `text` in any case.
  mutating func warn(_ text: String) { keep(text) }

  /// Wipes what `update` left.
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

/// Seconds on a clock that never goes back.
func monotonicSeconds() -> Double {
  Double(DispatchTime.now().uptimeNanoseconds) * 1e-9
}
