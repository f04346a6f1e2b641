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
  /// replaced. A process killed on the way leaves the old file and perhaps a hidden `.latent-explorer-….tmp`.
  ///
  /// - Throws: `FileError`; the temporary file is then gone. Only when the last step fails, making the
  ///   folder's entry durable, are the new contents already in place.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let target = try resolve(path)
    let folder = folder(of: target)
    let temporary = try createTemporary(in: folder, path: path)
    do {
      defer { close(temporary.descriptor) }
      try writeAll(bytes, to: temporary.descriptor, path: path)
      try synchronize(temporary.descriptor, path: path)
    } catch {
      unlink(temporary.path)
      throw error
    }
    guard rename(temporary.path, target) == 0 else {
      let code = errno
      unlink(temporary.path)
      throw .refused(.rename, path: path, code: code)
    }
    try synchronizeFolder(folder)
  }

  /// The path without symbolic links when something is there, which must then be a regular file.
  private static func resolve(_ path: String) throws(FileError) -> String {
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

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a file that nobody else has, whatever other threads, processes and earlier runs left behind.
  private static func createTemporary(
    in folder: String, path: String
  ) throws(FileError) -> (descriptor: Int32, path: String) {
    var number = 0
    while true {
      let temporary = "\(folder)/.latent-explorer-\(getpid())-\(number).tmp"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { throw .refused(.create, path: path, code: errno) }
      number += 1
    }
  }

  private static func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(FileError) {
    try bytes.span.withUnsafeBytes { (buffer) throws(FileError) in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw .refused(.write, path: path, code: errno) }
        rest = rest.dropFirst(count)
      }
    }
  }

  private static func synchronize(_ descriptor: Int32, path: String) throws(FileError) {
    #if canImport(Darwin)
      // There, fsync leaves the bytes in the drive's cache. Not every file system knows better.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    #endif
    guard fsync(descriptor) == 0 else { throw .refused(.synchronize, path: path, code: errno) }
  }

  private static func synchronizeFolder(_ folder: String) throws(FileError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .refused(.synchronize, path: folder, code: errno) }
    defer { close(descriptor) }
    do {
      try synchronize(descriptor, path: folder)
    } catch {
      // Some file systems have nothing to synchronize in a folder and say so.
      guard case .refused(_, _, code: EINVAL) = error else { throw error }
    }
  }
}

/// The system's `write`, out of reach of the method of the same name.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  let largestCount = 1 << 30  // macOS refuses counts beyond 2³¹ − 1.
  return write(descriptor, buffer.baseAddress, min(buffer.count, largestCount))
}
