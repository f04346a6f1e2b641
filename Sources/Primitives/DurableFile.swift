#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The steps of writing a file beside its final path and publishing it there, for open descriptors.
///
/// The path in each error is the one that the caller gives: the one that a person knows.
public enum DurableFile {
  /// Writes all of `bytes` at the descriptor's place.
  public static func writeAll(
    _ bytes: RawSpan, to descriptor: Int32, path: String, _ calls: SystemCalls = .system
  ) throws(FileError) {
    try bytes.withUnsafeBytes { (buffer) throws(FileError) in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = calls.write(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw .refused(.write, path: path, code: errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Returns once all that was written is on the disk.
  public static func synchronize(
    _ descriptor: Int32, path: String, _ calls: SystemCalls = .system
  ) throws(FileError) {
    guard calls.synchronize(descriptor) == 0 else { throw .refused(.synchronize, path: path, code: errno) }
  }

  /// Returns once the names in a folder are on the disk.
  public static func synchronizeFolder(_ folder: String, _ calls: SystemCalls = .system) throws(FileError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .refused(.synchronize, path: folder, code: errno) }
    defer { close(descriptor) }
    do {
      try synchronize(descriptor, path: folder, calls)
    } catch {
      // Some file systems have nothing to synchronize in a folder and say so.
      guard case .refused(_, _, code: EINVAL) = error else { throw error }
    }
  }

  /// Whether the open file is a regular one that still has its name: somebody else may have published or
  /// removed it between its opening and its locking.
  public static func isRegular(_ descriptor: Int32, named path: String) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
      && opened.st_mode & S_IFMT == S_IFREG
  }
}
