import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Hashes of files.
enum FileHash {
  /// Tells whether a regular file at `path` has the size and hash of `file`.
  static func matches(_ file: RemoteFile, at path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == file.size
    else { return false }
    return (try? ofFile(descriptor, path: path)) == file.hash
  }

  /// The SHA-256 of an open file from its beginning, in hexadecimal digits.
  static func ofFile(_ descriptor: Int32, path: String) throws(FileError) -> String {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var place: off_t = 0
    while true {
      let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, place) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .refused(.read, path: path, code: errno) }
      guard count > 0 else { return hash.hexadecimal() }
      hash.update(buffer.span.bytes.extracting(0..<count))
      place += off_t(count)
    }
  }
}
