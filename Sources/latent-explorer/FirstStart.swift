import Checkpoints
import Foundation
import Primitives

/// Whether somebody starts the explorer for the first time.
///
/// An empty file remembers it: `$XDG_STATE_HOME/latent-explorer/started`, by default under `~/.local/state`.
enum FirstStart {
  /// Whether it is the first start; from now on it is not. Where that cannot be remembered, nobody is told
  /// twice.
  static func take(environment: [String: String] = ProcessInfo.processInfo.environment) -> Bool {
    guard let folder = stateFolder(environment) else { return false }
    let path = "\(folder)/started"
    guard !FileManager.default.fileExists(atPath: path) else { return false }
    do {
      try Folder.make(folder)
      try AtomicFile.write([], to: path)
    } catch { return false }
    return true
  }

  /// Where that is remembered; absent without a home folder.
  static func stateFolder(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return "\(folder)/latent-explorer"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/latent-explorer"
  }
}
