import Foundation
import TestSupport
import Testing

/// The default number of held-out images: the same in `train` and in the explorer.
@Suite struct HeldOutCommandTests {
  @Test(arguments: [(20, 16), (96, 77), (7, 6)])
  func trainHoldsOutAFifthOfASmallSet(images: Int, learnt: Int) throws {
    let (data, output) = (try SmallDataset(training: images), try TemporaryFolder())
    let folder = "\(output.path)/run"
    let outcome = try Program.run([
      "train", "--data", data.path, "--recipe", "article", "--epochs", "1,0,0", "--hidden", "8",
      "--batch-size", "4", "--verbose", "--output", folder,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("\(learnt) images of "), "\(outcome.errors)")
    #expect(outcome.errors.contains(", held-out loss "), "\(outcome.errors)")
    // The run's checkpoint contains the number.
    let other = try Program.run(["train", "--resume", folder, "--held-out", "\(images - learnt + 1)"])
    #expect(other.status == 1 && other.errors.contains("--held-out"), "\(other.errors)")
    let same = try Program.run(["train", "--resume", folder, "--held-out", "\(images - learnt)"])
    #expect(same.status == 0, "\(same.errors)")
  }

  @Test func aSetThatIsTooSmallGetsTheSameMessageInBoth() throws {
    let message =
      "20 training images, 4 of them held out, do not fill one batch of 128; use --batch-size 16 or less"
    let (data, output) = (try SmallDataset(training: 20), try TemporaryFolder())
    let outcome = try Program.run([
      "train", "--data", data.path, "--recipe", "article", "--output", "\(output.path)/run",
    ])
    #expect(outcome.status == 1 && outcome.errors.contains(message), "\(outcome.errors)")
    let explorer = try RunningExplorer(
      ["--data", data.path, "--model", "article", "--train"], width: 120, height: 40)
    try explorer.terminal.waitForText("20 training images, 4 of them held out")
    explorer.terminal.type("q")
    _ = try explorer.terminal.waitForExit()
  }

  /// The last training images of a sorted set are those of one class, of which `train` holds out no more than of others.
  @Test func evaluateMeasuresHeldOutImagesOfEveryClassOfASortedSet() throws {
    let folder = try TemporaryFolder()
    let pixels = (0..<60 * 784).map { UInt8(truncatingIfNeeded: $0 &* 37 % 251) }
    try write(NumPyBytes.header("|u1", "(60, 28, 28)"), pixels, to: "\(folder.path)/images.npy")
    try write(
      NumPyBytes.header("|u1", "(60,)"), (0..<60).map { UInt8($0 / 20) }, to: "\(folder.path)/labels.npy")
    let outcome = try Program.run([
      "evaluate", "--model", "article", "--data", "\(folder.path)/images.npy", "--labels",
      "\(folder.path)/labels.npy", "--held-out", "9", "--json",
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    let classes = try #require(object?["classes"] as? [[String: Any]])
    #expect(classes.compactMap { $0["images"] as? Int } == [3, 3, 3])
  }

  private func write(_ header: String, _ bytes: [UInt8], to path: String) throws {
    try Data(NumPyBytes.file(header, bytes)).write(to: URL(fileURLWithPath: path))
  }

  @Test func moreThanThereAreCannotBeHeldOut() throws {
    let (data, output) = (try SmallDataset(training: 20), try TemporaryFolder())
    let outcome = try Program.run([
      "train", "--data", data.path, "--recipe", "article", "--held-out", "1000", "--output",
      "\(output.path)/run",
    ])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("1000 images cannot be held out of 20 training images"), "\(outcome.errors)")
    #expect(try output.fileNames().isEmpty)
  }
}
