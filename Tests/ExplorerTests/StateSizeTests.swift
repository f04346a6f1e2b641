import Foundation
import Testing

@testable import Explorer

/// The explorer's state stays small enough to be read at once.
@Suite struct StateSizeTests {
  private static let mostProperties = 15
  private static let mostMutatingFunctions = 25

  /// Records the structs reachable from `value` with their numbers of stored properties.
  private static func count(_ value: Any, into counts: inout [String: Int], depth: Int = 0) {
    let mirror = Mirror(reflecting: value)
    // Objects are other modules' own concern.
    guard mirror.displayStyle != .class, depth < 12 else { return }
    if mirror.displayStyle == .struct { counts["\(type(of: value))"] = mirror.children.count }
    // The pages are a collection of different types; other collections have elements of one type.
    let isCollection = mirror.displayStyle == .collection || mirror.displayStyle == .set
    for child in isCollection ? mirror.children.prefix(16) : mirror.children.prefix(100) {
      count(child.value, into: &counts, depth: depth + 1)
    }
  }

  @Test func noStructHasManyProperties() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    _ = state.react(TinyExplorer.news(reports: [TinyExplorer.report(0.5)]))
    try state.press("F M D T C k a")
    var counts: [String: Int] = [:]
    Self.count(state, into: &counts)
    for name in ["ExplorerState", "Session", "TrainingPanel", "HistoryPage", "LossCurve"] {
      #expect(counts[name] != nil, "\(name) was not reached")
    }
    for (name, properties) in counts.sorted(by: { $0.key < $1.key }) {
      #expect(properties <= Self.mostProperties, "\(name) has \(properties) stored properties")
    }
  }

  @Test func theStateHasFewMutatingFunctions() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Explorer")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }
    var count = 0
    for path in paths {
      let text = try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
      let blocks = text.split(separator: "\n}")
      for block in blocks where block.contains(/(struct|extension) ExplorerState\b/) {
        count += block.matches(of: /mutating func/).count
      }
    }
    #expect(count > 10 && count <= Self.mostMutatingFunctions)
  }
}
