import Foundation
import TestSupport
import Testing

/// Numbers on the command line: negative ones, epochs of some phases, and options without effect.
@Suite struct NumberArgumentTests {
  private static let train = ["train", "--data", "digits", "--output", "x"]

  @Test(arguments: [
    (train + ["--seed", "-1"], "--seed takes a whole number from 0 to 18446744073709551615"),
    (train + ["--seed", "-0.5"], "--seed takes a whole number from 0 to 18446744073709551615"),
    (
      train + ["--seed", "18446744073709551616"], "--seed takes a whole number from 0 to 18446744073709551615"
    ),
    (train + ["--epochs", "-1"], "--epochs takes three whole numbers"),
    (train + ["--epochs", "-1,2,3"], "--epochs takes three whole numbers"),
    (train + ["--recipe", "joint", "--epochs", "-1"], "--epochs takes one whole number"),
    (train + ["--threads", "-1"], "--threads takes a whole number from 1 to 256"),
    (train + ["--held-out", "-3"], "--held-out takes a whole number from 0 up"),
    (train + ["--hidden", "-8"], "--hidden takes up to 16 widths"),
    (train + ["--batch-size", "-8"], "--batch-size takes a whole number"),
    (train + ["--learning-rate", "-1e-3"], "--learning-rate takes a number above 0"),
    (train + ["--learning-rate", "-.5"], "--learning-rate takes a number above 0"),
    (train + ["--learning-rate", "-inf"], "--learning-rate takes a number above 0"),
    (train + ["--weight-decay", "-1"], "--weight-decay takes a number from 0 to 1"),
    (train + ["--jitter", "-1"], "--jitter takes a"),
    (train + ["--phases", "-1"], "--phases takes numbers from 1 to 3"),
    (train + ["--coordinate-weight", "-1"], "--coordinate-weight takes a number"),
    (train + ["--checkpoint-every", "-1"], "--checkpoint-every takes a number of seconds"),
    (["encode", "--model", "digits", "--data", "digits", "--images", "-5", "-o", "a.csv"], "--images takes"),
    (["evaluate", "--model", "digits", "--data", "digits", "--images", "-5"], "--images takes"),
    (["evaluate", "--model", "digits", "--data", "digits", "--held-out", "-5"], "--held-out takes"),
    (["decode", "--model", "digits", "a.csv", "-o", "a.png", "--columns", "-5"], "--columns takes"),
    (["decode", "--model", "digits", "a.csv", "-o", "a.png", "--scale", "-5"], "--scale takes"),
    (["render", "turn", "-o", "a.gif", "--frames", "-5"], "--frames takes"),
    (["render", "turn", "-o", "a.gif", "--delay", "-10"], "--delay takes"),
    (["render", "turn", "-o", "a.gif", "--samples", "-1,2"], "--samples takes"),
    (["render", "grid", "-o", "a.png", "--angles", "-5"], "--angles takes"),
    (["render", "map", "-o", "a.svg", "--count", "-5"], "--count takes"),
    (["render", "traversal", "--along", "z1", "-o", "a.png", "--steps", "-5"], "--steps takes"),
    (["screen", "--size", "-80x24"], "The value '-80x24' is invalid for '--size"),
    (
      ["evaluate", "--model", "digits", "--data", "digits", "--images", "-1.5"], "The value '-1.5' is invalid"
    ),
  ]) func negativeNumbersAreInvalidValues(arguments: [String], words: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(!outcome.errors.contains("Missing value") && !outcome.errors.contains("Unknown option"))
    #expect(try folder.fileNames() == [])
  }

  /// A missing value is still reported as missing, and a file may have a number as its name.
  @Test func missingValuesAndNumericFileNamesAreKept() throws {
    for arguments in [
      Self.train + ["--epochs", "--seed", "1"], ["train", "--data", "digits", "--output", "-1"],
    ] {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 64 && outcome.errors.contains("Missing value"), "\(outcome.errors)")
    }
    let folder = try TemporaryFolder()
    let outcome = try Program.run(["inspect", "--", "-1"], in: folder.path)
    #expect(outcome.status == 1 && outcome.errors.contains("-1: no such file"), "\(outcome.errors)")
  }

  // MARK: Training

  private func epochs(_ set: SmallDataset, _ options: String...) throws -> [Int]? {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      [
        "train", "--data", set.path, "--recipe", "article", "--hidden", "4", "--held-out", "8",
        "--batch-size",
        "16", "--output", "run",
      ] + options, in: folder.path)
    guard outcome.status == 0 else { return nil }
    let report = try Program.run(["inspect", "run/model.safetensors", "--json"], in: folder.path)
    let model = try JSONSerialization.jsonObject(with: report.outputBytes.data) as? [String: Any]
    let recipe = try #require(model?["recipe"] as? [String: Any])
    return (recipe["phases"] as? [[String: Any]])?.compactMap { $0["epochs"] as? Int } ?? recipe["epochs"]
      as? [Int]
  }

  @Test func epochsMayBeANumberForEachPhaseThatIsTrained() throws {
    let set = try SmallDataset()
    let first = try TemporaryFolder()
    let start = try Program.run([
      "train", "--data", set.path, "--epochs", "1,0,0", "--hidden", "4", "--held-out", "8", "--batch-size",
      "16",
      "--output", first.path,
    ])
    #expect(start.status == 0, "\(start.errors)")
    #expect(try epochs(set, "--phases", "1", "--epochs", "2") == [2, 0, 0])
    #expect(try epochs(set, "--phases", "1,3", "--epochs", "2,3") == [2, 0, 3])
    #expect(try epochs(set, "--phases", "3,1", "--epochs", "2,3") == [3, 0, 2])
    #expect(try epochs(set, "--phases", "1,2", "--epochs", "2,1,9") == [2, 1, 0])
    #expect(try epochs(set, "--epochs", "1,2,1") == [1, 2, 1])
    for wrong in [
      ["--epochs", "5"], ["--phases", "1,2", "--epochs", "5"], ["--phases", "1", "--epochs", "0"],
      ["--phases", "1", "--epochs", "1,2"], ["--phases", "1,1", "--epochs", "1,2"],
    ] {
      let outcome = try Program.run(
        ["train", "--data", set.path, "--recipe", "article", "--output", "\(first.path)/no"] + wrong)
      #expect(outcome.status == 64 && outcome.errors.contains("--epochs"), "\(wrong): \(outcome.errors)")
    }
    // A resumed run accepts the same forms.
    let run = "\(first.path)/third"
    let model = "\(first.path)/model-phase-1.safetensors"
    let third = try Program.run([
      "train", "--data", set.path, "--phases", "3", "--epochs", "5", "--model", model, "--held-out", "8",
      "--batch-size", "16", "--output", run,
    ])
    #expect(third.status == 0, "\(third.errors)")
    for options in [["--phases", "3", "--epochs", "5"], ["--phases", "3", "--epochs", "0,0,5"]] {
      #expect(try Program.run(["train", "--resume", run] + options).status == 0)
    }
    #expect(try Program.run(["train", "--resume", run, "--phases", "3", "--epochs", "4"]).status == 1)
  }

  @Test func theArticlesRecipeIsTheDefault() throws {
    let set = try SmallDataset()
    let folder = try TemporaryFolder()
    let arguments = [
      "train", "--data", set.path, "--epochs", "1,1,0", "--hidden", "4", "--held-out", "8", "--batch-size",
      "16",
    ]
    let words = "training with the article's recipe; --recipe or --preset names another one"
    let plain = try Program.run(arguments + ["--output", "a"], in: folder.path)
    #expect(plain.status == 0 && plain.errors.hasPrefix(words + "\n"), "\(plain.errors)")
    let named = try Program.run(arguments + ["--recipe", "article", "--output", "b"], in: folder.path)
    #expect(named.status == 0 && !named.errors.contains(words))
    let models = ["a", "b"].map {
      FileManager.default.contents(atPath: "\(folder.path)/\($0)/model.safetensors")
    }
    #expect(models[0] != nil && models[0] == models[1])
    let quiet = try Program.run(arguments + ["--quiet", "--output", "c"], in: folder.path)
    #expect(quiet.status == 0 && quiet.errors.isEmpty, "\(quiet.errors)")
  }

  // MARK: Figures

  @Test func delaysTooShortForBrowsersGetAWarning() throws {
    let folder = try TemporaryFolder()
    for (figure, output) in [
      (["turn"], "a.gif"), (["traversal", "--along", "z1"], "b.gif"), (["turn"], "-"),
    ] {
      func run(_ delay: String) throws -> Program.Outcome {
        try Program.run(
          ["render"] + figure + ["--frames", "2", "--delay", delay, "--output", output, "--quiet"],
          in: folder.path)
      }
      let (short, long) = (try run("10"), try run("20"))
      #expect(short.status == 0 && long.status == 0)
      #expect(short.errors.hasPrefix("warning: browsers play frames of less than 20 ms"), "\(short.errors)")
      #expect(long.errors.isEmpty)
    }
    // A single image has no delay.
    let picture = try Program.run(
      ["render", "traversal", "--along", "z1", "--delay", "10", "--output", "a.png"], in: folder.path)
    #expect(picture.status == 0 && picture.errors.isEmpty)
    #expect(try Program.run(["render", "turn", "--help"]).output.contains("browsers"))
  }
}
