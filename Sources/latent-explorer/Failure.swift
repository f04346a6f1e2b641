import ArgumentParser
import Foundation
import Kernels
import Primitives

/// A sentence for people that ends the program, with exit status 1 where nothing else is said.
struct Failure: Error, CustomStringConvertible {
  let description: String
  let status: ExitStatus

  init(_ description: String, status: ExitStatus = .failure) {
    self.description = description
    self.status = status
  }
}

/// Runs `body`; what it throws becomes one line on standard error and the failure's exit status.
///
/// Usage errors pass through: the argument parser prints them and ends with 64.
///
/// - Parameter needsKernels: whether a variant of the kernels that does not exist here is a failure.
func reportingFailures(needsKernels: Bool = true, _ body: () throws -> Void) throws {
  do {
    if needsKernels, let asked = KernelVariant.unavailableChoice {
      let names = KernelVariant.available.map(\.name).joined(separator: ", ")
      throw Failure(
        "\(KernelVariant.environmentVariable)=\(asked.printable): this processor runs \(names)")
    }
    try body()
  } catch let error where error is ValidationError || error is ExitCode || error is CleanExit {
    throw error
  } catch {
    writeToStandardError("latent-explorer: \(error)\n".printableLines)
    throw ExitCode(((error as? Failure)?.status ?? .failure).code)
  }
}

/// Writes `text` to standard output; a full disk or a closed pipe is a failure like any other.
func writeToStandardOutput(_ text: String) throws { try writeToStandardOutput(Array(text.utf8)) }

/// Writes `bytes` to standard output, likewise.
func writeToStandardOutput(_ bytes: [UInt8]) throws {
  do {
    try FileHandle.standardOutput.write(contentsOf: Data(bytes))
  } catch {
    throw Failure("standard output cannot be written: \(error.localizedDescription)")
  }
}

/// Writes `text` to standard error; there is nobody to tell where that fails.
func writeToStandardError(_ text: String) {
  try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
}
