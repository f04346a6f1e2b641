import Dispatch
import Foundation
import Primitives

/// Notes Ctrl-C and a request to terminate, so that long work can end in order; a second one ends it at once.
final class Interruption {
  private let came = Locked(false)
  private let sources: [any DispatchSourceSignal]

  /// Listens from now on.
  init() {
    let came = came
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        came.withLock { $0 = true }
        signal(number, SIG_DFL)
      }
      source.resume()
      return source
    }
  }

  /// Whether a signal has come.
  var hasCome: Bool { came.withLock { $0 } }
}
