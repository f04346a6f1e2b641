/// A sentence about a data set that was read: what was taken, and how.
public struct DataRemark: Sendable, Equatable {
  /// The sentence.
  public let text: String
  /// True for a change of the images, or advice to change them: the explorer shows it at once.
  public let isProminent: Bool

  /// Creates a remark.
  public init(_ text: String, isProminent: Bool = false) {
    (self.text, self.isProminent) = (text, isProminent)
  }
}
