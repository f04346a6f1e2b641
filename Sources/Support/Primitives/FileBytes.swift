#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads whole files or their first bytes.
public enum FileBytes {
  /// The kinds of files that are read.
  public enum Source: Sendable {
    /// Regular files only; opening one never waits.
    case regularFile
    /// Also pipes and devices, which are read once from front to back.
    case anyStream
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: `FileError` where the file does not exist, cannot be read, is a folder or not of the kind
  ///   `source`, or has more than `limit` bytes; for a regular file nothing is allocated before that check.
  public static func read(
    _ path: String, limit: Int, from source: Source = .regularFile
  ) throws(FileError) -> [UInt8] {
    if source == .anyStream, !isRegular(path) {
      return try ByteStream(opening: path, from: source).readAll(limit: limit)
    }
    let (descriptor, size) = try openRegular(path)
    defer { close(descriptor) }
    guard size <= limit else { throw .tooLarge(path: path, size: size, limit: limit) }
    return try readExactly(size, from: descriptor, path: path)
  }

  /// Reads the first `count` bytes of the regular file at `path`, or all where it has fewer, and its size.
  ///
  /// - Throws: `FileError` where the file does not exist, cannot be read, is a folder or a device.
  public static func beginning(
    of path: String, count: Int
  ) throws(FileError) -> (bytes: [UInt8], size: Int) {
    let (descriptor, size) = try openRegular(path)
    defer { close(descriptor) }
    return (try readExactly(min(count, size), from: descriptor, path: path), size)
  }

  /// Opens the regular file at `path` for reading; the caller closes it.
  static func openRegular(_ path: String) throws(FileError) -> (descriptor: Int32, size: Int) {
    // Without O_NONBLOCK, opening a pipe without a writer would block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .refused(.open, path: path, code: errno) }
    do {
      return (descriptor, try regularSize(of: descriptor, path: path))
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Tells whether `path` is a regular file or a link to one, which can be read more than once.
  public static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Opens the file, pipe or device at `path` for reading, and waits for the writer of a pipe; the caller closes
  /// the descriptor.
  static func openStream(_ path: String) throws(FileError) -> Int32 {
    var descriptor: Int32
    repeat { descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) } while descriptor < 0 && errno == EINTR
    if descriptor < 0, errno == ENXIO { descriptor = try openSocket(path) }
    guard descriptor >= 0 else { throw .refused(.open, path: path, code: errno) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw .isFolder(path: path)
    }
    // A terminal would wait for typed input.
    if isatty(descriptor) == 1 {
      close(descriptor)
      throw .isTerminal(path: path)
    }
    return descriptor
  }

  /// Waits until a non-blocking descriptor is ready.
  static func wait(for events: Int16, of descriptor: Int32) {
    var watched = pollfd(fd: descriptor, events: events, revents: 0)
    poll(&watched, 1, -1)
    errno = EAGAIN
  }

  /// Duplicates the open descriptor that `path` names; a socket as standard input cannot be opened by path.
  private static func openSocket(_ path: String) throws(FileError) -> Int32 {
    guard case .descriptor(let own) = try OutputTarget(path) else {
      throw .refused(.open, path: path, code: ENXIO)
    }
    return fcntl(own, F_DUPFD_CLOEXEC, 0)
  }

  /// Reads up to `count` bytes at the descriptor's position; none at the end.
  package static func readPiece(
    upTo count: Int, from descriptor: Int32, path: String
  ) throws(FileError) -> [UInt8] {
    try Array(capacity: count) { (output: inout OutputSpan<UInt8>) throws(FileError) in
      try output.withUnsafeMutableBufferPointer { (buffer, filled) throws(FileError) in
        var found: Int
        repeat {
          found = systemRead(descriptor, UnsafeMutableRawBufferPointer(buffer))
          if found < 0 && errno == EAGAIN { wait(for: Int16(POLLIN), of: descriptor) }
        } while found < 0 && (errno == EINTR || errno == EAGAIN)
        guard found >= 0 else { throw .refused(.read, path: path, code: errno) }
        filled = found
      }
    }
  }

  private static func regularSize(of descriptor: Int32, path: String) throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .refused(.open, path: path, code: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return Int(status.st_size)
    case S_IFDIR: throw .isFolder(path: path)
    default: throw .isNotRegular(path: path)
    }
  }

  private static func readExactly(
    _ size: Int, from descriptor: Int32, path: String
  ) throws(FileError) -> [UInt8] {
    try Array(capacity: size) { (output: inout OutputSpan<UInt8>) throws(FileError) in
      try output.withUnsafeMutableBufferPointer { (buffer, filled) throws(FileError) in
        while filled < size {
          let unfilled = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled..<size])
          let count = systemRead(descriptor, unfilled)
          if count < 0 && errno == EINTR { continue }
          guard count >= 0 else { throw .refused(.read, path: path, code: errno) }
          guard count > 0 else { throw .endedEarly(path: path, expected: size, found: filled) }
          filled += count
        }
      }
    }
  }
}

/// The system's `read`, whose name a method here hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  let largestCount = 1 << 30  // macOS refuses counts beyond 2³¹ − 1.
  return read(descriptor, buffer.baseAddress, min(buffer.count, largestCount))
}
