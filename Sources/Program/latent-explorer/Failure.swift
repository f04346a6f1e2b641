import ArgumentParser
import Foundation
import Kernels
import Primitives

/// An error message that ends the program, with exit status 1 by default.
struct Failure: Error, CustomStringConvertible {
  let description: String
  let status: ExitStatus

  init(_ description: String, status: ExitStatus = .failure) {
    self.description = description
    self.status = status
  }
}

/// Runs `body`; prints an error as one line on standard error and ends with the failure's exit status.
///
/// Usage errors are rethrown: the argument parser prints them and ends with 64.
///
/// - Parameter needsKernels: If true, fails for an unsupported kernel variant in the environment.
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
    if error.isClosedPipe { endByClosedPipe() }
    writeToStandardError("latent-explorer: \(error.sentence)\n".printableLines)
    throw ExitCode(((error as? Failure)?.status ?? .failure).code)
  }
}

/// Writes `text` to standard output; throws a failure if the disk is full.
func writeToStandardOutput(_ text: String) throws { try writeToStandardOutput(Array(text.utf8)) }

/// Writes `bytes` to standard output, likewise.
func writeToStandardOutput(_ bytes: [UInt8]) throws {
  do {
    try DurableFile.writeAll(bytes.span.bytes, to: STDOUT_FILENO, path: "standard output")
  } catch {
    guard case .refused(_, _, let code) = error, !error.isClosedPipe else { throw error }
    throw Failure("standard output cannot be written: \(FileError.reason(of: code))")
  }
}

/// Writes `text` to standard error; errors are ignored.
///
/// Without a reader, the program ends as by SIGPIPE: at once, or in order while it handles signals.
func writeToStandardError(_ text: String) {
  do {
    try DurableFile.writeAll(Array(text.utf8).span.bytes, to: STDERR_FILENO, path: "standard error")
  } catch {
    guard error.isClosedPipe, !Interruption.note(SIGPIPE) else { return }
    endByClosedPipe()
  }
}

/// Ends the program by SIGPIPE, as the system does after writing to a pipe without a reader.
func endByClosedPipe() -> Never {
  signal(SIGPIPE, SIG_DFL)
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGPIPE)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  raise(SIGPIPE)
  exit(ExitStatus.signal(SIGPIPE).code)
}

extension Error {
  /// True if the reader of a pipe has closed it.
  var isClosedPipe: Bool {
    guard case .refused(.write, _, code: EPIPE) = self as? FileError else { return false }
    return true
  }

  /// The error as one sentence. Errors of this program have their own; those of libraries get one, with the
  /// file and the system's reason if given.
  var sentence: String {
    switch self {
    case let error as CocoaError:
      "\(error.filePath.map { "\($0.printable): " } ?? "")\(error.underlying?.sentence ?? "the file cannot be used")"
    case let error as POSIXError: FileError.reason(of: error.code.rawValue)
    case is EncodingError: "a result cannot be written as JSON"
    case is DecodingError: "a text that should be JSON cannot be read"
    default: "\(self)"
    }
  }
}
