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
    let message = "20 training images, 4 of them held out, do not fill one batch of 128"
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
