import Foundation
import TestSupport
import Testing

/// `.ci/tiers` has every test target, and its unit tier starts no process.
@Suite struct TierTests {
  private static let package = Document.package

  /// The words by which tests start processes.
  private static let processWords: Set = [
    "BuiltPrograms", "PseudoTerminal", "Process", "posix_spawn", "fork",
  ]

  /// Sentences for lines of `tiers` that are no tier and target, and for targets that do not have exactly one.
  private static func faults(of tiers: String, targets: [String]) -> [String] {
    let lines = tiers.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let rows = lines.compactMap { $0.wholeMatch(of: /(?:unit|program) (\w+)/).map { String($0.1) } }
    let wrong = lines.filter { $0.wholeMatch(of: /(?:unit|program) \w+/) == nil }.map { "no tier: \($0)" }
    let names = Set(rows).union(targets).sorted()
    return wrong
      + names.flatMap { name -> [String] in
        let count = rows.filter { $0 == name }.count
        guard targets.contains(name) else { return ["\(name) is no target"] }
        return count == 1 ? [] : ["\(name) has \(count) tiers"]
      }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: package.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func everyTestTargetHasOneTier() throws {
    let manifest = try Self.text("Package.swift")
    let targets = manifest.matches(of: /\.testTarget\(\s*name: "(\w+)"/).map { String($0.1) }
    #expect(targets.count >= 18)
    #expect(Self.faults(of: try Self.text(".ci/tiers"), targets: targets) == [])
  }

  @Test func theUnitTierStartsNoProcess() throws {
    let tree = try SourceTree(folder: Self.package.appendingPathComponent("Tests").path)
    let tiers = try Self.text(".ci/tiers")
    func files(_ tier: String) -> [SourceTree.File] {
      let targets = tiers.matches(of: /(?m)^(unit|program) (\w+)$/).filter { $0.1 == tier }.map { $0.2 }
      return tree.files.filter { file in targets.contains { file.path.hasPrefix("\($0)/") } }
    }
    let starting = files("unit").filter { !$0.words(among: Self.processWords).isEmpty }
    #expect(starting.map(\.path) == [])
    #expect(files("program").contains { !$0.words(among: Self.processWords).isEmpty })
  }

  /// A pattern is a module as `^ModuleTests\\.`, a test as `Suite/test`, or the beginning of a test's name.
  @Test(arguments: ["address", "thread"]) func sanitizersLeaveOutExistingTests(name: String) throws {
    let tree = try SourceTree(folder: Self.package.appendingPathComponent("Tests").path)
    let functions = tree.files.filter { $0.isSwift && $0.path.contains("Tests/") }.flatMap(\.functions)
    let lines = try Self.text(".ci/sanitizers/\(name)-left-out").split(separator: "\n")
    for pattern in lines where !pattern.hasPrefix("#") {
      let isKnown =
        if pattern.hasPrefix("^") {
          tree.files.contains { $0.path.hasPrefix(pattern.dropFirst().replacing("\\.", with: "/")) }
        } else if pattern.contains("/") {
          tree.hasTest(String(pattern.replacing("/", with: ".")))
        } else {
          functions.contains { $0.hasPrefix(pattern) }
        }
      #expect(isKnown, "\(pattern) is no test")
    }
  }

  @Test func faultsOfTheListAreFound() {
    let tiers = "# comment\nunit A\nprogram B\nunit B\nslow C\nunit D\n"
    #expect(
      Self.faults(of: tiers, targets: ["A", "B", "C"]) == [
        "no tier: slow C", "B has 2 tiers", "C has 0 tiers", "D is no target",
      ])
  }
}
