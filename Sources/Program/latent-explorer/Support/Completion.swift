import Essentials
import Primitives

/// Shell completions of a word that is either a name or a path.
enum Completion {
  /// The files that are offered beside folders.
  enum Files {
    case folders
    /// Files with one of these suffixes.
    case ending([String])

    fileprivate func match(_ name: String) -> Bool {
      switch self {
      case .folders: false
      case .ending(let endings): endings.contains { name.lowercased().hasSuffix($0) }
      }
    }
  }

  /// The names, folders and files that begin with `prefix`.
  ///
  /// Hidden files are offered once the dot is typed. A name with a line break is omitted, as shells split the
  /// offers at line breaks.
  static func offers(names: [String], files: Files, for prefix: String) -> [String] {
    let word = unquoted(prefix)
    // Shells that do not split words at '=' pass the option's name with its value.
    let typed =
      word.hasPrefix("--")
      ? String(word[(word.firstIndex(of: "=").map(word.index(after:)) ?? word.startIndex)...]) : word
    let cut = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let (folder, start) = (String(typed[..<cut]), typed[cut...])
    let place = folder.isEmpty ? "." : PathText(folder).expandingTilde
    let found = ((try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []).sorted()
    let paths = found.compactMap { name -> String? in
      guard name.hasPrefix(start), !name.contains("\n"), !name.hasPrefix(".") || start.hasPrefix(".")
      else { return nil }
      if Folder.isPresent("\(place)/\(name)") { return "\(folder)\(name)/" }
      return files.match(name) ? folder + name : nil
    }
    return names.filter { $0.hasPrefix(typed) } + paths
  }

  /// The word as the shell reads it: without backslashes and quotation marks.
  private static func unquoted(_ word: String) -> String {
    var plain = ""
    var isEscaped = false
    for character in word {
      if !isEscaped, character == "\\" {
        isEscaped = true
      } else {
        if isEscaped || !"'\"".contains(character) { plain.append(character) }
        isEscaped = false
      }
    }
    return plain
  }
}
