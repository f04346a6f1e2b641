import Dispatch

/// Timing on a monotonic clock.
struct Stopwatch {
  /// The seconds that `body` takes.
  static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  /// The seconds of one run of `body`: the minimum over several rounds of at least `round` seconds each.
  static func best(rounds: Int = 12, round: Double = 0.008, _ body: () -> Void) -> Double {
    body()
    let once = max(seconds(body), 1e-9)
    let count = max(1, Int((round / once).rounded(.up)))
    return (0..<rounds).map { _ in seconds { for _ in 0..<count { body() } } / Double(count) }.min() ?? once
  }

  /// The median of `values`; at least one.
  static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}
