import ArgumentParser
import Figures
import Foundation
import Primitives
import Training

/// What figures of lines and points ask for.
struct DiagramOptions: ParsableArguments {
  @OptionGroup var figure: FigureOptions

  @Option(help: ArgumentHelp("Pixels a unit in a PNG.", valueName: "n"))
  var scale = 2

  func validate() throws {
    try figure.output.require(.svg, .png)
    guard (1...64).contains(scale) else {
      throw ValidationError("--scale takes a whole number from 1 to 64.")
    }
  }

  /// Writes the diagram as the file's ending asks; an SVG follows its viewer's colours unless it is inverted.
  func write(_ diagram: Diagram) throws {
    if figure.output.kind == .svg {
      try figure.output.write(FigureBytes.svg(diagram, isInverted: figure.invert))
    } else {
      let image = try diagram.image(scale: scale, theme: figure.invert ? .light : .dark)
      try figure.output.write(PNG.encode(image))
    }
  }
}

/// Samples in two dimensions of the latent space.
struct RenderMapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map", abstract: "Samples along the two main directions of the latents, as SVG or PNG.",
    discussion: """
      Examples:
        latent-explorer render map --output map.svg
        latent-explorer render map --model mnist --count 5000 --invert --output map.png
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
      let readings =
        switch source.samples {
        case .images(_, _, let images): try source.model.readings(of: images, count: count)
        case .readings(_, let stored): Array(stored.prefix(count))
        }
      let map = LatentMap(readings, of: source.samples.origin, className: source.samples.className)
      try options.write(map.diagram)
    }
  }
}

/// The losses of a run.
struct RenderLossesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "losses", abstract: "The losses of a training run over its steps, as SVG or PNG.",
    discussion: """
      Examples:
        latent-explorer render losses run --output losses.svg
        latent-explorer render losses run/metrics.jsonl --invert --output losses.png
      """)

  @Argument(help: ArgumentHelp("The folder of a run, or its metrics.jsonl.", valueName: "run"))
  var source: String

  @OptionGroup var options: DiagramOptions

  func run() throws {
    try reportingFailures {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: source, isDirectory: &isFolder)
      let path = isFolder.boolValue ? RunFolder(source).metricsPath : source
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
      let title = "losses of \(folder.printable.prefix(40))"
      guard let curves = LossCurves(try MetricsFile.records(at: path), title: title) else {
        throw Failure("\(path.printable): there are no losses above 0 in it")
      }
      try options.write(curves.diagram)
    }
  }
}

/// What a run has written about its losses.
enum MetricsFile {
  private struct Line: Decodable {
    var phase: Int
    var step: Int
    var loss: Double
    var reconstruction_loss: Double?
    var rotation_loss: Double?
    var held_out_loss: Double?
  }

  /// Reads whole lines; one that a killed process left without its end is passed over.
  static func records(at path: String) throws -> [LossCurves.Record] {
    let bytes = try FileBytes.read(path, limit: 1 << 30)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let decoder = JSONDecoder()
    return try lines.dropLast().enumerated().filter { !$1.isEmpty }.map { number, text in
      guard let line = try? decoder.decode(Line.self, from: Data(text)), line.step >= 0 else {
        throw Failure("\(path.printable): line \(number + 1) holds no losses")
      }
      return LossCurves.Record(
        phase: line.phase, step: line.step, total: line.loss,
        reconstruction: line.reconstruction_loss ?? line.loss, codes: line.rotation_loss ?? 0,
        heldOut: line.held_out_loss)
    }
  }
}
