import Foundation
import Primitives

/// System calls of which one kind can be made to fail, or to do half of its work.
public final class FailingCalls: Sendable {
  /// The kinds of calls that can fail.
  public enum Fault: CaseIterable, Sendable {
    case none, write, halfWrite, synchronize, rename
  }

  private let fault = Locked(Fault.none)
  private let renames = Locked(0)

  /// Creates calls that succeed.
  public init() {}

  /// Makes calls of one kind fail from now on.
  public func fail(_ new: Fault) { fault.withLock { $0 = new } }

  /// The number of renamed files.
  public var renameCount: Int { renames.withLock { $0 } }

  private func isFailing(_ some: Fault) -> Bool { fault.withLock { $0 == some } }

  /// The calls, for the code under test.
  public var calls: SystemCalls {
    let system = SystemCalls.system
    return SystemCalls(
      write: { descriptor, bytes in
        if self.isFailing(.halfWrite), bytes.count > 64 {
          return system.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2)))
        }
        guard !self.isFailing(.write), !self.isFailing(.halfWrite) else {
          errno = ENOSPC
          return -1
        }
        return system.write(descriptor, bytes)
      },
      synchronize: { descriptor in
        guard !self.isFailing(.synchronize) else {
          errno = EIO
          return -1
        }
        return system.synchronize(descriptor)
      },
      rename: { old, new in
        guard !self.isFailing(.rename) else {
          errno = EACCES
          return -1
        }
        self.renames.withLock { $0 += 1 }
        return system.rename(old, new)
      })
  }
}
