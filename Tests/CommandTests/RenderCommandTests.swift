import Foundation
import TestSupport
import Testing

/// `render`: figures as files.
@Suite struct RenderCommandTests {
  private func render(_ arguments: [String], to file: String, in folder: TemporaryFolder) throws -> [UInt8] {
    let path = "\(folder.path)/\(file)"
    let outcome = try Program.run(["render"] + arguments + ["--output", path])
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty, "\(outcome.errors)")
    return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// The size in a PNG's header.
  private func size(ofPNG bytes: [UInt8]) throws -> [Int] {
    try #require(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 24)
    return [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  /// The delays of a GIF's frames, in hundredths of a second, by the blocks before them.
  private func delays(ofGIF bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { bytes[$0...].starts(with: [0x21, 0xF9, 4, 4]) }.map {
      Int(bytes[$0 + 4]) | Int(bytes[$0 + 5]) << 8
    }
  }

  @Test(arguments: ["digits", "mnist", "article", "four-coordinates", "fashion-mnist", "digits-article"])
  func everyBundledModelTurnsTheArticlesDigits(model: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try render(["turn", "--model", model], to: "turn.gif", in: folder)
    #expect(bytes.starts(with: Array("GIF89a".utf8) + [80, 1, 112, 0]))
    #expect(delays(ofGIF: bytes) == [Int](repeating: 10, count: 36))
  }

  @Test func smoothAndSlowTurns() throws {
    let folder = try TemporaryFolder()
    let smooth = try render(
      ["turn", "--smooth", "--classes", "5", "--scale", "1"], to: "a.GIF", in: folder)
    #expect(delays(ofGIF: smooth) == [Int](repeating: 3, count: 120))
    let slow = try render(
      ["turn", "--samples", "0,5", "--frames", "4", "--delay", "250", "--truth", "--data", "digits"],
      to: "b.gif", in: folder)
    #expect(delays(ofGIF: slow) == [25, 25, 25, 25])
  }

  @Test func aGridHasTenDigitsAtEightAngles() throws {
    let folder = try TemporaryFolder()
    let plain = ["grid", "--no-labels", "--scale", "1", "--data", "digits"]
    #expect(try size(ofPNG: render(plain, to: "a.png", in: folder)) == [8 * 29 + 1, 10 * 29 + 1])
    let truth = try render(plain + ["--truth", "--angles", "3"], to: "b.png", in: folder)
    #expect(try size(ofPNG: truth) == [3 * 29 + 1, 20 * 29 + 1])
  }

  @Test(arguments: ["rotation", "shift-x", "shift-y", "scale", "z1", "z16"])
  func everyCoordinateIsTraversed(name: String) throws {
    let folder = try TemporaryFolder()
    let arguments = ["traversal", "--model", "four-coordinates", "--along", name, "--at", "z2=1,scale=0.8"]
    let options = ["--classes", "4,9", "--no-labels", "--scale", "1", "--steps", "5"]
    #expect(try size(ofPNG: render(arguments + options, to: "a.png", in: folder)) == [5 * 29 + 1, 59])
    #expect(delays(ofGIF: try render(arguments, to: "a.gif", in: folder)).count == 36)
  }

  @Test func allCoordinatesAreTraversedInRows() throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "traversal", "--model", "four-coordinates", "--along", "all", "--no-labels", "--scale", "1",
    ]
    let one = try render(arguments + ["--steps", "5"], to: "a.png", in: folder)
    #expect(try size(ofPNG: one) == [5 * 29 + 1, 20 * 29 + 1])
    let two = try render(arguments + ["--classes", "4,9"], to: "b.png", in: folder)
    #expect(try size(ofPNG: two) == [9 * 29 + 1, 40 * 29 + 1])
  }

  @Test func interpolationsGoFromSampleToSample() throws {
    let folder = try TemporaryFolder()
    let arguments = ["interpolation", "--at", "rotation=170", "--to", "rotation=-170"]
    let sheet = try render(
      arguments + ["--samples", "0,1", "--no-labels", "--scale", "1"], to: "a.png", in: folder)
    #expect(try size(ofPNG: sheet) == [9 * 29 + 1, 30])
    let film = try render(arguments + ["--classes", "3,8", "--frames", "5"], to: "a.gif", in: folder)
    #expect(delays(ofGIF: film).count == 5)
  }

  @Test func mapsAndLossesAreTextOrPixels() throws {
    let folder = try TemporaryFolder()
    let map = try render(["map", "--model", "mnist"], to: "map.svg", in: folder)
    #expect(String(decoding: map, as: UTF8.self).components(separatedBy: "<circle").count == 100 + 10 + 1)
    #expect(try size(ofPNG: render(["map", "--count", "50"], to: "map.png", in: folder)) == [1440, 1120])
    let lines = (1...3).map { "{\"phase\":\($0),\"epoch\":1,\"step\":\($0)00,\"loss\":0.\($0)}\n" }
    let run = try folder.write(Array((lines.joined() + "{\"pha").utf8), to: "metrics.jsonl")
    for source in [folder.path, run] {
      let text = String(decoding: try render(["losses", source], to: "l.svg", in: folder), as: UTF8.self)
      #expect(text.contains("phase 3") && text.contains("polyline"))
    }
  }

  @Test(arguments: [
    ["turn", "--output", "a.png"], ["turn", "--output", "a.jpg"], ["turn", "--output", "gif"], ["turn"],
    ["grid", "--output", "a.svg"], ["map", "--output", "a.gif"], ["losses", "--output", "a.svg"],
    ["turn", "-o", "a.gif", "--scale", "0"], ["turn", "-o", "a.gif", "--scale", "65"],
    ["turn", "-o", "a.gif", "--delay", "15"], ["turn", "-o", "a.gif", "--frames", "1"],
    ["turn", "-o", "a.gif", "--classes", "3", "--samples", "3"], ["turn", "-o", "a.gif", "--classes", "3,x"],
    ["grid", "-o", "a.png", "--angles", "1"], ["traversal", "-o", "a.png"],
    ["traversal", "-o", "a.png", "--along", "z1", "--steps", "1"],
    ["traversal", "-o", "a.png", "--along", "all", "--steps", "8"],
    ["traversal", "-o", "a.gif", "--along", "all"],
    ["traversal", "-o", "a.png", "--along", "all", "--truth"],
    ["interpolation", "-o", "a.png"], ["interpolation", "-o", "a.png", "--classes", "3"],
    ["map", "-o", "a.svg", "--count", "0"],
  ]) func invalidValuesAreRefused(arguments: [String]) throws {
    let outcome = try Program.run(["render"] + arguments)
    #expect(outcome.status == 64 && outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test(arguments: [
    (["turn", "-o", "/nowhere/a.gif"], "/nowhere/a.gif"),
    (["turn", "-o", "a.gif", "--classes", "77"], "class 77"),
    (["turn", "-o", "a.gif", "--data", "digits", "--samples", "10000"], "9999"),
    (["turn", "-o", "a.gif", "--model", "mnist", "--truth"], "--data"),
    (["traversal", "-o", "a.png", "--along", "scale"], "rotation, z1 to z16"),
    (["traversal", "-o", "a.png", "--along", "z1", "--truth", "--data", "digits"], "z1"),
    (["traversal", "-o", "a.png", "--along", "z1", "--at", "rotation=far"], "far"),
    (["turn", "-o", "a.gif", "--scale", "64", "--frames", "2000"], "smaller scale"),
    (["losses", "nowhere", "-o", "a.svg"], "nowhere"),
  ]) func failuresAreReported(arguments: [String], word: String) throws {
    let outcome = try Program.run(["render"] + arguments)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(word), "\(outcome.errors)")
  }

  @Test func linesThatAreNoLossesAreNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("{\"phase\":1,\"step\":1,\"loss\":1}\n[]\n".utf8), to: "m.jsonl")
    let outcome = try Program.run(["render", "losses", path, "-o", "\(folder.path)/a.svg"])
    #expect(outcome.status == 1 && outcome.errors.contains("line 2"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/a.svg"))
  }
}
