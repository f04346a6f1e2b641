import Foundation
import PseudoTerminals
import TestSupport

/// The program as it was built, run as from a shell.
enum Program {
  /// What a run has left behind.
  struct Outcome {
    var status: Int32
    /// What it wrote on standard output.
    var output: String
    /// What it wrote on standard error.
    var errors: String
  }

  static let path = BuiltPrograms.path("latent-explorer")

  /// All variables that the program sees: no settings of whoever runs the tests, and no fetched data but
  /// what lies in `home`.
  static func environment(home: String) -> [String: String] {
    [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": home,
      "XDG_DATA_HOME": home, "SWIFT_BACKTRACE": "enable=no",
    ]
    .merging(SanitizerOptions.environment) { $1 }
  }

  /// Runs the program to its end, in an empty folder and without a terminal; standard output goes to `device`
  /// where one is given.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], outputTo device: String? = nil
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    // Files never fill up as pipes do.
    let output = try folder.write([], to: "output")
    let errors = try folder.write([], to: "errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = Self.environment(home: folder.path).merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: device ?? output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
