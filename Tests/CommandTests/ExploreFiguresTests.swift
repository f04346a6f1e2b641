import Foundation
import PseudoTerminals
import TestSupport
import Testing

/// Figures written from the explorer, on a pseudo-terminal.
@Suite struct ExploreFiguresTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private var folder: String { "\(home.path)/latent-explorer/figures" }

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The output of `render`.
  private func rendered(_ arguments: [String], as file: String) throws -> [UInt8] {
    let path = "\(home.path)/\(file)"
    let outcome = try Program.run(["render"] + arguments + ["--output", path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try bytes(path)
  }

  /// Writes the figure on a line of the list; returns the newest file of its name.
  private func write(line: Int, as file: String, _ explorer: RunningExplorer) throws -> [UInt8] {
    explorer.terminal.type("E" + String(repeating: "\u{1B}OB", count: line) + "\r")
    let path = "\(folder)/\(file)"
    try explorer.terminal.wait(for: file) { FileManager.default.fileExists(atPath: path) }
    return try bytes(path)
  }

  @Test func everyKindIsWrittenAsRenderDraws() throws {
    let explorer = try RunningExplorer.open(environment: ["XDG_DATA_HOME": home.path], width: 160)
    let terminal = explorer.terminal
    let lines = (0..<terminal.screen.height).map(terminal.screen.line)
    let text = String(decoding: try write(line: 6, as: "screen-1.ans", explorer), as: UTF8.self)
    let plain = text.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(
      separator: "\n", omittingEmptySubsequences: false)
    func trimmed(_ line: some StringProtocol) -> String {
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    #expect(plain.dropLast().map { trimmed($0) } == lines.map { trimmed($0) })
    #expect(text.contains("48;5;"))
    try terminal.waitForText("wrote \(folder)/screen-1.ans")
    let svg = try write(line: 5, as: "screen-1.svg", explorer)
    #expect(svg.starts(with: Array("<?xml".utf8)))

    let sample = ["--data", "digits", "--samples", "3"]
    let strip = ["traversal", "--along", "rotation", "--steps", "12"] + sample
    #expect(try write(line: 2, as: "filmstrip-1.png", explorer) == rendered(strip, as: "a.png"))
    let film = try write(line: 3, as: "animation-1.gif", explorer)
    #expect(try film == rendered(["turn"] + sample, as: "a.gif"))
    let map = try write(line: 4, as: "map-1.svg", explorer)
    #expect(try map == rendered(["map", "--data", "digits"], as: "a.svg"))
    let picture = try write(line: 0, as: "picture-1.png", explorer)
    #expect(picture[16..<24].elementsEqual([0, 0, 0, 224, 0, 0, 0, 224]))
    terminal.type("AE\r")
    let path = "\(folder)/latents-1.png"
    try terminal.wait(for: "latents-1.png") { FileManager.default.fileExists(atPath: path) }
    let all = ["traversal", "--along", "all", "--steps", "9"] + sample
    #expect(try bytes(path) == rendered(all, as: "b.png"))
    terminal.type("A")
    // Equal contents are written once, and no file is overwritten.
    terminal.type("E\r")
    try terminal.waitForText("already written: ")
    terminal.type("n")
    #expect(try write(line: 0, as: "picture-2.png", explorer) != picture)
    #expect(try bytes("\(folder)/picture-1.png") == picture)
    explorer.terminal.type("i")
    #expect(try write(line: 1, as: "pictures-1.png", explorer).count > picture.count)
    terminal.type("q")
    #expect(try terminal.waitForExit() == .status(0))
    explorer.expectRestored()
  }

  @Test func failedWritesAreReported() throws {
    // A file has the folder's name.
    try FileManager.default.createDirectory(
      atPath: "\(home.path)/latent-explorer", withIntermediateDirectories: true)
    try home.write([], to: "latent-explorer/figures")
    let explorer = try RunningExplorer(environment: ["XDG_DATA_HOME": home.path], width: 200)
    try explorer.terminal.waitForText("q quit")
    explorer.terminal.type("E\r")
    try explorer.terminal.waitForText("\(folder): cannot create the folder: ")
    explorer.terminal.type("q")
    #expect(try explorer.terminal.waitForExit() == .status(0))
  }
}
