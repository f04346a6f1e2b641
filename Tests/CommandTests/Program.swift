import Foundation
import PseudoTerminals
import TestSupport

/// The program as it was built, run as from a shell.
enum Program {
  /// What a run has left behind.
  struct Outcome {
    var status: Int32
    /// What it wrote on standard output.
    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// The same, where it is no text.
    var outputBytes: [UInt8]
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

  /// Runs the program to its end, without a terminal: in an empty folder and with nothing to read, where
  /// nothing else is said.
  ///
  /// - Parameters:
  ///   - path: Another program in its place.
  ///   - place: The folder to run in.
  ///   - input: What it reads from standard input.
  ///   - shell: A script for bash instead of the program itself, which is `$0` in it.
  static func run(
    _ arguments: [String], path: String = path, environment: [String: String] = [:],
    in place: String? = nil, input: [UInt8]? = nil, inShell shell: String? = nil
  ) throws -> Outcome {
    let folder = try TemporaryFolder()
    // Files never fill up as pipes do.
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
