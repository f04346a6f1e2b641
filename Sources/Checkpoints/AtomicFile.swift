import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Publishing a file so that its path holds the old contents or all of the new ones, whatever happens.
public enum AtomicFile {
  /// Replaces the contents of the file at `path`, or makes it.
  ///
  /// The bytes go to a temporary file in the same folder, which takes the name once it is on the disk; when
  /// this returns, the new contents outlast a loss of power. A symbolic link stays, and what it points to is
  /// replaced. A process killed on the way leaves the old file, and perhaps a hidden `.latent-explorer-….tmp`
  /// that the next call uses up.
  ///
  /// - Throws: `FileError`; the temporary file is then gone. Only when the last step fails, making the
  ///   folder's entry durable, are the new contents already in place.
  public static func write(
    _ bytes: [UInt8], to path: String, calls: SystemCalls = .system
  ) throws(FileError) {
    let file = try PendingFile(replacing: path, calls: calls)
    try file.write(bytes)
    try file.publish()
  }

  /// Makes what has been written to the file at `path` so far, or the entries of the folder there, outlast a
  /// loss of power, where that is possible.
  public static func synchronize(_ path: String, calls: SystemCalls = .system) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    _ = calls.synchronize(descriptor)
    close(descriptor)
  }

  /// The path without symbolic links when something is there, which must then be a regular file.
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

  /// Opens an empty file for this call alone: a new one, or one that a killed process left behind.
  ///
  /// Who writes to such a file holds a lock on it, which the system takes back when the process ends. That
  /// tells a leftover from a file in use by another thread or process.
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

  /// Locks without waiting. Where the file system knows no locks, a new file is taken and a leftover is not.
  private static func lock(_ descriptor: Int32, isNew: Bool) -> Bool {
    flock(descriptor, LOCK_EX | LOCK_NB) == 0 || (isNew && errno != EWOULDBLOCK)
  }
}
