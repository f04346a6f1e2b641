/// A tensor in row-major order under its PyTorch name.
public struct NamedTensor: Sendable, Hashable {
  /// The name, such as `decoder.0.weight`.
  public var name: String
  /// The extent of each dimension; a dense layer's weight is `[outputs, inputs]`.
  public var shape: [Int]
  /// The values in row-major order; their count is the product of `shape`.
  public var values: [Float]

  /// Creates a tensor; the count of `values` must be the product of `shape`.
  public init(name: String, shape: [Int], values: [Float]) {
    precondition(
      values.count == shape.reduce(1, *), "\(name): \(values.count) values do not fill the shape \(shape)")
    self.name = name
    self.shape = shape
    self.values = values
  }
}
