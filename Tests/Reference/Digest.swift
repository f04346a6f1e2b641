/// A few numbers that stand for a whole tensor in row-major order.
public struct Digest: Decodable, Sendable {
  /// The number of elements.
  public let count: Int
  /// The sum of the entries and the root of the sum of their squares.
  public let sum, norm: Double
  /// Four sums of the entries with signs by formula.
  public let projections: [Double]
  /// Up to eight places, and the entries there.
  public let indices: [Int], values: [Double]

  /// The largest difference of a tensor from the digest.
  ///
  /// Sum, norm and projections are relative to the digest's norm; single entries to the root mean square.
  /// It is infinite if the tensor has another count or an entry that is not a number.
  public func deviation(of tensor: [Float]) -> Double {
    guard tensor.count == count, norm > 0 else { return .infinity }
    var (sum, squares, projections) = (0.0, 0.0, [0.0, 0.0, 0.0, 0.0])
    for (index, value) in tensor.enumerated() {
      let value = Double(value)
      sum += value
      squares += value * value
      let signs = Self.signs[index]
      for place in 0..<4 { projections[place] += signs >> UInt64(place) & 1 == 1 ? -value : value }
    }
    let whole = Goldens.largestDifference(
      [sum, squares.squareRoot()] + projections, [self.sum, norm] + self.projections)
    let entries = Goldens.largestDifference(indices.map { Double(tensor[$0]) }, values)
    return max(whole / norm, entries / (norm / Double(count).squareRoot()))
  }

  /// The four sign bits of each place; the article's largest tensor has 784 × 256 entries.
  private static let signs = (0..<784 * 256).map { Formulas.hash(tensor: 1000, index: $0) >> 60 }
}

extension Goldens {
  /// The largest difference of two lists, relative to the root mean square of the first.
  ///
  /// It is infinite if the lists differ in length or an entry is not a number.
  public static func deviation(_ golden: [Double], _ values: [Double]) -> Double {
    let scale = (golden.reduce(0) { $0 + $1 * $1 } / Double(golden.count)).squareRoot()
    return largestDifference(golden, values) / (scale > 0 ? scale : 1)
  }

  static func largestDifference(_ golden: [Double], _ values: [Double]) -> Double {
    guard golden.count == values.count, values.allSatisfy(\.isFinite) else { return .infinity }
    return zip(golden, values).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
