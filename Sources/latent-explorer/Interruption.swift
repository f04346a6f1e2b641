import Dispatch
import Foundation
import Primitives

/// Notes Ctrl-C, a request to terminate and a terminal that closes, so that long work can end in order; a
/// second one ends it at once.
final class Interruption {
  private let number = Locked<Int32?>(nil)
  private let sources: [any DispatchSourceSignal]

  /// Listens from now on.
  init() {
    let came = number
    sources = [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      // Whoever started the program may have wanted it to outlast the terminal, as nohup does.
      let previous = unsafeBitCast(signal(number, SIG_IGN), to: Int.self)
      if number == SIGHUP, previous == unsafeBitCast(SIG_IGN, to: Int.self) { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        came.withLock { $0 = $0 ?? number }
        signal(number, SIG_DFL)
      }
      source.resume()
      return source
    }
  }

  /// Whether a signal has come.
  var hasCome: Bool { number.withLock { $0 != nil } }

  /// The status to end with: that of the signal that came first.
  var status: ExitStatus { number.withLock { $0 }.map(ExitStatus.signal) ?? .failure }

  /// Has writes fail that would otherwise end the process: into a pipe that nobody reads any more, and beyond
  /// a limit on the size of files.
  static func turnFatalWritesIntoErrors() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
