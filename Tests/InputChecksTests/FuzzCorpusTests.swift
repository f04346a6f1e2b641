import Foundation
import InputChecks
import Testing

/// Inputs that fuzzing found worth keeping: each takes a way through a reader that no other one takes.
@Suite struct FuzzCorpusTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("FuzzCorpus").path

  private static func inputs(_ target: FuzzTarget) throws -> [String: [UInt8]] {
    let path = "\(folder)/\(target.rawValue)"
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\($0)"))))
      })
  }

  @Test(arguments: FuzzTarget.allCases) func everyReaderHandlesTheCorpus(target: FuzzTarget) throws {
    var (accepted, refused) = (0, 0)
    for (name, bytes) in try Self.inputs(target) {
      do {
        if try target.check(bytes) { accepted += 1 } else { refused += 1 }
      } catch {
        Issue.record("\(target) \(name): \(error)")
      }
    }
    // A corpus of one sort would show little.
    #expect(accepted >= 3)
    #expect(refused >= 3)
  }

  /// All of it is replayed with every run of the tests.
  @Test(arguments: FuzzTarget.allCases) func theCorpusStaysSmall(target: FuzzTarget) throws {
    let inputs = try Self.inputs(target)
    #expect(inputs.count <= 100)
    #expect(inputs.values.allSatisfy { $0.count <= 4096 })
  }
}
