import ArgumentParser
import Datasets
import Essentials
import Kernels
import LatentTables
import Libraries
import Networks
import Primitives
import Training

/// Encodes images to latents.
struct EncodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encode", abstract: "Encode images: images in, latents out.",
    usage: "latent-explorer encode [<file> ...] --model <model> --output <file> [...]",
    discussion: """
      Examples:
        latent-explorer encode --model digits --data digits --output latents.csv
        latent-explorer encode --model mnist t10k-images-idx3-ubyte.gz -o latents.npy
        latent-explorer encode --model mnist seven.png three.png -o latents.csv
        latent-explorer encode --model mnist - --from npy -o a.csv < images.npy

      Images have the model's size and are bright on dark: IDX files (also .gz), PNG files of any \
      kind, and NumPy arrays of the shape (count, height, width), (count, height · width) or (height, width), as \
      bytes or as numbers from 0 to 1; for a model of colours with a last dimension of 3. Several files are read one \
      after the other.

      Latents are a row for each image: first the model's typed coordinates, \(LatentColumns.units), \
      then the free latents z1, z2, … \
      A .csv names the columns in its first line; a .npy of 32-bit floats has the same columns. 'decode' \
      reads both.
      """)

  @Argument(
    help: ArgumentHelp("Images: .png, .npy, …idx3-ubyte, each also from '-'.", valueName: "file"),
    completion: .file(extensions: ["png", "npy", "gz", "idx3-ubyte"]), transform: PathArgument.parse)
  var files: [String] = []

  @Option(
    help: ArgumentHelp(ModelChoice.help, valueName: "file|name"), completion: ModelChoice.completion,
    transform: PathArgument.parse)
  var model: String

  @Option(
    help: ArgumentHelp("Instead of files, a data set's images. \(DataChoice.help)", valueName: "path|name"),
    completion: DataChoice.completion, transform: PathArgument.parse)
  var data: String?

  @OptionGroup(title: "Data") var reading: DataReadingOptions

  @Flag(help: "With --data: the training images instead of the test images.")
  var training = false

  @Option(help: ArgumentHelp("With --data: the first N images only.", valueName: "n"))
  var images: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The latents: a .csv or .npy file, or '-' with --to.", valueName: "file"),
    completion: .file(extensions: ["csv", "npy"]), transform: PathArgument.parse)
  var output: String

  @Option(help: ArgumentHelp("The images' format, where the name does not tell it: idx, png, npy."))
  var from: ExchangeFormat?

  @Option(help: ArgumentHelp("The latents' format, where the name does not tell it: csv, npy."))
  var to: ExchangeFormat?

  @Option(help: "Threads; the result does not depend on their number.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    try validateThreads(threads)
    guard files.isEmpty == (data != nil) else {
      throw ValidationError("Name image files, or a data set with --data.")
    }
    try reading.require(data)
    guard data != nil || (!training && images == nil) else {
      throw ValidationError("--training and --images require --data.")
    }
    guard images ?? 1 >= 1 else { throw ValidationError("--images takes a whole number from 1 up.") }
    guard (files + [model]).filter({ $0 == StandardInput.name }).count <= 1 else {
      throw ValidationError("Standard input can be read only once.")
    }
    _ = try (inputs(), target())
  }

  private func inputs() throws -> [ExchangeFile] {
    try files.map {
      try ExchangeFile(
        $0, of: "images", format: from, among: ImageFormat.all.map(\.name), option: "--from",
        advice: Self.advice)
    }
  }

  private static let advice =
    " --data opens data sets: \(DataSources.all.map(\.contents).joined(separator: "; "))."

  private func target() throws -> ExchangeFile {
    try ExchangeFile(output, of: "latents", format: to, among: ["csv", "npy"], option: "--to")
  }

  func run() throws {
    Interruption.turnFatalWritesIntoErrors()
    try reportingFailures {
      if files.contains(StandardInput.name) { try StandardInput.refuseTerminal() }
      let team = ThreadTeam(count: threads)
      let model = try ModelChoice.read(model)
      let encoder = try LatentEncoder(model, team: team)
      let (reader, target) = (try reader(model.architecture, team), try target())
      let sink = try ExchangeOutput(target)
      let writer: any LatentWriter =
        target.format.name == "csv"
        ? try CSVLatentWriter(encoder.columns, to: sink)
        : try NumPyLatentWriter(encoder.columns, count: reader.count, to: sink)
      while case let pixels = try reader.read(upTo: LatentEncoder.batchSize), !pixels.isEmpty {
        try writer.write(encoder.encode(pixels))
      }
      try sink.publish()
    }
  }

  private func reader(_ network: NetworkArchitecture, _ team: ThreadTeam) throws -> any ImageReader {
    guard let data else {
      let shape = network.imageShape
      return JoinedImageReader(try inputs().map { try Self.reader($0, shape) }, shape: shape)
    }
    let choice = try DataChoice(data, options: reading.options)
    let note: DataNote = { printWarning($0.text) }
    let dataset = training ? try choice.dataset(note: note) : try choice.datasetForInference(note: note)
    try dataset.requireShape(of: network, model: model)
    let source = training ? dataset.training : dataset.test
    return DatasetImageReader(source, count: images ?? source.count, team: team)
  }

  private static func reader(_ file: ExchangeFile, _ shape: ImageShape) throws -> any ImageReader {
    guard let format = ImageFormat.all.first(where: { $0.name == file.format.name }) else {
      throw ValidationError("--from does not take \(file.format.name).")
    }
    return try format.open(
      ImageFile(path: file.path, shape: shape, isReadOnce: file.isReadOnce, open: file.open))
  }
}
