#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The steps of writing a temporary file and publishing it under its final path, for open descriptors.
///
/// Errors name the path that the caller passes.
public enum DurableFile {
  /// Writes all of `bytes` at the descriptor's position.
  public static func writeAll(
    _ bytes: RawSpan, to descriptor: Int32, path: String, _ calls: SystemCalls = .system
  ) throws(FileError) {
    try bytes.withUnsafeBytes { (buffer) throws(FileError) in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = calls.write(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0 && errno == EINTR { continue }
        if count < 0 && errno == EAGAIN {
          // Somebody else may have made the pipe one that does not wait.
          FileBytes.wait(for: Int16(POLLOUT), of: descriptor)
          continue
        }
        guard count >= 0 else { throw .refused(.write, path: path, code: errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  /// Waits until everything written is on the disk.
  public static func synchronize(
    _ descriptor: Int32, path: String, _ calls: SystemCalls = .system
  ) throws(FileError) {
    guard calls.synchronize(descriptor) == 0 else { throw .refused(.synchronize, path: path, code: errno) }
  }

  /// Waits until the folder's entries are on the disk.
  public static func synchronizeFolder(_ folder: String, _ calls: SystemCalls = .system) throws(FileError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .refused(.synchronize, path: folder, code: errno) }
    defer { close(descriptor) }
    do {
      try synchronize(descriptor, path: folder, calls)
    } catch {
      // Some file systems cannot synchronize a folder and report EINVAL.
      guard case .refused(_, _, code: EINVAL) = error else { throw error }
    }
  }

  /// Tells whether the open file is regular and still has its name: another process may have published or
  /// removed it between opening and locking.
  public static func isRegular(_ descriptor: Int32, named path: String) -> Bool {
    var opened = stat()
    var named = stat()
    return fstat(descriptor, &opened) == 0 && lstat(path, &named) == 0
      && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev
      && opened.st_mode & S_IFMT == S_IFREG
  }
}
