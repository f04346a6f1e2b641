#if canImport(Darwin)
  import Darwin
#else
  import Foundation
#endif

/// The number of times that a process was woken from waiting.
struct Wakeups {
  /// The counts so far: per thread, or of the whole process under one key.
  private let counts: [String: Int]

  /// Reads the counts; nil where the system does not provide them for the process.
  init?(of process: Int32) {
    #if canImport(Darwin)
      var usage = rusage_info_v4()
      let status = withUnsafeMutablePointer(to: &usage) { usage in
        usage.withMemoryRebound(to: rusage_info_t?.self, capacity: 1) {
          proc_pid_rusage(process, RUSAGE_INFO_V4, $0)
        }
      }
      guard status == 0 else { return nil }
      counts = ["process": Int(usage.ri_pkg_idle_wkups + usage.ri_interrupt_wkups)]
    #else
      let folder = "/proc/\(process)/task"
      guard let threads = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
      let pairs = threads.compactMap { thread -> (String, Int)? in
        guard let status = try? String(contentsOfFile: "\(folder)/\(thread)/status", encoding: .utf8) else {
          return nil
        }
        return (thread, Self.switches(inStatus: status))
      }
      counts = Dictionary(uniqueKeysWithValues: pairs)
    #endif
  }

  /// Creates counts from given values.
  init(_ counts: [String: Int]) {
    self.counts = counts
  }

  /// The number of wakeups since `earlier`; a finished thread counts one for its end.
  func since(_ earlier: Wakeups) -> Int {
    let ended = earlier.counts.keys.filter { counts[$0] == nil }.count
    return counts.reduce(ended) { $0 + $1.value - earlier.counts[$1.key, default: 0] }
  }

  /// The sum of a Linux thread's context switches, each of which ends or begins a wait.
  static func switches(inStatus text: String) -> Int {
    text.split(separator: "\n").reduce(0) { sum, line in
      let parts = line.split(separator: ":")
      guard parts.count == 2, parts[0].hasSuffix("voluntary_ctxt_switches") else { return sum }
      return sum + (Int(parts[1].filter(\.isNumber)) ?? 0)
    }
  }
}
