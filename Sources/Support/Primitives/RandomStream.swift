#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A counter-based random generator: the value at a position depends on the key and the position alone.
///
/// Streams are identified by a seed and a path of numbers (a purpose, a phase, an epoch, …). Streams with
/// different identifiers are independent, and positions can be read in any order, so that the angle of image
/// `i` in epoch `e` does not depend on batch size or thread count.
///
///     let angles = RandomStream(seed: 1, [2, phase, epoch])
///     let angle = angles.uniform(at: imageIndex) * 2 * .pi
///
/// Key and position are mixed by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable {
  private let key: UInt64
  /// The position of the next value.
  public var position: UInt64 = 0

  /// The stream identified by `seed` and `path`.
  public init(seed: UInt64, _ path: [UInt64] = []) {
    var key = Self.mix(seed &+ Self.increment)
    for element in path {
      key = Self.mix(key ^ Self.mix(element &+ Self.increment))
    }
    self.key = key
  }

  /// The 64 random bits at `position`.
  public func bits(at position: UInt64) -> UInt64 {
    Self.mix(key &+ (position &+ 1) &* Self.increment)
  }

  /// A number in [0, 1) with 53 random bits.
  public func uniform(at position: Int) -> Double {
    Self.unit(bits(at: UInt64(bitPattern: Int64(position))))
  }

  /// Returns the 64 random bits at the current position and advances it by one.
  public mutating func next() -> UInt64 {
    defer { position &+= 1 }
    return bits(at: position)
  }

  /// Returns the next number in [0, 1).
  public mutating func uniform() -> Double {
    Self.unit(next())
  }

  /// Returns the next number in `range`.
  public mutating func uniform(in range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// Returns the next number of the standard normal distribution (Box–Muller transform).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private static func unit(_ bits: UInt64) -> Double {
    Double(bits >> 11) * 0x1p-53
  }
}
