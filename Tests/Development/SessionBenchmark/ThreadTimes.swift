import Foundation

/// The processor time of each thread of a process so far, in seconds.
struct ThreadTimes {
  private let seconds: [String: Double]

  /// Reads the times; nil where the system does not provide them for other processes.
  init?(of process: Int32) {
    let folder = "/proc/\(process)/task"
    guard let threads = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    let pairs = threads.compactMap { thread -> (String, Double)? in
      guard let text = try? String(contentsOfFile: "\(folder)/\(thread)/schedstat", encoding: .utf8),
        let nanoseconds = text.split(separator: " ").first.flatMap({ Double($0) })
      else { return nil }
      return (thread, nanoseconds * 1e-9)
    }
    guard !pairs.isEmpty else { return nil }
    seconds = Dictionary(uniqueKeysWithValues: pairs)
  }

  /// Creates times from given values.
  init(_ seconds: [String: Double]) {
    self.seconds = seconds
  }

  /// The time of all threads since `earlier`, except for the `count` busiest ones.
  func since(_ earlier: ThreadTimes, exceptBusiest count: Int) -> Double {
    seconds.map { $0.value - earlier.seconds[$0.key, default: 0] }.sorted(by: >).dropFirst(count)
      .reduce(0, +)
  }
}
