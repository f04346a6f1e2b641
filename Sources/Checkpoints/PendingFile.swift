import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is written incrementally and published atomically: `AtomicFile` for contents that do not fit
/// in memory.
///
///     let file = try PendingFile(replacing: path)
///     for piece in pieces { try file.write(piece) }
///     try file.publish()
///
/// Without `publish()`, nothing is left behind.
public final class PendingFile {
  private let path: String
  private let target: String
  private let calls: SystemCalls
  private let temporary: (descriptor: Int32, path: String)
  private var hasName = false

  /// Opens a temporary file beside `path`.
  public init(replacing path: String, calls: SystemCalls = .system) throws(FileError) {
    target = try AtomicFile.resolve(path)
    temporary = try AtomicFile.openTemporary(in: FilePath.folder(of: target), path: path)
    (self.path, self.calls) = (path, calls)
  }

  deinit {
    if !hasName { unlink(temporary.path) }
    // Closing releases the lock, so the temporary name is removed first.
    close(temporary.descriptor)
  }

  /// Appends `bytes`.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    try DurableFile.writeAll(bytes.span.bytes, to: temporary.descriptor, path: path, calls)
  }

  /// Flushes the file to the disk and renames it to its final path.
  ///
  /// - Throws: `FileError`. Only where the last step fails, flushing the folder's entry, are the new contents
  ///   already in place.
  public func publish() throws(FileError) {
    precondition(!hasName, "a file is published once")
    try DurableFile.synchronize(temporary.descriptor, path: path, calls)
    guard calls.rename(temporary.path, target) == 0 else {
      throw .refused(.rename, path: path, code: errno)
    }
    hasName = true
    try DurableFile.synchronizeFolder(FilePath.folder(of: target), calls)
  }
}
