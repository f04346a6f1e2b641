import ArgumentParser

/// Whole numbers with commas between them, such as `25,20,20`.
struct NumberList: ExpressibleByArgument, Equatable {
  let numbers: [Int]

  init(_ numbers: [Int]) {
    self.numbers = numbers
  }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { return nil }
    self.numbers = numbers
  }

  var defaultValueDescription: String { numbers.map(String.init).joined(separator: ",") }
}

/// A path on the command line.
enum PathArgument {
  /// Returns the path unchanged; throws if it is empty, as an unset shell variable would otherwise name the
  /// root or the current folder.
  static func parse(_ text: String) throws -> String {
    guard !text.isEmpty else { throw ValidationError("A path must not be empty.") }
    return text
  }
}

/// Throws a usage error for a number of threads outside 1…256.
func validateThreads(_ threads: Int) throws {
  guard (1...256).contains(threads) else {
    throw ValidationError("--threads takes a whole number from 1 to 256.")
  }
}
