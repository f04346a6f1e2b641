#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The calls with which a file is published: the system's, or a test's that fail.
///
/// Each returns what the system's returns and sets `errno`.
public struct SystemCalls: Sendable {
  /// Writes some of the bytes to a descriptor; how many.
  public var write: @Sendable (Int32, UnsafeRawBufferPointer) -> Int
  /// Waits until what was written to a descriptor outlasts a loss of power.
  public var synchronize: @Sendable (Int32) -> Int32
  /// Gives the file at the first path the second one's name.
  public var rename: @Sendable (String, String) -> Int32

  /// The system's own calls.
  public static let system = SystemCalls(
    write: { descriptor, buffer in
      let largestCount = 1 << 30  // macOS refuses counts beyond 2³¹ − 1.
      return systemWrite(descriptor, buffer.baseAddress, min(buffer.count, largestCount))
    },
    synchronize: { descriptor in
      #if canImport(Darwin)
        // There, fsync leaves the bytes in the drive's cache. Not every file system knows better.
        if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
      #endif
      return fsync(descriptor)
    },
    rename: { systemRename($0, $1) })
}

// The system's functions, out of reach of the members of the same names.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
private func systemRename(_ old: String, _ new: String) -> Int32 { rename(old, new) }
