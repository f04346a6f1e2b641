#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The system calls that write a file and move it into place; tests replace them by failing ones.
///
/// Each returns what the system call returns and sets `errno`.
public struct SystemCalls: Sendable {
  /// Writes bytes to a descriptor; returns the number written.
  public var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int
  /// Flushes a descriptor to the disk.
  public var synchronize: @Sendable (Int32) -> Int32
  /// Renames the first path to the second.
  public var rename: @Sendable (String, String) -> Int32

  /// Creates the calls from their replacements.
  package init(
    write: @escaping @Sendable (Int32, UnsafeRawBufferPointer) -> Int,
    synchronize: @escaping @Sendable (Int32) -> Int32, rename: @escaping @Sendable (String, String) -> Int32
  ) {
    (self.write, self.synchronize, self.rename) = (write, synchronize, rename)
  }

  /// The operating system's calls.
  public static let system = SystemCalls(
    write: { descriptor, buffer in
      let largestCount = 1 << 30  // macOS refuses counts beyond 2³¹ − 1.
      return systemWrite(descriptor, buffer.baseAddress, min(buffer.count, largestCount))
    },
    synchronize: { descriptor in
      #if canImport(Darwin)
        // On macOS, fsync leaves the bytes in the drive's cache; not every file system supports F_FULLFSYNC.
        if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
      #endif
      return fsync(descriptor)
    },
    rename: { systemRename($0, $1) })
}

// The system's functions, whose names the members hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func systemRename(_ old: String, _ new: String) -> Int32 { rename(old, new) }
