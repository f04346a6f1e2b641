import ArgumentParser
import Essentials
import Figures
import Formats
import Libraries
import Primitives

/// A file for a figure, whose suffix determines its kind, or standard output.
struct FigureFile: ExpressibleByArgument {
  /// A kind of file, by its suffix.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case png, gif, svg
  }

  /// The name for standard output; a file of that name is `./-`.
  static let standardOutput = "-"

  let path: String
  /// The kind; nil for standard output and for names without a known suffix.
  let kind: Kind?

  init?(argument: String) {
    guard argument != Self.standardOutput else {
      (path, kind) = (argument, nil)
      return
    }
    guard !argument.isEmpty else { return nil }
    (path, kind) = (argument, Self.ending(of: argument).flatMap(Kind.init))
  }

  private var isStandardOutput: Bool { path == Self.standardOutput }

  /// True for a pipe or a device, whose name does not tell its kind.
  var isStream: Bool {
    if isStandardOutput { return true }
    return switch try? OutputTarget(path) {
    case .stream, .descriptor: true
    case .file, nil: false
    }
  }

  /// The suffix of a file's name after the last dot, in lower case; nil if there is none.
  static func ending(of path: String) -> String? {
    guard let dot = path.lastIndex(of: "."), let slash = path.lastIndex(of: "/") ?? path.indices.first,
      dot > slash
    else { return nil }
    return path[path.index(after: dot)...].lowercased()
  }

  /// Replaces the file's contents atomically, or writes to standard output.
  func write(_ bytes: [UInt8]) throws {
    Interruption.turnFatalWritesIntoErrors()
    guard isStandardOutput else {
      guard try !OutputTarget(path).isTerminal else {
        throw Failure("\(path.printable) is a terminal; send the figure to a file or through a pipe")
      }
      return try AtomicFile.write(bytes, to: path)
    }
    guard isatty(STDOUT_FILENO) == 0 else {
      throw Failure("standard output is a terminal; send the figure to a file or through a pipe")
    }
    try writeToStandardOutput(bytes)
  }
}

/// The options of all figures.
struct FigureOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file: .png, .gif or .svg, as the figure allows, or '-' for standard output.",
      valueName: "file"),
    completion: .file(extensions: FigureFile.Kind.allCases.map(\.rawValue)))
  var output: FigureFile

  @Option(help: "The format of '-', a pipe, or a file whose name does not tell it.")
  var format: FigureFile.Kind?

  @Flag(help: "Dark on light.")
  var invert = false

  @OptionGroup var remarks: VerbosityOptions

  /// The kind to write, out of those that the figure supports; for standard output the first by default.
  ///
  /// - Throws: `ValidationError` if the kind is not supported.
  func kind(of kinds: FigureFile.Kind...) throws -> FigureFile.Kind {
    guard output.kind == nil || format == nil || output.kind == format else {
      throw ValidationError("--format contradicts the ending of --output.")
    }
    let endings = kinds.map { ".\($0.rawValue)" }.joined(separator: " or ")
    guard let kind = output.kind ?? format ?? (output.isStream ? kinds[0] : nil) else {
      throw ValidationError(
        "--output: '\(output.path.printable)' does not end in \(endings); --format names the kind.")
    }
    guard kinds.contains(kind) else {
      throw ValidationError("--output: this figure is written as \(endings), not as .\(kind.rawValue).")
    }
    return kind
  }

  /// Writes the file, and reports it if verbose.
  func write(_ bytes: [UInt8]) throws {
    try output.write(bytes)
    var line = ProgressLine(remarks.verbosity)
    line.detail("wrote \(output.path.printable), \(bytes.count) bytes")
  }

  /// Writes a greyscale image or an animation.
  func write(_ image: PixelImage) throws {
    try write(FigureBytes.png(image, isInverted: invert))
  }

  func write(_ animation: Animation) throws {
    try write(try FigureBytes.gif(animation, isInverted: invert))
    guard animation.delay < Self.shortestDelay else { return }
    var line = ProgressLine(remarks.verbosity)
    line.warn(
      "warning: browsers play frames of less than \(Self.shortestDelay * 10) ms as if they had 100 ms; "
        + "--delay \(Self.shortestDelay * 10) is the shortest that is played as it is written")
  }

  /// The shortest delay that browsers play, in hundredths of a second.
  private static let shortestDelay = 2
}

/// The option for enlarging pixels.
struct ScaleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Enlarge pixels by a whole factor.", valueName: "n"))
  var scale = FigureDefaults.scale

  func validate() throws {
    guard (1...64).contains(scale) else {
      throw ValidationError("--scale takes a whole number from 1 to 64.")
    }
  }
}
