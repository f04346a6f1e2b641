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
  /// Absent for standard output, whose name does not say it.
  let kind: Kind?

  init?(argument: String) {
    guard argument != Self.standardOutput else {
      (path, kind) = (argument, nil)
      return
    }
    guard let kind = Self.ending(of: argument).flatMap(Kind.init) else { return nil }
    (path, self.kind) = (argument, kind)
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
    guard kind == nil else { return try AtomicFile.write(bytes, to: path) }
    guard isatty(FileHandle.standardOutput.fileDescriptor) == 0 else {
      throw Failure("standard output is a terminal; send the figure to a file or through a pipe")
    }
    Interruption.turnFatalWritesIntoErrors()
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

  @Option(help: "The format of '-', where the figure has several.")
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
    let kind = output.kind ?? format ?? kinds[0]
    guard kinds.contains(kind) else {
      let endings = kinds.map { ".\($0.rawValue)" }.joined(separator: " or ")
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
  }
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
