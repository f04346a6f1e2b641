import ArgumentParser
import Essentials
import Kernels
import LatentTables
import Libraries
import Primitives
import Training

/// Decodes latents to images.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Decode latents: latents in, images out.",
    usage: "latent-explorer decode <file> --model <model> --output <file> [<options>]",
    discussion: """
      Examples:
        latent-explorer decode --model digits latents.csv --output images.npy
        latent-explorer decode --model digits a.csv --output drawn-idx3-ubyte.gz
        latent-explorer decode --model digits few.csv --output sheet.png
        latent-explorer decode --model digits few.csv --output drawn-%04d.png
        latent-explorer decode --model digits - --from csv -o one.png < one.csv

      Latents have the format of 'encode': a .csv whose first line names the columns, in any order, or a .npy of \
      floats with the columns in the order of 'encode'. Each of the model's coordinates has a column: \
      \(LatentColumns.units), z1, z2, …

      Images have the model's size and are bright on dark: a .npy of the shape \
      (count, height, width), with a last dimension of 3 for colours, and numbers from 0 to 1; an IDX file of bytes \
      (…idx3-ubyte, also .gz), which holds no colours; or PNG: a picture of one row, a contact sheet of several, \
      or, if the name contains %d or %04d, a numbered file for each row, from 0.
      """)

  @Argument(
    help: ArgumentHelp("Latents: a .csv or .npy file, or '-' with --from.", valueName: "file"),
    completion: .file(extensions: ["csv", "npy"]), transform: PathArgument.parse)
  var file: String

  @Option(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The images: .npy, …idx3-ubyte, .png, or '-' with --to", valueName: "file"),
    completion: .file(extensions: ["npy", "png", "gz", "idx3-ubyte"]), transform: PathArgument.parse)
  var output: String

  @Option(help: ArgumentHelp("The latents' format, where the name does not tell it: csv, npy."))
  var from: ExchangeFormat?

  @Option(help: ArgumentHelp("The images' format, where the name does not tell it: npy, idx, png."))
  var to: ExchangeFormat?

  @Option(help: ArgumentHelp("Pictures in a row of a sheet.", valueName: "n"))
  var columns = 16

  @Option(help: ArgumentHelp("Enlarge the pixels of PNGs by a whole factor.", valueName: "n"))
  var scale = 1

  @Option(help: "Threads; the result does not depend on their number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    try validateThreads(threads)
    guard (1...1000).contains(columns) else {
      throw ValidationError("--columns takes a whole number from 1 to 1000.")
    }
    guard (1...64).contains(scale) else {
      throw ValidationError("--scale takes a whole number from 1 to 64.")
    }
    guard file != StandardInput.name || model != StandardInput.name else {
      throw ValidationError("Standard input can be read only once.")
    }
    _ = try (source(), target())
  }

  private func source() throws -> ExchangeFile {
    try ExchangeFile(file, of: "latents", format: from, among: ["csv", "npy"], option: "--from")
  }

  private func target() throws -> ExchangeFile {
    try ExchangeFile(output, of: "images", format: to, among: ["npy", "idx", "png"], option: "--to")
  }

  func run() throws {
    Interruption.turnFatalWritesIntoErrors()
    try reportingFailures {
      if file == StandardInput.name { try StandardInput.refuseTerminal() }
      let decoder = try LatentDecoder(ModelChoice.read(model), team: ThreadTeam(count: threads))
      let reader = try reader(decoder.columns)
      if let pattern = NumberedPictures.Pattern(output), try target().format.name == "png" {
        let pictures = NumberedPictures(pattern, shape: decoder.shape, scale: scale)
        try decode(reader, with: decoder, to: pictures)
      } else {
        let target = try target()
        try refuseColours(of: decoder.shape, in: target)
        let sink = try ExchangeOutput(target)
        try decode(reader, with: decoder, to: writer(count: reader.count, decoder.shape, sink))
        try sink.publish()
      }
    }
  }

  private func decode(
    _ reader: any LatentReader, with decoder: LatentDecoder, to writer: any ImageWriter
  ) throws {
    while case let table = try reader.read(upTo: LatentDecoder.batchSize), !table.isEmpty {
      try writer.write(decoder.decode(table))
    }
    try writer.finish()
  }

  private func reader(_ columns: LatentColumns) throws -> any LatentReader {
    let source = try source()
    guard source.format.name == "csv" else { return try NumPyLatentReader(source.open(), columns: columns) }
    guard source.isReadOnce else { return try CSVLatentReader(columns: columns, source.open) }
    // The reader reads a text twice, but a pipe can be read only once.
    let stream = try source.open()
    let text = try stream.readAll(limit: Self.longestText)
    return try CSVLatentReader(columns: columns) { ByteStream(text, path: stream.path) }
  }

  /// In bytes: 256 MiB.
  private static let longestText = 256 << 20

  private func refuseColours(of shape: ImageShape, in target: ExchangeFile) throws {
    guard target.format.name == "idx", shape.isColour else { return }
    throw Failure(
      "\(target.path.printable): IDX files hold no colours, and the model's images are \(shape); "
        + "use .npy or .png")
  }

  private func writer(
    count: Int, _ shape: ImageShape, _ sink: ExchangeOutput
  ) throws -> any ImageWriter {
    let target = try target()
    switch target.format.name {
    case "npy": return try NumPyImageWriter(count: count, shape: shape, to: sink)
    case "png":
      return try PictureSheet(count: count, shape: shape, columns: columns, scale: scale, to: sink)
    default:
      let compresses = target.path.lowercased().hasSuffix(".gz")
      return try IDXImageWriter(count: count, shape: shape, compresses: compresses, to: sink)
    }
  }
}
