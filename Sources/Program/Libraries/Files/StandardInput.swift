import Essentials
import Primitives

/// Input for the file name `-`.
package enum StandardInput {
  /// The name for standard input; a file of that name is `./-`.
  package static let name = "-"

  /// The name in errors.
  package static let title = "standard input"

  /// All bytes up to the end.
  ///
  /// - Throws: `Failure` for a terminal, for a read error, and for more than `limit` bytes.
  package static func read(limit: Int = 1 << 30) throws -> [UInt8] {
    try refuseTerminal()
    return try ByteStream.standardInput().readAll(limit: limit)
  }

  /// Throws a `Failure` if standard input is a terminal, where reading would wait for typed input.
  package static func refuseTerminal() throws {
    guard isatty(STDIN_FILENO) == 0 else {
      throw Failure(
        "\(title) is a terminal; '-' reads a pipe or a redirected file, such as '< file'")
    }
  }
}
