import Foundation
import TestSupport
import Testing

/// `train` while it runs, which can be watched, sent signals and killed.
final class TrainingProcess {
  private let folder: TemporaryFolder
  private let process = Process()
  private let errorsPath: String

  /// Starts `train` with `arguments`, where `largestFile` is given with no file of more than so many
  /// kilobytes.
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
    // Whoever crashes says where.
    process.environment = Program.environment(home: folder.path).merging([
      "SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no"
    ]) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: errorsPath)
    try process.run()
  }

  /// What has been written on standard error so far.
  var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

  /// The checkpoints that were said to be safe, oldest first.
  var acknowledged: [String] {
    // A last line without its end may be cut.
    let lines = errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.filter { $0.hasPrefix("checkpoint ") }.map { String($0.dropFirst("checkpoint ".count)) }
  }

  var isRunning: Bool { process.isRunning }

  /// Waits until `condition` holds; false when the process has ended before.
  @discardableResult
  func wait(until condition: () -> Bool) -> Bool {
    while !condition() {
      guard process.isRunning else { return condition() }
      usleep(2000)
    }
    return true
  }

  /// Sends a signal; nothing where the process has ended.
  func send(_ signal: Int32) {
    if process.isRunning { kill(process.processIdentifier, signal) }
  }

  /// Waits for the end; the exit status, or the signal's number with a minus. A crash is a failure in any test,
  /// with all that is known of it.
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

/// A folder that `train` has written to, as tests compare it.
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
