import ArgumentParser
import Checkpoints
import Exchange
import Foundation
import Primitives

/// A kind of file that images or latents are exchanged in.
enum ExchangeFormat: String, CaseIterable, ExpressibleByArgument {
  case idx, png, npy, csv

  /// The format that a file's name says by its ending.
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

  /// A usage error where the format is none of `formats`, or cannot be told.
  ///
  /// - Parameters:
  ///   - named: The format that `option` names, for what has no telling name.
  ///   - contents: What the file has in it, such as `images`.
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
  func open() throws(ExchangeError) -> ByteStream {
    if isStandard { return .standardInput() }
    do { return try ByteStream(opening: path, from: .anyStream) } catch { throw .file(error) }
  }

  /// Whether it can be read once only: standard input, a pipe or a device.
  var isReadOnce: Bool {
    if isStandard { return true }
    if case .descriptor = try? OutputTarget(path) { return true }
    return access(path, F_OK) == 0 && !FileBytes.isRegular(path)
  }

  /// Whether an IDX file is compressed: by its name, or what comes through a pipe by how it begins.
  func isCompressed(_ stream: ByteStream) throws(ExchangeError) -> Bool {
    guard isReadOnce else { return path.lowercased().hasSuffix(".gz") }
    do { return try stream.peek(2) == [0x1F, 0x8B] } catch { throw .file(error) }
  }
}

/// A file that takes its name once it is whole, or standard output.
final class ExchangeOutput: ByteSink {
  private let file: PendingFile?

  /// Opens what `target` names; no terminal is sent what is not text.
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

  /// Gives the file its name.
  func publish() throws { try file?.publish() }
}
