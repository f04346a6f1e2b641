#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What went wrong with a file as a whole, whatever it holds.
public enum FileError: Error, Sendable, Equatable {
  /// What the system was asked to do.
  public enum Operation: String, Sendable {
    /// Opening for reading.
    case open
    /// Reading.
    case read
    /// Making a new file.
    case create
    /// Taking a file for oneself alone.
    case lock
    /// Writing.
    case write
    /// Making sure that what was written outlasts a loss of power.
    case synchronize
    /// Giving the finished file its name.
    case rename
  }

  /// The system refused `operation` for the reason that the errno value `code` names.
  case refused(Operation, path: String, code: Int32)
  /// The path names a folder.
  case isFolder(path: String)
  /// The path names a device, a pipe or a socket.
  case isNotRegular(path: String)
  /// The file has more bytes than the reader's `limit`.
  case tooLarge(path: String, size: Int, limit: Int)
  /// The file became shorter while it was read.
  case endedEarly(path: String, expected: Int, found: Int)
}

extension FileError: CustomStringConvertible {
  /// A sentence for people, on one line, without control characters.
  public var description: String {
    switch self {
    case .refused(.create, let path, ENOENT):
      "\(path.printable): cannot create: there is no folder '\(FilePath.folder(of: path).printable)'"
    case .refused(let operation, let path, let code):
      "\(path.printable): cannot \(operation.rawValue): \(String(cString: strerror(code)))"
    case .isFolder(let path):
      "\(path.printable): this is a folder, not a file"
    case .isNotRegular(let path):
      "\(path.printable): this is not a regular file"
    case .tooLarge(let path, let size, let limit):
      "\(path.printable): \(size) bytes are more than the limit of \(limit)"
    case .endedEarly(let path, let expected, let found):
      "\(path.printable): the file changed while it was read (\(found) of \(expected) bytes were left)"
    }
  }
}
