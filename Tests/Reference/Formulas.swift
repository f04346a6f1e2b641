/// The formulas of README.md, which give the goldens' weights and images.
public enum Formulas {
  /// The number of images, and the side of one in pixels.
  public static let imageCount = 8, side = 28

  /// SplitMix64's finaliser.
  public static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// 64 bits for one entry of a tensor.
  public static func hash(tensor: Int, index: Int) -> UInt64 {
    mix(UInt64(tensor) &* 1_000_003 &+ UInt64(index) &+ 1)
  }

  /// A number in [0, 1) with 24 bits.
  public static func unit(tensor: Int, index: Int) -> Double {
    Double(hash(tensor: tensor, index: index) >> 40) * 0x1p-24
  }

  /// The entries of a weight or bias: tensor number `tensor` of a network, in a layer with `fanIn` inputs.
  public static func weights(tensor: Int, count: Int, fanIn: Int) -> [Float] {
    let root = Double(fanIn).squareRoot()
    return (0..<count).map { Float((2 * unit(tensor: tensor, index: $0) - 1) / root) }
  }

  /// The 784 bytes of image `number`: two elliptic blobs.
  public static func image(_ number: Int) -> [UInt8] {
    func blob(_ x: Int, _ y: Int, _ a: Int, _ c: Int, reach: Int) -> Int {
      255 * max(0, reach - a * x * x - c * y * y) / reach
    }
    return (0..<side * side).map { place in
      let (x, y) = (place % side, place / side)
      let first = blob(
        x - (10 + 3 * number % 8), y - (9 + 5 * number % 7), 4, 9, reach: 400 + 30 * number)
      let second = blob(
        x - (17 - number % 5), y - (19 - 2 * number % 6), 9, 4, reach: 150 + 10 * number)
      return UInt8(min(255, first + second))
    }
  }

  /// Radians by which image `number` is turned.
  public static func angle(_ number: Int) -> Double { 0.7 * Double(number) + 0.3 }
}
