import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is written piece by piece, and takes its name only once it is whole: `AtomicFile` for what does
/// not fit in memory.
///
///     let file = try PendingFile(replacing: path)
///     for piece in pieces { try file.write(piece) }
///     try file.publish()
///
/// One that goes without being published leaves nothing behind.
public final class PendingFile {
  private let path: String
  private let target: String
  private let calls: SystemCalls
  private let temporary: (descriptor: Int32, path: String)
  private var hasName = false

  /// Opens a temporary file beside what `path` names, or shall name.
  public init(replacing path: String, calls: SystemCalls = .system) throws(FileError) {
    target = try AtomicFile.resolve(path)
    temporary = try AtomicFile.openTemporary(in: FilePath.folder(of: target), path: path)
    (self.path, self.calls) = (path, calls)
  }

  deinit {
    if !hasName { unlink(temporary.path) }
    // Closing gives the lock away, so it comes after the temporary name is gone.
    close(temporary.descriptor)
  }

  /// Writes `bytes` after those before.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    try DurableFile.writeAll(bytes.span.bytes, to: temporary.descriptor, path: path, calls)
  }

  /// Gives the file its name, once all that was written is on the disk.
  ///
  /// - Throws: `FileError`. Only when the last step fails, making the folder's entry durable, are the new
  ///   contents already in place.
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
