import CKernels

/// The treatment of subnormal numbers by the calling thread.
///
/// Many processors need a hundred cycles and more for an operation with a subnormal number, and the moments of
/// weights without a gradient decay to such numbers. A thread that flushes them reads and writes zeros instead.
/// The mode belongs to the thread: others keep theirs, but on Linux a thread starts with its creator's.
public enum SubnormalNumbers {
  /// A Boolean value that says if the calling thread takes subnormal numbers for zeros.
  public static var areFlushed: Bool {
    let mode = ck_float_mode()
    return ck_flushing_float_mode(mode) == mode
  }

  /// Makes the calling thread flush subnormal numbers from now on; for threads that do nothing but train.
  public static func flush() {
    ck_set_float_mode(ck_flushing_float_mode(ck_float_mode()))
  }

  /// Runs `body` with subnormal numbers flushed, and restores the calling thread's mode.
  ///
  /// Not inlined: the compiler may move arithmetic, but not calls, across a change of the mode.
  @inline(never)
  public static func flushed<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let mode = ck_float_mode()
    ck_set_float_mode(ck_flushing_float_mode(mode))
    defer { ck_set_float_mode(mode) }
    return try body()
  }
}
