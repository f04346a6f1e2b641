/// The folders of data sets that are given by name, after the XDG base directory specification.
public enum DataLocations {
  /// The names of the sets that `latent-explorer fetch` downloads.
  public static let publicSets = ["mnist", "fashion-mnist", "kmnist"]

  /// The folder of the data set `name`: `$XDG_DATA_HOME/latent-explorer/name` or, where that variable is
  /// unset, empty or relative, `$HOME/.local/share/latent-explorer/name`.
  ///
  /// It need not exist. Nil where `name` is not a plain file name, or without a home folder.
  public static func folder(ofSet name: String, environment: [String: String]) -> String? {
    guard !name.contains("/"), !["", ".", ".."].contains(name) else { return nil }
    return dataHome(environment).map { "\($0)/latent-explorer/\(name)" }
  }

  private static func dataHome(_ environment: [String: String]) -> String? {
    if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") {
      return folder
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home == "/" ? "/.local/share" : "\(home)/.local/share"
  }
}
