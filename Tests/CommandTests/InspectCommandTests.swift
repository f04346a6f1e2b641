import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// `inspect` without a file: the contents of a bug report.
@Suite struct InspectCommandTests {
  private struct Report: Decodable {
    struct Terminal: Decodable {
      var type: String?
      var has_input, has_output: Bool
      var columns, rows: Int?
      var colors: Int
      var codeset: String
      var fault: String?
    }
    struct Drawing: Decodable { var colors, characters, pictures, charts: String }
    struct Variable: Decodable {
      var name: String
      var value: String?
    }
    struct DataSet: Decodable {
      var name: String
      var folder: String?
      var training, test: Int?
      var fault: String?
    }
    struct Model: Decodable {
      var name: String
      var is_bundled: Bool
      var coordinates, fault: String?
    }
    struct Processor: Decodable {
      var variant: String
      var threads: Int
    }
    var version: String
    var processor: Processor
    var terminal: Terminal
    var drawing: Drawing
    var variables: [Variable]
    var folders: [String: String]
    var data: [DataSet]
    var models: [Model]
  }

  private func report(_ environment: [String: String]) throws -> Report {
    let outcome = try Program.run(["inspect", "--json"], environment: environment)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
  }

  @Test func versionAndReportAgree() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.output.firstMatch(of: /^\d+\.\d+\.\d+\n$/) != nil)
    #expect(try report([:]).version + "\n" == outcome.output)
  }

  @Test func theTerminalIsReportedAndUnchanged() throws {
    for (environment, colours, pictures) in [
      ([:], "256 colours", "half blocks in 26 greys"), (["TERM": "xterm"], "8 colours", "shades"),
      (["NO_COLOR": "1"], "colours: none", "shades"), (["TERM": "vt100"], "0 colours", "shades"),
    ] {
      let terminal = try PseudoTerminal(
        [Program.path, "inspect"],
        environment: Program.environment(home: "/nowhere").merging(environment) { $1 }, width: 200, height: 90
      )
      #expect(try terminal.waitForExit() == .status(0))
      let text = terminal.screen.text
      #expect(text.contains("200×90") && text.contains(colours) && text.contains(pictures))
      #expect(text.contains("would open"))
      #expect(!terminal.output.contains(0x1B))
      #expect(terminal.unrestored == [])
    }
  }

  @Test func damagedFilesAreReported() throws {
    let data = try SmallDataset(fetchedAs: "mnist")
    let damaged = try SmallDataset(fetchedAs: "kmnist")
    let home = try TemporaryFolder()
    let folder = "\(home.path)/latent-explorer"
    try FileManager.default.createDirectory(atPath: "\(folder)/models", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: data.path, toPath: "\(folder)/mnist")
    try FileManager.default.copyItem(atPath: damaged.path, toPath: "\(folder)/kmnist")
    try FileManager.default.removeItem(atPath: "\(folder)/kmnist/train-images-idx3-ubyte")
    try Data("no model".utf8).write(to: URL(fileURLWithPath: "\(folder)/models/wrong.safetensors"))
    let report = try report([
      "XDG_DATA_HOME": home.path, "TERM": "no-such-terminal", "LATENT_EXPLORER_KERNELS": "none",
    ])
    let sets = Dictionary(uniqueKeysWithValues: report.data.map { ($0.name, $0) })
    #expect(Set(sets.keys) == ["digits", "sprites", "mnist", "fashion-mnist", "kmnist"])
    #expect(sets["digits"]?.test == 10_000)
    #expect(sets["mnist"]?.training == 96 && sets["mnist"]?.test == 12)
    #expect(sets["mnist"]?.folder == "\(folder)/mnist")
    #expect(sets["fashion-mnist"]?.fault?.contains("fetch fashion-mnist") == true)
    #expect(sets["kmnist"]?.fault?.contains("train-images-idx3-ubyte") == true)
    let wrong = try #require(report.models.first { !$0.is_bundled })
    #expect(wrong.name == "\(folder)/models/wrong.safetensors")
    #expect(wrong.fault != nil && wrong.coordinates == nil)
    #expect(report.models.filter(\.is_bundled).allSatisfy { $0.fault == nil && $0.coordinates != nil })
    #expect(report.variables.first { $0.name == "LATENT_EXPLORER_KERNELS" }?.value == "none")
    #expect(report.folders["models"] == "\(folder)/models")
  }

  @Test func inspectWorksInAnEmptyEnvironment() throws {
    let report = try report(["TERM": "", "HOME": "", "XDG_DATA_HOME": "", "LC_ALL": "C"])
    #expect(!report.terminal.has_input && !report.terminal.has_output)
    #expect(report.terminal.fault?.contains("not a terminal") == true)
    #expect(report.terminal.columns == nil && report.terminal.colors == 0)
    #expect(report.folders["data"] == nil)
    #expect(report.drawing.colors == "none")
    #expect(report.processor.threads > 0)
  }

  @Test func noPasswordOfAProxyIsPrinted() throws {
    let outcome = try Program.run(["inspect"], environment: ["https_proxy": "http://a:hidden@b"])
    #expect(outcome.output.contains("https_proxy"))
    #expect(!outcome.output.contains("hidden"))
  }
}
