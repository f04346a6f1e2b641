import ArgumentParser
import Essentials
import Kernels
import Libraries
import Primitives

/// A command that a signal has ended in order, with the exit status of the signal.
struct InterruptedCommand: Error, CustomStringConvertible {
  let description: String
  let status: ExitStatus
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
    throw ExitCode(((error as? InterruptedCommand)?.status ?? .failure).code)
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
}
