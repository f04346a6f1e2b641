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
/// Without `publish()`, nothing is left behind. A pipe or a device cannot be replaced: it receives all pieces in
/// `publish()`, and nothing before.
public final class PendingFile {
  /// The kind of output that receives the bytes.
  private enum Destination {
    /// A file under a temporary name beside its target.
    case file(temporary: String, target: String)
    /// A pipe or a device, whose pieces wait in memory.
    case stream
  }

  private let path: String
  private let calls: SystemCalls
  private let destination: Destination
  private let descriptor: Int32
  private var waiting: [[UInt8]] = []
  private var isPublished = false

  /// Opens a temporary file beside `path` or the target of its links, or the pipe or device there.
  public init(replacing path: String, calls: SystemCalls = .system) throws(FileError) {
    switch try OutputTarget(path) {
    case .file(let target):
      let temporary = try AtomicFile.openTemporary(in: FilePath.folder(of: target), path: target)
      AtomicFile.copyPermissions(of: target, to: temporary.descriptor)
      destination = .file(temporary: temporary.path, target: target)
      descriptor = temporary.descriptor
    case let stream:
      destination = .stream
      descriptor = try stream.openStream(path: path)
    }
    (self.path, self.calls) = (path, calls)
  }

  deinit {
    if case .file(let temporary, _) = destination, !isPublished { unlink(temporary) }
    // Closing releases the lock, so the temporary name is removed first.
    close(descriptor)
  }

  /// Appends `bytes`.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    guard case .file = destination else { return waiting.append(bytes) }
    try DurableFile.writeAll(bytes.span.bytes, to: descriptor, path: path, calls)
  }

  /// Flushes the file to the disk and renames it to its final path, or sends all pieces to the pipe or device.
  ///
  /// - Throws: `FileError`. Only where the last step fails, flushing the folder's entry, are the new contents
  ///   already in place.
  public func publish() throws(FileError) {
    precondition(!isPublished, "a file is published once")
    guard case .file(let temporary, let target) = destination else {
      for bytes in waiting { try DurableFile.writeAll(bytes.span.bytes, to: descriptor, path: path, calls) }
      isPublished = true
      return
    }
    try DurableFile.synchronize(descriptor, path: path, calls)
    guard calls.rename(temporary, target) == 0 else {
      throw .refused(.rename, path: path, code: errno)
    }
    isPublished = true
    try DurableFile.synchronizeFolder(FilePath.folder(of: target), calls)
  }
}
