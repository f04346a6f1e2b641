import Foundation

/// Progress on standard error: one line that is written over on a terminal, plain lines elsewhere.
struct ProgressLine {
  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  private var lastUpdate = -Double.infinity
  private var lastLength = 0

  /// Shows `text` on a terminal, at most ten times a second; elsewhere nothing.
  mutating func update(_ text: @autoclosure () -> String) {
    let now = monotonicSeconds()
    guard isTerminal, now - lastUpdate >= 0.1 else { return }
    lastUpdate = now
    show(text(), end: "")
  }

  /// Shows `text` and keeps it.
  mutating func note(_ text: String) {
    show(text, end: "\n")
    lastLength = 0
  }

  /// Wipes what `update` left.
  mutating func clear() {
    guard lastLength > 0 else { return }
    show("", end: "\r")
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
