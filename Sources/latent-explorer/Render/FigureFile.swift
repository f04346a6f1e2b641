import ArgumentParser
import Checkpoints
import Figures
import Primitives

/// A file that a figure is written to; its ending says what kind it is.
struct FigureFile: ExpressibleByArgument {
  /// A kind of file, by its ending.
  enum Kind: String, CaseIterable {
    case png, gif, svg
  }

  let path: String
  let kind: Kind

  init?(argument: String) {
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

  /// A usage error where the file is of none of some kinds.
  func require(_ kinds: Kind...) throws {
    guard !kinds.contains(kind) else { return }
    let endings = kinds.map { ".\($0.rawValue)" }.joined(separator: " or ")
    throw ValidationError("--output: this figure is written as \(endings), not as .\(kind.rawValue).")
  }

  /// Puts `bytes` in the place of the file, all or nothing.
  func write(_ bytes: [UInt8]) throws { try AtomicFile.write(bytes, to: path) }
}

/// What all figures ask for.
struct FigureOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file; it ends with .png, .gif or .svg.", valueName: "file"))
  var output: FigureFile

  @Flag(help: "Dark on light.")
  var invert = false

  /// Writes a picture or an animation of greys.
  func write(_ image: PixelImage) throws {
    try output.write(FigureBytes.png(image, isInverted: invert))
  }

  func write(_ animation: Animation) throws {
    try output.write(try FigureBytes.gif(animation, isInverted: invert))
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
