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

  /// The remark about `--subset count`.
  ///
  /// - Parameter manner: the choice of the images, such as `the first ones`.
  public init(subset count: Int, of total: Int, chosen manner: String) {
    self.init(
      count < total
        ? "a subset of \(count) of \(total) images, \(manner)"
        : "all \(total) images; --subset \(count) leaves out none")
  }
}
