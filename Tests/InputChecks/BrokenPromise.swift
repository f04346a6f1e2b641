/// A broken guarantee of a reader of external input.
public struct BrokenPromise: Error, Equatable, CustomStringConvertible {
  /// The promise and how it was broken, in a sentence.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Throws the sentence unless `isKept`.
func promise(_ isKept: Bool, _ sentence: @autoclosure () -> String) throws(BrokenPromise) {
  guard isKept else { throw BrokenPromise(sentence()) }
}
