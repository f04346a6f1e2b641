import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Names in scripts with characters of two columns.
@Suite struct ExploreScriptsTests {
  @Test func aNameInAnyScriptIsShown() throws {
    let home = try TemporaryFolder()
    let model = "\(home.path)/数字の模型.safetensors"
    let small = try SmallDataset()
    let outcome = try Program.run([
      "train", "--data", small.path, "--recipe", "article", "--epochs", "1,0,0", "--hidden", "4",
      "--held-out",
      "0", "--batch-size", "8", "--output", "\(home.path)/run",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    try FileManager.default.copyItem(atPath: "\(home.path)/run/model.safetensors", toPath: model)
    let explorer = try RunningExplorer(["--data", "digits", "--model", model], width: 120)
    try explorer.terminal.wait(for: "the title") {
      // The second halves are spaces here.
      explorer.terminal.screen.line(0).contains("数 字 の 模 型")
    }
    let screen = try Program.run(["screen", "--data", "digits", "--model", model])
    #expect(screen.output.contains("数字の模型"))
  }
}
