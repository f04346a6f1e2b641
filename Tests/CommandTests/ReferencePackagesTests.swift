import Foundation
import TestSupport
import Testing

/// The snippets for PyTorch and pandas in the article on files, as printed, with their results.
@Suite struct ReferencePackagesTests {
  /// Reports in the output of the tests if the packages are not available.
  @Test(
    .enabled(
      if: ReferencePython.path != nil,
      "no Python with torch, safetensors, numpy and pandas: name one in REFERENCE_PYTHON"))
  func modelsAndLatentsAreThoseOfPyTorch() throws {
    let python = try #require(ReferencePython.path)
    let outcome = try ReferencePython.run(
      python,
      [
        Document.package.appendingPathComponent("Tests/Reference/check_exchange.py").path, Program.path,
        Document.package.appendingPathComponent(Document.files).path,
      ])
    #expect(outcome.status == 0, "\(outcome.output)")
  }
}

/// The interpreter with the reference packages.
enum ReferencePython {
  /// The interpreter of the variable `REFERENCE_PYTHON`, by default `python3`; nil if it lacks a package.
  static let path: String? = {
    let named = ProcessInfo.processInfo.environment["REFERENCE_PYTHON"] ?? "python3"
    let outcome = try? run(named, ["-c", "import torch, safetensors, numpy, pandas"])
    return outcome?.status == 0 ? named : nil
  }()

  /// Runs an interpreter to its end; returns its output with its errors.
  static func run(_ python: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
    let folder = try TemporaryFolder()
    let output = try folder.write([], to: "output")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["SWIFT_BACKTRACE": "enable=no", "XDG_DATA_HOME": folder.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = process.standardOutput
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOfFile: output, encoding: .utf8))
  }
}
