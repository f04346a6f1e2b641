import Foundation

/// The options of the tests' sanitizer, which are passed on to the programs that tests start: the destination of
/// reports, and the signals that the program handles.
public enum SanitizerOptions {
  /// The variables of the environment; none where the tests run without a sanitizer.
  public static let environment = ProcessInfo.processInfo.environment.filter { variable in
    ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains(variable.key)
  }
}
