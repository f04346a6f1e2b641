#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reading whole files, or how they begin.
public enum FileBytes {
  /// The bytes of the regular file at `path`.
  ///
  /// - Throws: `FileError` when there is no such file, when it cannot be read, when it is a folder or a
  ///   device, and, before anything is allocated, when it has more than `limit` bytes.
  public static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    try opening(path) { (descriptor, size) throws(FileError) in
      guard size <= limit else { throw .tooLarge(path: path, size: size, limit: limit) }
      return try readExactly(size, from: descriptor, path: path)
    }
  }

  /// The first `count` bytes of the regular file at `path`, or all where it has fewer, and its size.
  ///
  /// - Throws: `FileError` when there is no such file, when it cannot be read, when it is a folder or a device.
  public static func beginning(
    of path: String, count: Int
  ) throws(FileError) -> (bytes: [UInt8], size: Int) {
    try opening(path) { (descriptor, size) throws(FileError) in
      (try readExactly(min(count, size), from: descriptor, path: path), size)
    }
  }

  private static func opening<Result>(
    _ path: String, _ body: (_ descriptor: Int32, _ size: Int) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .refused(.open, path: path, code: errno) }
    defer { close(descriptor) }
    return try body(descriptor, try regularSize(of: descriptor, path: path))
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

/// The system's `read`, out of reach of the method of the same name.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  let largestCount = 1 << 30  // macOS refuses counts beyond 2³¹ − 1.
  return read(descriptor, buffer.baseAddress, min(buffer.count, largestCount))
}
