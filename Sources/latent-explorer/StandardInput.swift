import Foundation
import Primitives

/// What is read where a file's name is `-`.
enum StandardInput {
  /// The name that stands for it; a file that is called so is `./-`.
  static let name = "-"

  /// What errors call it.
  static let title = "standard input"

  /// All of it, to its end.
  ///
  /// - Throws: `Failure` where it is a terminal, which would wait for somebody to type a file, where it cannot
  ///   be read and where it has more than `limit` bytes.
  static func read(limit: Int = 1 << 30) throws -> [UInt8] {
    try refuseTerminal()
    return try ByteStream.standardInput().readAll(limit: limit)
  }

  /// Throws a `Failure` where standard input is a terminal: nobody types a file.
  static func refuseTerminal() throws {
    guard isatty(STDIN_FILENO) == 0 else {
      throw Failure(
        "\(title) is a terminal; '-' reads a pipe or a redirected file, such as '< file'")
    }
  }
}
