import Foundation

/// The text of a program's source files.
struct SourceTree {
  struct File {
    /// The name of the module, by the table of modules; empty for a file of none.
    var module: String
    /// The path below `Sources`.
    var path: String
    var lines: [String]

    init(_ path: String, _ text: String) {
      self.path = path
      module = Module.containing(path)?.name ?? ""
      lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
  }

  var files: [File]

  init(_ files: [String: String]) {
    self.files = files.sorted { $0.key < $1.key }.map { File($0.key, $0.value) }
  }

  /// All Swift and C files below a folder; symbolic links count as what they point to.
  init(folder: String) throws {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    files =
      try paths
      .filter { path in ["swift", "c", "h", "modulemap"].contains { path.hasSuffix(".\($0)") } }
      .map { File($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) }
  }

  /// This package's `Sources`.
  static let packageSources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources").path
}

extension SourceTree.File {
  /// The modules that a Swift file imports.
  var imports: [String] {
    guard isSwift else { return [] }
    return code(containing: ["import"]).compactMap { line in
      var words = line.split { $0 == " " || $0 == "\t" || $0 == ";" }[...]
      let modifiers = ["public", "package", "internal", "fileprivate", "private"]
      while let word = words.first, word.hasPrefix("@") || modifiers.contains(String(word)) {
        words = words.dropFirst()
      }
      guard words.first == "import" else { return nil }
      words = words.dropFirst()
      let kinds = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
      if let word = words.first, kinds.contains(String(word)) { words = words.dropFirst() }
      return words.first?.split(separator: ".").first.map(String.init)
    }
  }

  /// The operands of the include directives.
  var includes: [String] {
    code(containing: ["#include"]).compactMap { line in
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.first == "#include" else { return nil }
      return words.dropFirst().first.map(String.init)
    }
  }

  /// The members of `functions` that a Swift file calls.
  func calls(of functions: Set<String>) -> [String] {
    guard isSwift else { return [] }
    return code(containing: functions).flatMap { line in
      line.matches(of: /(func\s+)?([A-Za-z_]\w*)\s*\(/).compactMap { match in
        let name = String(match.2)
        return match.1 == nil && functions.contains(name) ? name : nil
      }
    }
  }

  /// The words of `names` that a file uses outside comments and string literals.
  func words(among names: Set<String>) -> Set<String> {
    let isRelevant = { !names.isDisjoint(with: Self.words(of: $0)) }
    guard lines.contains(where: isRelevant) else { return [] }
    return names.intersection(Self.code(linesOutsideTextBlocks.filter(isRelevant)).flatMap(Self.words))
  }

  /// The lines without the contents of multi-line string literals.
  private var linesOutsideTextBlocks: [String] {
    var isInside = false
    return lines.compactMap { line in
      let parts = line.components(separatedBy: "\"\"\"")
      let outside = parts.enumerated().filter { ($0.offset % 2 == 0) != isInside }.map(\.element)
      if parts.count % 2 == 0 { isInside.toggle() }
      return outside.isEmpty ? nil : outside.joined(separator: "\"\"")
    }
  }

  private static func words(of line: String) -> [String] {
    line.utf8.split { byte in
      let letter = byte | 0x20
      return !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) && byte != UInt8(ascii: "_")
    }.map { String(Substring($0)) }
  }

  /// The names of the functions that a Swift file declares.
  var functions: [String] {
    code(containing: ["func "]).flatMap { line in line.matches(of: /\bfunc\s+(\w+)/).map { String($0.1) } }
  }

  /// The members of `words` that the code of a Swift file contains.
  func uses(of words: Set<String>) -> [String] {
    guard isSwift else { return [] }
    return code(containing: words).flatMap { line in words.filter { line.contains($0) } }
  }

  /// The lines with one of `words`, without comments and without what stands between quotation marks.
  private func code(containing words: Set<String>) -> [String] {
    Self.code(lines.filter { line in words.contains { line.contains($0) } })
  }

  private static func code(_ lines: [String]) -> [String] {
    lines.map { line in
      line.replacing(/"(\\.|[^"\\])*"/, with: "\"\"").replacing(/\/\/.*/, with: "")
    }
  }
}
