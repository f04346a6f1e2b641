import Foundation
import TestSupport
import Testing

/// A running `train` process that can be observed, sent signals and killed.
final class TrainingProcess {
  private let folder: TemporaryFolder
  private let process = Process()
  private let errorsPath: String

  /// Starts `train` with `arguments`; `largestFile` limits the size of files, in kilobytes.
  init(_ arguments: [String], largestFile kilobytes: Int? = nil) throws {
    folder = try TemporaryFolder()
    errorsPath = try folder.write([], to: "errors")
    if let kilobytes {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      // In blocks of 512 bytes.
      process.arguments =
        ["-c", "ulimit -f \(2 * kilobytes); exec \"$0\" \"$@\"", Program.path, "train"] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: Program.path)
      process.arguments = ["train"] + arguments
    }
    // A crash reports its location.
    process.environment = Program.environment(home: folder.path).merging([
      "SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no"
    ]) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: errorsPath)
    try process.run()
  }

  /// The standard error so far.
  var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

  /// The checkpoints that were reported as durable, oldest first.
  var acknowledged: [String] {
    // A last line without its end may be incomplete.
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.filter { $0.hasPrefix("checkpoint ") }.map { String($0.dropFirst("checkpoint ".count)) }
  }

  var isRunning: Bool { process.isRunning }

  /// Waits until `condition` is true; returns false if the process ends before.
  @discardableResult
  func wait(until condition: () -> Bool) -> Bool {
    while !condition() {
      guard process.isRunning else { return condition() }
      usleep(2000)
    }
    return true
  }

  /// Sends a signal, unless the process has ended.
  func send(_ signal: Int32) {
    if process.isRunning { kill(process.processIdentifier, signal) }
  }

  /// Waits for the end; returns the exit status, or the negative number of a signal. A crash fails any test,
  /// with all known details.
  @discardableResult
  func waitForEnd() -> Int32 {
    process.waitUntilExit()
    guard process.terminationReason == .uncaughtSignal else { return process.terminationStatus }
    if [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE].contains(process.terminationStatus) {
      Issue.record("train crashed by signal \(process.terminationStatus): \(errors)")
    }
    return -process.terminationStatus
  }

  deinit {
    send(SIGKILL)
    process.waitUntilExit()
  }
}

/// The contents of a run's folder, for comparisons.
struct RunContents: Equatable {
  /// The models' bytes by name.
  var models: [String: Data] = [:]
  /// The metrics without times and speeds.
  var metrics: [[String: Double?]] = []

  init(_ folder: String) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".safetensors") {
      models[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let text = try String(contentsOfFile: "\(folder)/metrics.jsonl", encoding: .utf8)
    try #require(text.isEmpty || text.hasSuffix("\n"))
    metrics = try text.split(separator: "\n").map { line in
      var values = try JSONDecoder().decode([String: Double?].self, from: Data(line.utf8))
      values["seconds"] = nil
      values["images_per_second"] = nil
      return values
    }
  }
}
