import Foundation
import TestSupport
import Testing

/// The list of `m`, for `--model` files in any folder.
@Suite struct ModelListTests {
  private let home: TemporaryFolder
  private let runs: TemporaryFolder

  init() throws {
    (home, runs) = (try TemporaryFolder(named: "home"), try TemporaryFolder(named: "tour"))
    let bundled = Document.package.appendingPathComponent("assets/models/digits-article.safetensors")
    let model = Array(try Data(contentsOf: bundled))
    for name in ["model.safetensors", "model-phase-1.safetensors", "weights"] {
      try runs.write(model, to: name)
    }
    try home.write(model, to: "here.safetensors")
  }

  private func screen(model: String, keys: String) throws -> String {
    let outcome = try Program.run(
      ["screen", "--size", "160x50", "--data", "digits", "--model", model, "--keys", keys],
      environment: Program.environment(home: home.path), in: home.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  private func count(of text: String, in screen: String) -> Int {
    screen.components(separatedBy: text).count - 1
  }

  @Test func theOpenedFileAndThoseBesideItAreListed() throws {
    let path = "\(runs.path)/model.safetensors"
    let list = try screen(model: path, keys: "m")
    #expect(title(list).hasSuffix("model tour/model"))
    #expect(count(of: "▸\(path)", in: list) == 1)
    #expect(count(of: "\(runs.path)/model-phase-1.safetensors", in: list) == 1)
    #expect(count(of: "./here.safetensors", in: list) == 1)
    #expect(!list.contains("weights"))
  }

  @Test func theModelCanBeOpenedAgain() throws {
    let path = "\(runs.path)/weights"
    #expect(title(try screen(model: path, keys: "m Home Enter")).hasSuffix("model digits"))
    let back = try screen(model: path, keys: "m Home Enter m End Up*2 Enter")
    #expect(title(back).hasSuffix("model tour/weights"))
  }

  @Test func aFileOfTheCurrentFolderIsListedOnce() throws {
    for path in ["here.safetensors", "./here.safetensors", "\(home.path)/here.safetensors"] {
      let screen = try screen(model: path, keys: "m")
      let list = String(screen.dropFirst(title(screen).count))
      #expect(count(of: "here.safetensors", in: list) == 1, "\(screen)")
      #expect(count(of: "▸\(path)", in: list) == 1, "\(screen)")
    }
  }

  private func title(_ screen: String) -> Substring { screen.prefix { $0 != "\n" } }
}
