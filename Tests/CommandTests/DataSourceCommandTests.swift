import Checkpoints
import Foundation
import Primitives
import TestSupport
import Testing

/// Data sets of other kinds than MNIST's folders, through the commands.
@Suite struct DataSourceCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let training = [
    "--preset", "joint", "--epochs", "1", "--hidden", "16,8", "--batch-size", "32",
  ]

  /// Images of a bar that moves with the index, `side` pixels wide and high, with three channels in colour.
  private static func pixels(_ count: Int, side: Int, channels: Int = 1) -> [UInt8] {
    (0..<count).flatMap { index in
      (0..<side * side).flatMap { pixel -> [UInt8] in
        let column = pixel % side
        let isBar = column >= index % (side - 3) && column < index % (side - 3) + 3
        return (0..<channels).map { isBar ? UInt8(250 - 60 * $0) : 0 }
      }
    }
  }

  private static func array(_ shape: String, _ bytes: [UInt8]) -> [UInt8] {
    NumPyBytes.file(NumPyBytes.header("|u1", shape), bytes)
  }

  private func writeArchive(side: Int, channels: Int = 1) throws -> String {
    let extents = "\(side), \(side)" + (channels == 3 ? ", 3" : "")
    let arrays = [("train", 96), ("test", 12)].flatMap { name, count in
      [
        (
          key: "x_\(name)",
          file: Self.array("(\(count), \(extents))", Self.pixels(count, side: side, channels: channels))
        ),
        (key: "y_\(name)", file: Self.array("(\(count),)", (0..<count).map { UInt8($0 % 10) })),
      ]
    }
    return try folder.write(ZIPBytes.npz(arrays), to: "bars.npz")
  }

  private func train(_ data: String, _ options: [String] = [], to output: String = "run") throws -> String {
    let path = "\(folder.path)/\(output)"
    let outcome = try Program.run(
      ["train", "--data", data, "--output", path, "--threads", "1"] + Self.training + options)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return "\(path)/model.safetensors"
  }

  @Test(arguments: [(12, 1), (28, 1), (20, 3)])
  func modelsHaveTheShapeOfTheirData(side: Int, channels: Int) throws {
    let data = try writeArchive(side: side, channels: channels)
    let model = try train(data)
    let architecture = try ModelFile.read(model).architecture
    #expect(architecture.imageShape == ImageShape(width: side, height: side, channels: channels))
    let evaluation = try Program.run(["evaluate", "--model", model, "--data", data, "--json"])
    #expect(evaluation.status == 0, "\(evaluation.errors)")
    #expect(evaluation.errors.contains("x_test") && evaluation.errors.contains("12 for testing"))
    let screen = try Program.run(["screen", "--model", model, "--data", data, "--size", "100x30"])
    #expect(screen.status == 0 && screen.output.contains("bars"), "\(screen.errors)")
    let figure = try Program.run([
      "render", "grid", "--model", model, "--data", data, "--output", "\(folder.path)/grid.png",
    ])
    #expect(figure.status == 0, "\(figure.errors)")
  }

  /// The same images give the same weights, wherever they are stored.
  @Test func theKindOfFileDoesNotMatter() throws {
    let archive = try writeArchive(side: 12)
    let parts = try TemporaryFolder(named: "bars")
    for (name, count) in [("train", 96), ("test", 12)] {
      let pixels = Self.pixels(count, side: 12)
      let rows = (0..<count).map { index in
        ([index % 10] + pixels[index * 144..<(index + 1) * 144].map(Int.init)).map(String.init)
          .joined(separator: ",")
      }
      let header = (["label"] + (0..<144).map { "pixel\($0)" }).joined(separator: ",")
      try parts.write(Array(([header] + rows).joined(separator: "\n").utf8), to: "\(name).csv")
    }
    let models = [try train(archive, to: "a"), try train(parts.path, to: "b")]
    let weights = try models.map { try ModelFile.read($0).weights }
    #expect(weights[0] == weights[1])
  }

  @Test func optionsConvertImagesAndARunRemembersThem() throws {
    let data = try writeArchive(side: 20, channels: 3)
    let options = ["--image-size", "12x10", "--image-channels", "grey", "--subset", "60"]
    let model = try train(data, options)
    #expect(try ModelFile.read(model).architecture.imageShape == ImageShape(width: 12, height: 10))
    // Without its model, a run at its end reads its data again.
    try FileManager.default.removeItem(atPath: model)
    let resumed = try Program.run(["train", "--resume", "\(folder.path)/run"])
    #expect(resumed.status == 0 && FileManager.default.fileExists(atPath: model), "\(resumed.errors)")
    try FileManager.default.removeItem(atPath: model)
    let other = try Program.run(["train", "--resume", "\(folder.path)/run", "--subset", "50"])
    #expect(other.status == 1 && other.errors.contains("the data differ"), "\(other.errors)")
  }

  /// A model is used with images of another shape: they are converted, and the title says so.
  @Test func imagesAreConvertedToTheShapeOfTheModel() throws {
    let data = try writeArchive(side: 20, channels: 3)
    let screen = try Program.run([
      "screen", "--model", "article", "--data", data, "--size", "160x40",
    ])
    #expect(screen.status == 0, "\(screen.errors)")
    #expect(screen.output.contains("bars, 20×20 in colour as 28×28"), "\(screen.output.prefix(400))")
  }

  @Test(arguments: [
    (["--image-size", "7"], "--image-size"), (["--image-size", "8x129"], "--image-size"),
    (["--image-channels", "red"], "--image-channels"), (["--key", "pictures=a"], "--key"),
    (["--subset", "1"], "--subset"),
  ])
  func wrongOptionsAreUsageErrors(options: [String], word: String) throws {
    let outcome = try Program.run(["evaluate", "--model", "article", "--data", "digits"] + options)
    #expect(outcome.status == 64 && outcome.errors.contains(word), "\(outcome.errors)")
  }

  @Test func optionsOfFilesNeedFiles() throws {
    let outcome = try Program.run(["evaluate", "--model", "article", "--data", "digits", "--invert-data"])
    #expect(outcome.status == 1 && outcome.errors.contains("for files"), "\(outcome.errors)")
    let without = try Program.run(["screen", "--invert-data"])
    #expect(without.status == 64 && without.errors.contains("require --data"), "\(without.errors)")
  }

  /// Images of another shape than the program's models get a new network of theirs.
  @Test func withoutAModelTheNetworkHasTheShapeOfTheData() throws {
    let data = try writeArchive(side: 20, channels: 3)
    let screen = try Program.run(["screen", "--data", data, "--size", "160x40"])
    #expect(screen.status == 0, "\(screen.errors)")
    #expect(screen.output.contains("bars · model untrained"), "\(screen.output.prefix(400))")
    #expect(!screen.output.contains("28×28"))
  }

  /// The explorer begins with the first images and reads the others while it is in use.
  @Test func theExplorerReadsTheRestWhileItRuns() throws {
    let count = 200
    let data = try folder.write(
      Self.array("(\(2 * count), 12, 12)", Self.pixels(2 * count, side: 12)), to: "bars.npy")
    let model = try train(data)
    let explorer = try RunningExplorer(["--data", data, "--model", model], width: 120, height: 40)
    try explorer.terminal.waitForText("of 40")
    explorer.terminal.type("q")
    _ = try explorer.terminal.waitForExit()
  }
}
