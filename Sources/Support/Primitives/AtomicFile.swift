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
  /// return they survive a loss of power. A replaced file keeps its permissions. A symbolic link stays, and its
  /// target is replaced or created. A killed process leaves the old file, and perhaps a hidden
  /// `.latent-explorer-….tmp` that a later call removes. A pipe or a device is written to directly.
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

  /// Gives a temporary file the permissions of the existing file that it will replace, and its owner and group
  /// where that is allowed. A group that cannot be kept leaves no more rights than all others have.
  static func copyPermissions(of target: String, to descriptor: Int32) {
    var (old, new) = (stat(), stat())
    guard stat(target, &old) == 0, fstat(descriptor, &new) == 0 else { return }
    var mode = old.st_mode & 0o777
    if new.st_uid != old.st_uid || new.st_gid != old.st_gid {
      let keepsGroup =
        fchown(descriptor, old.st_uid, old.st_gid) == 0 || new.st_gid == old.st_gid
        || fchown(descriptor, uid_t.max, old.st_gid) == 0
      if !keepsGroup { mode &= 0o707 | (mode & 0o007) << 3 }
    }
    _ = fchmod(descriptor, mode)
  }

  /// Opens a new temporary file, and removes one of that name that a killed process left.
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
      let created = open(temporary, flags | O_CREAT | O_EXCL, 0o666)
      if created >= 0 {
        if lock(created, isNew: true), DurableFile.isRegular(created, named: temporary) {
          return (created, temporary)
        }
        close(created)
      } else {
        guard errno == EEXIST else { throw .refused(.create, path: path, code: errno) }
        // A leftover has the permissions of its time.
        if removeLeftover(temporary, flags) { continue }
      }
      number += 1
    }
  }

  private static func removeLeftover(_ temporary: String, _ flags: Int32) -> Bool {
    let descriptor = open(temporary, flags)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return lock(descriptor, isNew: false) && DurableFile.isRegular(descriptor, named: temporary)
      && unlink(temporary) == 0
  }

  /// Locks without waiting. On file systems without locks, only a new file counts as locked.
  private static func lock(_ descriptor: Int32, isNew: Bool) -> Bool {
    flock(descriptor, LOCK_EX | LOCK_NB) == 0 || (isNew && errno != EWOULDBLOCK)
  }
}
