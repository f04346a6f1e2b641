#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The clocks of the system, in seconds.
public enum SystemClock {
  /// The time of a clock that is never set.
  public static func seconds() -> Double {
    #if canImport(Darwin)
      seconds(of: CLOCK_UPTIME_RAW)
    #else
      seconds(of: CLOCK_MONOTONIC)
    #endif
  }

  /// The processor time of the calling thread so far.
  public static func threadSeconds() -> Double { seconds(of: CLOCK_THREAD_CPUTIME_ID) }

  private static func seconds(of clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
