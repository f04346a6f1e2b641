import ArgumentParser

/// A path on the command line.
enum PathArgument {
  /// Returns the path unchanged; throws if it is empty, as an unset shell variable would otherwise name the
  /// root or the current folder.
  static func parse(_ text: String) throws -> String {
    guard !text.isEmpty else { throw ValidationError("A path must not be empty.") }
    return text
  }
}
