import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The bytes of a file received so far, under a hidden name beside its final path.
///
/// While open it is locked, until the process ends at the latest: two processes never write into one file,
/// and a download that was killed is resumed.
final class PartialFile {
  /// The number of bytes.
  private(set) var count: Int
  private let descriptor: Int32
  private let path: String
  private let target: String
  private let folder: String

  /// Opens the partial file of `name` in `folder`; nil while another process has it open.
  init?(of name: String, in folder: String) throws(FileError) {
    // A link that somebody set there stays, and what it leads to is replaced.
    guard case .file(let target) = try OutputTarget("\(folder)/\(name)") else {
      throw .isNotRegular(path: "\(folder)/\(name)")
    }
    self.target = target
    self.folder = FilePath.folder(of: target)
    path = "\(self.folder)/.\(target.split(separator: "/").last ?? "").part"
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
      // Published or removed by its holder between opening and locking.
      close(descriptor)
    }
  }

  deinit {
    // An empty file is not kept.
    if count == 0, DurableFile.isRegular(descriptor, named: path) { unlink(path) }
    close(descriptor)
  }

  /// Appends `bytes`.
  func append(_ bytes: RawSpan) throws(FileError) {
    defer { updateCount() }
    guard lseek(descriptor, off_t(count), SEEK_SET) >= 0 else {
      throw .refused(.write, path: path, code: errno)
    }
    try DurableFile.writeAll(bytes, to: descriptor, path: target)
  }

  /// Removes all bytes.
  func clear() throws(FileError) {
    guard ftruncate(descriptor, 0) == 0 else { throw .refused(.write, path: path, code: errno) }
    count = 0
  }

  /// The hash of the bytes on the disk.
  func hash() throws(FileError) -> String { try FileHash.ofFile(descriptor, path: path) }

  /// Flushes the bytes to the disk and renames the file to its final name.
  func publish() throws(FileError) {
    try DurableFile.synchronize(descriptor, path: target)
    guard rename(path, target) == 0 else { throw .refused(.rename, path: target, code: errno) }
    try DurableFile.synchronizeFolder(folder)
  }

  /// Updates the count from the file: a failed write may have written some bytes.
  private func updateCount() {
    var status = stat()
    if fstat(descriptor, &status) == 0 { count = Int(status.st_size) }
  }
}
