import Essentials
import Primitives

/// Detection of the first start.
///
/// It is recorded by an empty file: `$XDG_STATE_HOME/latent-explorer/started`, by default below
/// `~/.local/state`.
enum FirstStart {
  /// Records the first start and returns true; false for later starts, and if it cannot be recorded.
  static func claim(environment: [String: String] = ProcessInfo.processInfo.environment) -> Bool {
    guard let folder = stateFolder(environment) else { return false }
    let path = "\(folder)/started"
    guard !FileManager.default.fileExists(atPath: path) else { return false }
    do {
      try Folder.make(folder)
      try AtomicFile.write([], to: path)
    } catch { return false }
    return true
  }

  /// The folder of that file; nil without a home folder.
  static func stateFolder(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return "\(folder)/latent-explorer"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/latent-explorer"
  }
}
