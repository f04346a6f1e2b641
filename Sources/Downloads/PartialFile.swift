import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What has come of a file so far, beside the place where the whole one goes, under a hidden name.
///
/// Whoever has it open holds a lock on it, which the system takes back when the process ends: two processes
/// never write into one file, and what a killed one left is gone on with.
final class PartialFile {
  /// The bytes so far.
  private(set) var count: Int
  private let descriptor: Int32
  private let path: String
  private let target: String
  private let folder: String

  /// Opens the partial file of `name` in `folder`; nil while somebody else has it open.
  init?(of name: String, in folder: String) throws(FileError) {
    self.folder = folder
    target = "\(folder)/\(name)"
    path = "\(folder)/.\(name).part"
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
      guard descriptor >= 0 else { throw .refused(.create, path: path, code: errno) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(descriptor)
        if code == EWOULDBLOCK { return nil }
        throw .refused(.lock, path: path, code: code)
      }
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        close(descriptor)
        throw .isNotRegular(path: path)
      }
      if DurableFile.isRegular(descriptor, named: path) {
        self.descriptor = descriptor
        count = Int(status.st_size)
        return
      }
      // Published or removed by its holder between the opening and the locking.
      close(descriptor)
    }
  }

  deinit {
    // A name without contents is of no use to anyone.
    if count == 0, DurableFile.isRegular(descriptor, named: path) { unlink(path) }
    close(descriptor)
  }

  /// Adds `bytes` at the end.
  func append(_ bytes: RawSpan) throws(FileError) {
    defer { updateCount() }
    guard lseek(descriptor, off_t(count), SEEK_SET) >= 0 else {
      throw .refused(.write, path: path, code: errno)
    }
    try DurableFile.writeAll(bytes, to: descriptor, path: target)
  }

  /// Forgets all bytes.
  func clear() throws(FileError) {
    guard ftruncate(descriptor, 0) == 0 else { throw .refused(.write, path: path, code: errno) }
    count = 0
  }

  /// The hash of the bytes as they are on the disk.
  func hash() throws(FileError) -> String { try FileHash.ofFile(descriptor, path: path) }

  /// Makes the bytes outlast a loss of power and gives them the final name.
  func publish() throws(FileError) {
    try DurableFile.synchronize(descriptor, path: target)
    guard rename(path, target) == 0 else { throw .refused(.rename, path: target, code: errno) }
    try DurableFile.synchronizeFolder(folder)
  }

  /// A write that failed may have written something.
  private func updateCount() {
    var status = stat()
    if fstat(descriptor, &status) == 0 { count = Int(status.st_size) }
  }
}
