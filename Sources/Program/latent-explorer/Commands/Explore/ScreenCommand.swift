import ArgumentParser
import Figures
import Primitives
import Screen

/// Prints the explorer's screen after some keys, or writes it to a file.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen", abstract: "Print the explorer's screen after some keys, or write it as SVG.",
    usage: "latent-explorer screen [<options>]",
    discussion: """
      Examples:
        latent-explorer screen --size 80x24 --color none
        latent-explorer screen --size 100x30 --keys "Right*9 n" --color 256
        latent-explorer screen --size 100x30 --keys "Right*9" --output screen.svg

      Models are listed and opened, images are sorted; nothing is trained or written.
      """)

  @Option(help: ArgumentHelp("Columns and rows.", valueName: "80x24"))
  var size = ScreenSize(Size(width: 80, height: 24))

  @Option(help: ArgumentHelp("Keys to press first, such as \"Right*3 n\".", valueName: "text"))
  var keys = ""

  @Option(help: "Colours: 'truecolor', '256', '8' or 'none'; by default 'none' in text and '256' in an SVG.")
  var color: ColorChoice?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file, by default standard output: .svg, or the printed text as .txt or .ans.",
      valueName: "file"),
    completion: .file(extensions: ["svg", "txt"]))
  var output: ScreenFile?

  @OptionGroup var options: ExplorerOptions

  func validate() throws {
    do {
      _ = try KeyScript.parse(keys)
    } catch {
      throw ValidationError("--keys: \(error)")
    }
  }

  func run() throws {
    try reportingFailures {
      let color = color ?? (output?.kind == .svg ? .many : .none)
      let capabilities = Capabilities(colors: color.depth, unicode: !options.ascii)
      let canvas = try options.setup().screen(
        after: KeyScript.parse(keys), size: size.size, capabilities: capabilities)
      let picture = ScreenPicture(canvas: canvas, capabilities: capabilities)
      Interruption.turnFatalWritesIntoErrors()
      guard let output else { return try writeToStandardOutput(picture.text) }
      try AtomicFile.write(picture.bytes(of: output.kind), to: output.path)
    }
  }
}

/// A size on the command line, such as `80x24`.
struct ScreenSize: ExpressibleByArgument {
  let size: Size

  init(_ size: Size) {
    self.size = size
  }

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard parts.count == 2, parts.allSatisfy({ (1...1000).contains($0) }) else { return nil }
    size = Size(width: parts[0], height: parts[1])
  }

  var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}

/// The colours of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case truecolor
  case many = "256"
  case eight = "8"
  case none

  var depth: ColorDepth {
    switch self {
    case .truecolor: .truecolor
    case .many: .many
    case .eight: .eight
    case .none: .none
    }
  }
}
