import Foundation
import InputChecks
import TestSupport
import Testing

/// Files on which our readers and the reference packages agreed, but for differences that were meant.
///
/// `Tests/Reference/make_reader_corpus.py` makes the files and `compare_readers.py` what is expected of them;
/// `.ci/thorough` does so with many more.
@Suite struct ReaderCorpusTests {
  private struct Expectation: Decodable {
    var file: String
    var digest: String?
    var bytes: Data?
    /// The files of a data set, by their paths; the file or folder of the data set has its name.
    var set: [String: Data]?

    /// The verdict on the file, or on the data set in a folder.
    func verdict() throws -> InputVerdict {
      guard let set else { return InputVerdict(file: file, bytes: [UInt8](try #require(bytes))) }
      let folder = try TemporaryFolder()
      for (path, bytes) in set {
        let url = URL(fileURLWithPath: "\(folder.path)/\(path)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: url)
      }
      return InputVerdict(dataSet: "\(folder.path)/\(file)")
    }
  }

  private static func expectations() throws -> [Expectation] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("ReaderCorpus.json")
    return try JSONDecoder().decode([Expectation].self, from: Data(contentsOf: path))
  }

  @Test func verdictsMatchTheRecordedOnes() throws {
    for expected in try Self.expectations() {
      let verdict = try expected.verdict()
      #expect(verdict.digest == expected.digest, "\(expected.file): \(verdict.reason ?? "accepted")")
      #expect((verdict.reason == nil) == (verdict.digest != nil))
    }
  }

  @Test(arguments: Array(1...12) + [27, 28, 29]) func everyCaseHasAFile(number: Int) throws {
    let prefix = number < 10 ? "0\(number)-" : "\(number)-"
    // A foreign architecture is no matter of the format.
    #expect(try Self.expectations().contains { $0.file.hasPrefix(prefix) } == (number != 8))
  }

  @Test(arguments: [
    ".safetensors", "images", "labels", ".gz", ".npy", ".npz", ".png", ".pnm", "-table-", "-idx-", "-folder-",
  ])
  func someFilesAreSoundAndSomeAreNot(name: String) throws {
    let files = try Self.expectations().filter { expectation in
      name.hasSuffix("-") ? expectation.file.contains(name) : expectation.file.hasSuffix(name)
    }
    #expect(files.contains { $0.digest != nil })
    #expect(files.contains { $0.digest == nil })
  }
}
