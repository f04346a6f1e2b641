import ArgumentParser
import Checkpoints
import Figures
import Foundation
import Primitives

/// A file that a figure is written to, whose ending says what kind it is, or standard output.
struct FigureFile: ExpressibleByArgument {
  /// A kind of file, by its ending.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case png, gif, svg
  }

  /// The name that stands for standard output; a file that is called so is `./-`.
  static let standardOutput = "-"

  let path: String
  /// Absent for standard output and for names that do not say it.
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

  /// Whether it goes to a pipe or a device, whose name says nothing about its kind.
  var isStream: Bool {
    if isStandardOutput { return true }
    return switch try? OutputTarget(path) {
    case .stream, .descriptor: true
    case .file, nil: false
    }
  }

  /// What follows the last dot of a file's name, in small letters; absent where there is none.
  static func ending(of path: String) -> String? {
    guard let dot = path.lastIndex(of: "."), let slash = path.lastIndex(of: "/") ?? path.indices.first,
      dot > slash
    else { return nil }
    return path[path.index(after: dot)...].lowercased()
  }

  /// Puts `bytes` in the place of the file, all or nothing, or writes them to standard output.
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

/// What all figures ask for.
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

  /// The kind that is written, of those that the figure has; for standard output the first without a word.
  ///
  /// - Throws: `ValidationError` where it is none of them.
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

  /// Writes the file, and says so to who wants to know.
  func write(_ bytes: [UInt8]) throws {
    try output.write(bytes)
    var line = ProgressLine(remarks.verbosity)
    line.detail("wrote \(output.path.printable), \(bytes.count) bytes")
  }

  /// Writes a picture or an animation of greys.
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

  /// In hundredths of a second.
  private static let shortestDelay = 2
}

/// By how much pixels are enlarged.
struct ScaleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Enlarge pixels by a whole factor.", valueName: "n"))
  var scale = FigureDefaults.scale

  func validate() throws {
    guard (1...64).contains(scale) else {
      throw ValidationError("--scale takes a whole number from 1 to 64.")
    }
  }
}
