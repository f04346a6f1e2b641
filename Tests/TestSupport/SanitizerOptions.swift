import Foundation

/// What the sanitizer below which the tests run has been told, which programs that tests start must be told as
/// well: where reports go, and which signals are the program's own.
public enum SanitizerOptions {
  /// The variables of the environment; none where the tests run without a sanitizer.
  public static let environment = ProcessInfo.processInfo.environment.filter { variable in
    ["ASAN_OPTIONS", "TSAN_OPTIONS"].contains(variable.key)
  }
}
