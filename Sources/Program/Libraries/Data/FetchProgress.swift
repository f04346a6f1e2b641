import Essentials

/// Progress of a download, as text.
package struct FetchProgress {
  /// The name of the set.
  let name: String
  private var file = ""
  private var bytes = 0
  private var arrived = 0
  private var start: Double?
  private var now = 0.0

  package init(name: String) {
    self.name = name
  }

  /// Records the number of bytes of the set at a time in seconds. Bytes of an earlier download do not count
  /// for the rate.
  package mutating func note(file: String, bytes: Int, at time: Double) {
    if file == self.file { arrived += max(0, bytes - self.bytes) }
    (self.file, self.bytes, now) = (file, bytes, time)
    start = start ?? time
  }

  /// A line with a bar, the number of bytes out of `count`, the rate and the remaining time.
  package func text(of count: Int) -> String {
    let width = 20
    let fraction = min(1, Double(bytes) / Double(max(count, 1)))
    let filled = Int(fraction * Double(width))
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let counts = formatted("%3.0f %%, %.1f of %.1f MB", fraction * 100, megabytes(bytes), megabytes(count))
    return "\(name) [\(bar)] \(counts)\(rateText(left: count - bytes))"
  }

  private func rateText(left: Int) -> String {
    guard let start, now - start >= 1, arrived > 0 else { return "" }
    let rate = Double(arrived) / (now - start)
    return formatted(", %.1f MB/s, ", rate / 1e6) + duration(Double(left) / rate) + " left"
  }

  private func megabytes(_ bytes: Int) -> Double { Double(bytes) / 1e6 }
}

/// A duration in seconds as text: `8 s`, `2:05` or `1:02:05`.
package func duration(_ seconds: Double) -> String {
  guard seconds.isFinite, abs(seconds) < 1e9 else { return "∞" }
  let whole = Int(max(seconds, 0).rounded())
  let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
  if hours > 0 { return formatted("%d:%02d:%02d", hours, minutes, rest) }
  return minutes > 0 ? formatted("%d:%02d", minutes, rest) : "\(rest) s"
}
