/// A path, taken apart at its last slash and last dot without asking the file system.
public struct PathText {
  private let text: String

  /// Creates a path from its text.
  public init(_ text: String) { self.text = text }

  /// The folder: empty for a single name, `/` at the root.
  public var folder: String {
    let path = withoutTrailingSlashes
    guard let slash = path.lastIndex(of: "/") else { return "" }
    let folder = PathText(String(path[..<slash])).withoutTrailingSlashes
    return folder.isEmpty ? "/" : folder
  }

  /// The path without the extension of its last name; a dot at the beginning of a name starts none.
  public var withoutExtension: String {
    let path = withoutTrailingSlashes
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name.index(after: dot) < name.endIndex
    else { return path }
    return String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  /// The path with `~` or `~name` at its beginning replaced by that user's home folder.
  public var expandingTilde: String {
    guard text.hasPrefix("~") else { return text }
    let name = text.dropFirst().prefix { $0 != "/" }
    let home =
      name.isEmpty
      ? FileManager.default.homeDirectoryForCurrentUser.path
      : getpwnam(String(name)).map { String(cString: $0.pointee.pw_dir) }
    return home.map { $0 + text.dropFirst(1 + name.count) } ?? text
  }

  private var withoutTrailingSlashes: String {
    let kept = text.reversed().drop { $0 == "/" }.count
    return kept == 0 && text.hasPrefix("/") ? "/" : String(text.prefix(kept))
  }
}
