import ArgumentParser
import Essentials
import Figures
import Formats
import Libraries
import Primitives
import Training

/// The options of diagrams.
struct DiagramOptions: ParsableArguments {
  @OptionGroup var figure: FigureOptions

  @Option(help: ArgumentHelp("Pixels a unit in a PNG.", valueName: "n"))
  var scale = 2

  func validate() throws {
    _ = try figure.kind(of: .svg, .png)
    guard (1...64).contains(scale) else {
      throw ValidationError("--scale takes a whole number from 1 to 64.")
    }
  }

  /// Writes the diagram in the format of the file's suffix; an SVG follows its viewer's colours unless it is
  /// inverted.
  func write(_ diagram: Diagram) throws {
    if try figure.kind(of: .svg, .png) == .svg {
      try figure.write(FigureBytes.svg(diagram, isInverted: figure.invert))
    } else {
      let image = try diagram.image(scale: scale, theme: figure.invert ? .light : .dark)
      try figure.write(PNG.encode(image))
    }
  }
}

/// Draws samples in two dimensions of the latent space.
struct RenderMapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Samples by the first two principal components of the latents, as SVG or PNG.",
    usage: "latent-explorer render map --output <file> [<options>]",
    discussion: """
      Examples:
        latent-explorer render map --output map.svg
        latent-explorer render map --data digits --count 5000 --output map.png
      """)

  @OptionGroup var options: DiagramOptions
  @OptionGroup var sources: SourceOptions

  @Option(help: ArgumentHelp("The first N samples.", valueName: "n"))
  var count = 1000

  func validate() throws {
    guard (1...100_000).contains(count) else {
      throw ValidationError("--count takes a whole number from 1 to 100000.")
    }
  }

  func run() throws {
    try reportingFailures {
      let source = try FigureSource(sources)
      let outputs =
        switch source.samples {
        case .images(_, _, let images): try source.model.encoderOutputs(of: images, count: count)
        case .encoderOutputs(_, let stored): Array(stored.prefix(count))
        }
      let map = LatentMap(outputs, of: source.samples.origin, className: source.samples.className)
      try options.write(map.diagram)
    }
  }
}

/// Draws the losses of a run.
struct RenderLossesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "losses", abstract: "The losses of a training run over its steps, as SVG or PNG.",
    usage: "latent-explorer render losses <run> --output <file> [<options>]",
    discussion: """
      Examples:
        latent-explorer render losses run --output losses.svg
        latent-explorer render losses run/metrics.jsonl --invert --output losses.png
        latent-explorer render losses - --output - < run/metrics.jsonl > losses.svg
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder of a run, its metrics.jsonl, or '-' for those from standard input.", valueName: "run"),
    completion: .file(extensions: ["jsonl"]), transform: PathArgument.parse)
  var source: String

  @OptionGroup var options: DiagramOptions

  func run() throws {
    try reportingFailures {
      guard source != StandardInput.name else {
        let records = try MetricsFile.records(in: StandardInput.read(), name: StandardInput.title)
        return try write(records, name: StandardInput.title, title: "losses")
      }
      guard access(source, F_OK) == 0 || errno != ENOENT else {
        throw Failure("\(source.printable): no such run or file")
      }
      let path = Folder.isPresent(source) ? RunFolder(source).metricsPath : source
      let bytes = try FileBytes.read(path, limit: 1 << 30, from: .anyStream)
      let records = try MetricsFile.records(in: bytes, name: path.printable)
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
      let title = FileBytes.isRegular(path) ? "losses of \(folder.printable.prefix(40))" : "losses"
      try write(records, name: path.printable, title: title)
    }
  }

  private func write(_ records: [LossCurves.Record], name: String, title: String) throws {
    guard let curves = LossCurves(records, title: title) else {
      throw Failure("\(name): no losses above 0")
    }
    try options.write(curves.diagram)
  }
}

/// The metrics that a run has written.
enum MetricsFile {
  private struct Line: Decodable {
    var phase: Int
    var step: Int
    var loss: Double
    var reconstruction_loss: Double?
    var rotation_loss: Double?
    var held_out_loss: Double?
  }

  /// Reads whole lines; an incomplete last line, left by a killed process, is skipped. Throws for lines
  /// without losses.
  static func records(in bytes: [UInt8], name: String) throws -> [LossCurves.Record] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let decoder = JSONDecoder()
    return try lines.dropLast().enumerated().filter { !$1.isEmpty }.map { number, text in
      guard let line = try? decoder.decode(Line.self, from: Data(text)), line.step >= 0 else {
        throw Failure("\(name): line \(number + 1) has no losses")
      }
      return LossCurves.Record(
        phase: line.phase, step: line.step, total: line.loss,
        reconstruction: line.reconstruction_loss ?? line.loss, codes: line.rotation_loss ?? 0,
        heldOut: line.held_out_loss)
    }
  }
}
