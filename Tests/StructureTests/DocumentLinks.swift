import Foundation
import TestSupport

/// The relative links of documents, and what they point to.
enum DocumentLinks {
  /// A sentence for every relative link or picture of `documents` whose file or heading `exists` does not know.
  static func faults(in documents: [Document], exists: (String) -> Bool) -> [String] {
    let headings = Dictionary(uniqueKeysWithValues: documents.map { ($0.path, anchors(of: $0)) })
    return documents.flatMap { document in
      links(of: document).compactMap { link -> String? in
        let place = "\(document.path):\(link.line): \(link.target)"
        let (path, anchor) = resolved(link.target, in: document)
        guard let path, exists(path) else { return "\(place) points to no file" }
        guard let anchor else { return nil }
        return headings[path]?.contains(anchor) == true ? nil : "\(place) points to no heading"
      }
    }
  }

  /// The documents that no chain of links from `start` reaches.
  static func unreached(from start: String, in documents: [Document]) -> [String] {
    let targets = Dictionary(
      uniqueKeysWithValues: documents.map { document in
        (document.path, links(of: document).compactMap { resolved($0.target, in: document).path })
      })
    var reached: Set = [start]
    var pending = [start]
    while let path = pending.popLast() {
      for target in targets[path] ?? [] where reached.insert(target).inserted { pending.append(target) }
    }
    return documents.map(\.path).filter { !reached.contains($0) }
  }

  /// The targets of links and pictures that are neither addresses nor marks of DocC.
  static func links(of document: Document) -> [(line: Int, target: String)] {
    document.prose.flatMap { line, text in
      let text = text.replacing(/`[^`]*`/, with: "")
      let targets =
        text.matches(of: /\]\(([^)\s]+)\)/).map { String($0.1) }
        + text.matches(of: /(?:src|href)="([^"]+)"/).map { String($0.1) }
      return targets.filter { $0.firstMatch(of: /^[a-z]+:/) == nil }.map { (line, $0) }
    }
  }

  /// The names by which headings can be linked, as GitHub makes them.
  static func anchors(of document: Document) -> Set<String> {
    var anchors: Set<String> = []
    for (_, text) in document.prose {
      guard let match = text.firstMatch(of: /^#+\s+(.*)$/) else { continue }
      let words = match.1.lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
      let name = words.replacing(" ", with: "-")
      var (unique, count) = (name, 0)
      while anchors.contains(unique) {
        count += 1
        unique = "\(name)-\(count)"
      }
      anchors.insert(unique)
    }
    return anchors
  }

  private static func resolved(_ target: String, in document: Document) -> (path: String?, anchor: String?) {
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let anchor = parts.count > 1 ? String(parts[1]) : nil
    guard !parts[0].isEmpty else { return (document.path, anchor) }
    var folders = document.path.split(separator: "/").dropLast().map(String.init)
    for part in parts[0].split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        guard folders.popLast() != nil else { return (nil, anchor) }
      default: folders.append(String(part))
      }
    }
    return (folders.joined(separator: "/"), anchor)
  }
}
