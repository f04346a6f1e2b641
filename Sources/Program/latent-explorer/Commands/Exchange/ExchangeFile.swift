import ArgumentParser
import Datasets
import Essentials
import LatentTables
import Libraries
import Primitives

/// A file format for images or latents.
struct ExchangeFormat: ExpressibleByArgument {
  let name: String
  /// The ends of file names; messages show the first.
  let endings: [String]

  /// The formats of images, as they are listed for data sets.
  static let images = ImageFormat.all.map { ExchangeFormat(name: $0.name, endings: $0.endings) }
  static let csv = ExchangeFormat(name: "csv", endings: [".csv"])
  static let all = images + [csv]

  static var allValueStrings: [String] { all.map(\.name) }
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

  private init(name: String, endings: [String]) { (self.name, self.endings) = (name, endings) }

  init?(argument: String) {
    guard let format = Self.all.first(where: { $0.name == argument }) else { return nil }
    self = format
  }

  /// The format by the suffix of a file's name; nil if unknown.
  init?(path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    guard let format = Self.all.first(where: { $0.endings.contains(where: name.hasSuffix) }) else {
      return nil
    }
    self = format
  }
}

/// A file, or `-` for standard input or output, with its format.
struct ExchangeFile {
  let path: String
  let format: ExchangeFormat

  /// Determines the format; throws a usage error if it is unknown or not among `formats`.
  ///
  /// - Parameters:
  ///   - named: The format that `option` names, for names without a known suffix.
  ///   - contents: The contents of the file, such as `images`.
  ///   - advice: A sentence for files with another suffix.
  init(
    _ path: String, of contents: String, format named: ExchangeFormat?, among names: [String],
    option: String, advice: String = ""
  ) throws {
    let formats = names.compactMap(ExchangeFormat.init(argument:))
    let endings = formats.map { $0.endings[0] }.joined(separator: ", ")
    let list = names.joined(separator: ", ")
    guard let format = named ?? ExchangeFormat(path: path) else {
      throw ValidationError(
        path == StandardInput.name
          ? "'-' needs a format: \(option) \(list)."
          : "'\(path.printable)' does not end in \(endings); name its format with \(option).\(advice)")
    }
    guard names.contains(format.name) else {
      throw ValidationError(
        named == nil
          ? "'\(path.printable)' is named as \(format.name), but \(contents) are \(list); "
            + "\(option) names the format of a file whose name does not tell it."
          : "\(option) takes \(list) here, not \(format.name).")
    }
    (self.path, self.format) = (path, format)
  }

  var isStandard: Bool { path == StandardInput.name }

  /// Opens the file, or standard input.
  func open() throws(FileError) -> ByteStream {
    isStandard ? .standardInput() : try ByteStream(opening: path, from: .anyStream)
  }

  /// True for standard input, pipes and devices, which can be read only once.
  var isReadOnce: Bool {
    if isStandard { return true }
    if case .descriptor = try? OutputTarget(path) { return true }
    return access(path, F_OK) == 0 && !FileBytes.isRegular(path)
  }
}

/// A file that is renamed to its final name once it is complete, or standard output.
final class ExchangeOutput: ByteSink {
  private let file: PendingFile?

  /// Opens the target; throws if binary data would be written to a terminal.
  init(_ target: ExchangeFile) throws {
    let isTerminal = try target.isStandard ? isatty(STDOUT_FILENO) == 1 : OutputTarget(target.path).isTerminal
    if target.format.name != "csv", isTerminal {
      let name = target.isStandard ? "standard output" : target.path.printable
      throw Failure("\(name) is a terminal, which cannot show .\(target.format.name)")
    }
    file = target.isStandard ? nil : try PendingFile(replacing: target.path)
  }

  func write(_ bytes: [UInt8]) throws {
    if let file {
      try file.write(bytes)
    } else {
      try writeToStandardOutput(bytes)
    }
  }

  /// Renames the file to its final name.
  func publish() throws { try file?.publish() }
}
