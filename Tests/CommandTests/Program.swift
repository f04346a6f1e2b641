import Foundation
import PseudoTerminals
import TestSupport

/// The built program, run as in a shell.
enum Program {
  /// The result of a run.
  struct Outcome {
    var status: Int32
    /// Its standard output as text.
    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// Its standard output as bytes.
    var outputBytes: [UInt8]
    /// Its standard error.
    var errors: String
    /// Its standard error without the line about a folder of MNIST's files.
    var faults: String {
      errors.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("idx: ") }
        .joined(separator: "\n")
    }
  }

  static let path = BuiltPrograms.path("latent-explorer")

  /// The complete environment of the program: none of the tester's settings, and no downloaded data except
  /// those in `home`.
  static func environment(home: String) -> [String: String] {
    [
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": home,
      "XDG_DATA_HOME": home, "SWIFT_BACKTRACE": "enable=no",
    ]
    .merging(SanitizerOptions.environment) { $1 }
  }

  /// Runs the program to its end, without a terminal; by default in an empty folder and without input.
  ///
  /// - Parameters:
  ///   - path: Another program to run instead.
  ///   - place: The current folder.
  ///   - input: Its standard input.
  ///   - shell: A bash script to run instead, in which `$0` is the program.
  static func run(
    _ arguments: [String], path: String = path, environment: [String: String] = [:],
    in place: String? = nil, input: [UInt8]? = nil, inShell shell: String? = nil
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    // Unlike pipes, files do not fill up.
    let output = try folder.write([], to: "output")
    let errors = try folder.write([], to: "errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: shell == nil ? path : "/bin/bash")
    process.arguments = (shell.map { ["-c", $0, path] } ?? []) + arguments
    process.environment = Self.environment(home: folder.path).merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: place ?? folder.path)
    process.standardInput =
      try input.flatMap { FileHandle(forReadingAtPath: try folder.write($0, to: "input")) }
      ?? FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      outputBytes: Array(try Data(contentsOf: URL(fileURLWithPath: output))),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}
