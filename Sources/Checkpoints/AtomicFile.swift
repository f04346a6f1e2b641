import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Replaces files atomically: after any failure the path holds the old contents or all of the new ones.
public enum AtomicFile {
  /// Creates the file at `path` or replaces its contents.
  ///
  /// The bytes go to a temporary file in the same folder, which is renamed once it is on the disk; after the
  /// return they survive a loss of power. A symbolic link stays, and its target is replaced. A killed process
  /// leaves the old file, and perhaps a hidden `.latent-explorer-….tmp` that a later call reuses.
  ///
  /// - Throws: `FileError`; the temporary file is then removed. Only where the last step fails, flushing the
  ///   folder's entry, are the new contents already in place.
  public static func write(
    _ bytes: [UInt8], to path: String, calls: SystemCalls = .system
  ) throws(FileError) {
    let file = try PendingFile(replacing: path, calls: calls)
    try file.write(bytes)
    try file.publish()
  }

  /// Flushes the file or folder at `path` to the disk, where possible.
  public static func synchronize(_ path: String, calls: SystemCalls = .system) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    _ = calls.synchronize(descriptor)
    close(descriptor)
  }

  /// The path without symbolic links where a file exists, which must be regular.
  static func resolve(_ path: String) throws(FileError) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    var status = stat()
    guard stat(resolved, &status) == 0 else { throw .refused(.create, path: path, code: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return String(cString: resolved)
    case S_IFDIR: throw .isFolder(path: path)
    default: throw .isNotRegular(path: path)
    }
  }

  /// Opens an empty temporary file: a new one, or one that a killed process left.
  ///
  /// The writer of such a file holds a lock on it until its process ends, which distinguishes leftovers from
  /// files in use.
  static func openTemporary(
    in folder: String, path: String
  ) throws(FileError) -> (descriptor: Int32, path: String) {
    let flags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    var number = 0
    while true {
      let temporary = "\(folder)/.latent-explorer-\(number).tmp"
      var descriptor = open(temporary, flags | O_CREAT | O_EXCL, 0o666)
      let isNew = descriptor >= 0
      if !isNew {
        guard errno == EEXIST else { throw .refused(.create, path: path, code: errno) }
        descriptor = open(temporary, flags)
      }
      if descriptor >= 0 {
        if lock(descriptor, isNew: isNew), DurableFile.isRegular(descriptor, named: temporary),
          ftruncate(descriptor, 0) == 0
        {
          return (descriptor, temporary)
        }
        close(descriptor)
      }
      number += 1
    }
  }

  /// Locks without waiting. On file systems without locks, only a new file counts as locked.
  private static func lock(_ descriptor: Int32, isNew: Bool) -> Bool {
    flock(descriptor, LOCK_EX | LOCK_NB) == 0 || (isNew && errno != EWOULDBLOCK)
  }
}
