import ArgumentParser
import Foundation
import LatentTables
import Libraries
import Primitives

/// A file format for images or latents.
enum ExchangeFormat: String, CaseIterable, ExpressibleByArgument {
  case idx, png, npy, csv

  /// The format by the suffix of a file's name; nil if unknown.
  init?(path: String) {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    if plain.hasSuffix("idx3-ubyte") || plain.hasSuffix(".idx") {
      self = .idx
    } else if name == plain, let format = Self.allCases.first(where: { name.hasSuffix(".\($0.rawValue)") }) {
      self = format
    } else {
      return nil
    }
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
  init(
    _ path: String, of contents: String, format named: ExchangeFormat?, among formats: [ExchangeFormat],
    option: String
  ) throws {
    let endings = formats.map { $0 == .idx ? "idx3-ubyte" : ".\($0.rawValue)" }.joined(separator: ", ")
    let names = formats.map(\.rawValue).joined(separator: ", ")
    guard let format = named ?? ExchangeFormat(path: path) else {
      throw ValidationError(
        path == StandardInput.name
          ? "'-' needs a format: \(option) \(names)."
          : "'\(path.printable)' does not end in \(endings); name its format with \(option).")
    }
    guard formats.contains(format) else {
      throw ValidationError(
        named == nil
          ? "'\(path.printable)' is named as \(format.rawValue), but \(contents) are \(names); "
            + "\(option) names the format of a file whose name does not tell it."
          : "\(option) takes \(names) here, not \(format.rawValue).")
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

  /// Returns true for a compressed IDX file: judged by its name, or by the first bytes of a pipe.
  func isCompressed(_ stream: ByteStream) throws(FileError) -> Bool {
    guard isReadOnce else { return path.lowercased().hasSuffix(".gz") }
    return try stream.peek(2) == [0x1F, 0x8B]
  }
}

/// A file that is renamed to its final name once it is complete, or standard output.
final class ExchangeOutput: ByteSink {
  private let file: PendingFile?

  /// Opens the target; throws if binary data would be written to a terminal.
  init(_ target: ExchangeFile) throws {
    let isTerminal = try target.isStandard ? isatty(STDOUT_FILENO) == 1 : OutputTarget(target.path).isTerminal
    if target.format != .csv, isTerminal {
      let name = target.isStandard ? "standard output" : target.path.printable
      throw Failure("\(name) is a terminal, which cannot show .\(target.format.rawValue)")
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
