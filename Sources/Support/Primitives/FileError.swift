#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A failure of a file operation, independent of what the file's contents mean.
public enum FileError: Error, Sendable, Equatable {
  /// A file operation.
  public enum Operation: String, Sendable {
    /// Opening for reading.
    case open
    /// Reading.
    case read
    /// Creating a file.
    case create
    /// Locking exclusively.
    case lock
    /// Writing.
    case write
    /// Synchronizing to the disk.
    case synchronize
    /// Renaming to the final name.
    case rename
  }

  /// The system refused `operation` with the errno value `code`.
  case refused(Operation, path: String, code: Int32)
  /// The path is a folder.
  case isFolder(path: String)
  /// The path is a device, a pipe or a socket.
  case isNotRegular(path: String)
  /// The path is a socket.
  case isSocket(path: String)
  /// The path is a terminal.
  case isTerminal(path: String)
  /// The file is larger than the reader's `limit`, in bytes.
  case tooLarge(path: String, size: Int, limit: Int)
  /// The file became shorter while it was read.
  case endedEarly(path: String, expected: Int, found: Int)
  /// The contents cannot be decompressed.
  case damaged(path: String, reason: String)
}

extension FileError: CustomStringConvertible {
  /// The error message, on one line, without control characters.
  public var description: String {
    switch self {
    case .refused(.create, let path, ENOENT):
      "\(path.printable): cannot create: there is no folder '\(FilePath.folder(of: path).printable)'"
    case .refused(let operation, let path, let code):
      "\(path.printable): cannot \(operation.rawValue): \(Self.reason(of: code))"
    case .isFolder(let path):
      "\(path.printable): this is a folder, not a file"
    case .isNotRegular(let path):
      "\(path.printable): this is not a regular file"
    case .isSocket(let path):
      "\(path.printable): this is a socket, not a file"
    case .isTerminal(let path):
      "\(path.printable): this is a terminal, not a file"
    case .tooLarge(let path, let size, let limit):
      "\(path.printable): \(size) bytes are more than the limit of \(limit)"
    case .endedEarly(let path, let expected, let found):
      "\(path.printable): the file changed while it was read (\(found) of \(expected) bytes were left)"
    case .damaged(let path, let reason):
      "\(path.printable): \(reason.printable)"
    }
  }
}

extension FileError {
  /// The system's words for an errno value.
  public static func reason(of code: Int32) -> String { String(cString: strerror(code)) }
}
