import Foundation
import TestSupport
import Testing

/// File names with spaces, dashes and line breaks, in every argument that is a file.
@Suite struct FileNameTests {
  static let names = ["with two  spaces", "-dashed", "--model", "line\nbreak", "quote'\"s", "ends in "]

  private static let short = [
    "--recipe", "article", "--epochs", "1,0,0", "--held-out", "0", "--batch-size", "8",
  ]

  /// Unchanged names, written so that a leading dash is not read as an option.
  @Test(arguments: names) func everyArgumentAcceptsUnusualNames(name: String) throws {
    let folder = try TemporaryFolder()
    let place = "\(folder.path)/\(name)"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let set = try SmallDataset()
    try FileManager.default.copyItem(atPath: set.path, toPath: "\(place)/\(name)")
    func run(_ arguments: [String]) throws -> Program.Outcome {
      let outcome = try Program.run(arguments, in: place)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
      return outcome
    }
    let (model, run2) = ("\(name).safetensors", "run \(name)")
    _ = try run(["train", "--data=\(name)", "--output=\(run2)", "--hidden", "4"] + Self.short)
    try FileManager.default.copyItem(
      atPath: "\(place)/\(run2)/model.safetensors", toPath: "\(place)/\(model)")
    #expect(try run(["train", "--resume=\(run2)"]).errors.contains("nothing to resume"))
    _ = try run(
      ["train", "--data=\(name)", "--model=\(model)", "--output=again\(name)"] + Self.short)
    _ = try run(["evaluate", "--model=\(model)", "--data=\(name)", "--images", "2"])
    for path in ["./\(model)", "\(place)/\(model)"] { _ = try run(["inspect", path]) }
    _ = try run(["inspect", "--", model])
    _ = try run(["screen", "--model=\(model)", "--data=\(name)"])
    for (figure, ending) in [("turn", "gif"), ("grid", "png"), ("map", "svg")] {
      _ = try run(
        ["render", figure, "--model=\(model)", "--data=\(name)", "--output=\(name).\(ending)"])
      _ = try run([
        "render", figure, "--model=\(model)", "--data=\(name)", "--output", "./\(name)2.\(ending)",
      ])
    }
    _ = try run(["render", "losses", "--output=\(name)3.svg", "--", run2])
    let written = Set(try FileManager.default.contentsOfDirectory(atPath: place))
    #expect(
      written == [
        name, model, run2, "again\(name)", "\(name).gif", "\(name)2.gif", "\(name).png", "\(name)2.png",
        "\(name).svg", "\(name)2.svg", "\(name)3.svg",
      ])
  }

  /// Errors about such a file are a single line.
  @Test(arguments: names) func errorsPrintUnusualNames(name: String) throws {
    let outcome = try Program.run(["inspect", "./\(name)"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains(name.replacing("\n", with: "\u{FFFD}")), "\(outcome.errors)")
  }
}
