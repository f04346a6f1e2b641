import Foundation

/// Whether somebody starts the explorer for the first time.
///
/// An empty file remembers it: `$XDG_STATE_HOME/latent-explorer/started`, by default under `~/.local/state`.
enum FirstStart {
  /// Whether it is the first start; from now on it is not. Where that cannot be remembered, nobody is told
  /// twice.
  static func take(environment: [String: String] = ProcessInfo.processInfo.environment) -> Bool {
    guard let folder = stateFolder(environment) else { return false }
    let files = FileManager.default
    let path = "\(folder)/started"
    guard !files.fileExists(atPath: path) else { return false }
    try? files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return files.createFile(atPath: path, contents: nil)
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
