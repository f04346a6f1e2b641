import ArgumentParser

/// A path on the command line.
enum PathArgument {
  /// The path as it stands, which must not be empty: an unset variable of a shell would name the root or the
  /// current folder.
  static func parse(_ text: String) throws -> String {
    guard !text.isEmpty else { throw ValidationError("A path must not be empty.") }
    return text
  }
}
