import Foundation
import TestSupport
import Testing

/// `screen`: the explorer's screen as text of exactly the requested size.
@Suite struct ScreenCommandTests {
  private func screen(_ arguments: [String] = []) throws -> String {
    let outcome = try Program.run(["screen", "--data", "digits"] + arguments)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    return outcome.output
  }

  /// The text without colour sequences.
  private func unstyled(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
  }

  @Test(arguments: [(80, 24), (100, 30), (160, 50), (40, 12), (200, 3), (2, 60), (1, 1)])
  func everySizeIsFilled(columns: Int, rows: Int) throws {
    for options in [["--color", "none"], ["--color", "8"], ["--color", "256"], ["--ascii"]] {
      let text = unstyled(try screen(["--size", "\(columns)x\(rows)"] + options))
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      // The last line is terminated, too.
      #expect(lines.count == rows + 1 && lines.last == "")
      #expect(lines.allSatisfy { $0.count <= columns && !$0.contains("\u{1B}") })
      #expect(lines.contains { !$0.isEmpty })
    }
  }

  @Test func coloursArePrintedOnlyOnRequest() throws {
    #expect(!(try screen(["--color", "none"]).contains("\u{1B}")))
    #expect(try screen(["--color", "8"]).contains(/\u{1B}\[0;[0-9;]*3[0-7]m/))
    #expect(try screen(["--color", "256"]).contains("48;5;"))
    #expect(try screen(["--ascii"]).utf8.allSatisfy { $0 < 0x80 })
    #expect(!(try screen().utf8.allSatisfy { $0 < 0x80 }))
  }

  @Test func filesHaveTheBytesOfStandardOutput() throws {
    let folder = try TemporaryFolder()
    func written(_ name: String, _ options: [String]) throws -> String {
      let path = "\(folder.path)/\(name)"
      #expect(try screen(options + ["--output", path]).isEmpty)
      return try String(contentsOfFile: path, encoding: .utf8)
    }
    #expect(try written("a.txt", []) == screen())
    let styled = ["--color", "256", "--keys", "Right*9"]
    #expect(try written("a.ans", styled) == screen(styled))
    // By default, text has no colours and a picture has all of them.
    let picture = try written("a.svg", [])
    #expect(try written("b.svg", ["--color", "256"]) == picture)
    #expect(try written("c.svg", ["--color", "none"]) != picture)
    #expect(picture.hasPrefix("<?xml") && picture.contains(">latent-explorer<"))
    #expect(picture.utf8.count < 40_000)
    let refused = try Program.run(["screen", "--data", "digits", "--output", "/nowhere/a.svg"])
    #expect(refused.status == 1 && refused.errors.contains("/nowhere/a.svg: cannot create"))
  }

  @Test func keysAreApplied() throws {
    let (before, after) = (try screen(), try screen(["--keys", "Right*9 n"]))
    #expect(before.contains("built-in digits (drawn, not MNIST)"))
    #expect(before.contains("sample 3 of 10000") && before.contains(/θ .* 0°/))
    #expect(after.contains("sample 4 of 10000") && after.contains(/θ .* 45°/))
  }

  @Test func bothDecodersOfTheBuiltInDigitsAreShown() throws {
    let text = try screen(["--size", "100x30", "--keys", "C Right*3"])
    #expect(text.contains("same sample, learned and exact decoder"))
    #expect(text.contains(/learned · digits-article +exact · digits\n/))
    // Both were trained on the same images; the numbers of latents are those of their networks.
    #expect(text.contains("16 against 5 latents"))
    #expect(!text.contains("trained on") && !text.contains("has no"))
    #expect(text.contains(/θ .* 15°/))
    let errors = text.matches(of: /mean (0\.\d+)/).compactMap { Double($0.1) }
    // The exact one has smaller errors on its training images.
    #expect(errors.count == 2 && errors.allSatisfy { $0 > 0 && $0 < 0.1 })
    #expect(errors.count == 2 && errors[1] < errors[0])
  }

  @Test func mnistIsOpenedWhereItHasBeenFetched() throws {
    let data = try SmallDataset(test: 12, fetchedAs: "mnist")
    let fetched = try Program.run(["screen"], environment: ["XDG_DATA_HOME": data.dataHome])
    #expect(fetched.output.contains("MNIST · model mnist"))
    #expect(fetched.output.contains("sample 0 of 12"))
    let other = try Program.run(["screen"])
    #expect(other.output.contains("built-in digits (drawn, not MNIST) · model digits"))
  }

  @Test func withoutMnistItsModelShowsStoredLatents() throws {
    let text = try Program.run(["screen", "--model", "mnist", "--keys", "n"]).output
    #expect(text.contains("100 stored latents of mnist test images · model mnist"))
    #expect(text.contains("sample 1 of 100"))
    #expect(text.contains("G: fetch the images"))
    let chosen = try screen(["--model", "mnist"])
    #expect(chosen.contains("built-in digits (drawn, not MNIST) · model mnist"))
  }

  @Test(arguments: [
    (["--size", "80"], "80"), (["--size", "0x5"], "0x5"), (["--color", "16"], "16"),
    (["--output", "a.png"], "a.png"), (["--output", "svg"], "svg"),
    (["--keys", "Rihgt"], "Rihgt"), (["--keys", "n*0"], "n*0"),
  ]) func invalidValuesAreRefused(arguments: [String], word: String) throws {
    let outcome = try Program.run(["screen"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(word))
  }
}
