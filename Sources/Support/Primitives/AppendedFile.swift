#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file of whole lines that grows while it can be read: what does not fit is taken back.
public final class AppendedFile {
  private let path: String
  private let descriptor: Int32
  /// The bytes of whole lines in the file.
  private var length: Int

  /// Opens the regular file at `path`, or makes it, and cuts it back to its first `keptLines` whole lines.
  public init(_ path: String, keptLines: Int = 0) throws(FileError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else {
      throw errno == EISDIR ? .isFolder(path: path) : .refused(.create, path: path, code: errno)
    }
    (self.path, length) = (path, 0)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .isNotRegular(path: path)
    }
    length = try length(ofLines: keptLines)
    guard ftruncate(descriptor, off_t(length)) == 0 else { throw .refused(.write, path: path, code: errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The number of bytes of the first `count` whole lines; a last line without its end is none.
  private func length(ofLines count: Int) throws(FileError) -> Int {
    var (lines, length, position) = (0, 0, 0)
    while lines < count {
      let piece = try FileBytes.readPiece(upTo: 1 << 16, from: descriptor, path: path)
      guard !piece.isEmpty else { break }
      for byte in piece where lines < count {
        position += 1
        guard byte == UInt8(ascii: "\n") else { continue }
        lines += 1
        length = position
      }
    }
    return length
  }

  /// Writes whole lines at the end; the file keeps those before where that fails.
  public func append(_ lines: [UInt8]) throws(FileError) {
    guard lseek(descriptor, off_t(length), SEEK_SET) >= 0 else {
      throw .refused(.write, path: path, code: errno)
    }
    do {
      try DurableFile.writeAll(lines.span.bytes, to: descriptor, path: path)
    } catch {
      // Half a line would spoil the next one.
      _ = ftruncate(descriptor, off_t(length))
      throw error
    }
    length += lines.count
  }

  /// Tells whether the file was removed, so that nobody could read what is appended.
  public var wasRemoved: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_nlink == 0
  }
}
