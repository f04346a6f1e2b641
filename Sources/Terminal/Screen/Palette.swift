/// The fixed colours of xterm's palette: a cube of 6 × 6 × 6 colours, numbered 16 to 231, and 24 greys.
public enum Palette {
  /// The levels of red, green and blue in the cube.
  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
  /// The place in the cube of the level nearest to a byte.
  private static let places: [UInt8] = (0...255).map { byte in
    UInt8(levels.indices.min { abs(Int(levels[$0]) - byte) < abs(Int(levels[$1]) - byte) } ?? 0)
  }

  /// Red, green and blue of a number from 16 to 255.
  public static func components(of number: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
    guard number < 232 else {
      let grey = 8 + 10 * (number - 232)
      return (grey, grey, grey)
    }
    let place = Int(max(number, 16) - 16)
    return (levels[place / 36], levels[place / 6 % 6], levels[place % 6])
  }

  /// The number of the colour nearest to red, green and blue by the sum of the squared differences.
  public static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let inCube = 16 + 36 * places[Int(red)] + 6 * places[Int(green)] + places[Int(blue)]
    let sum = Int(red) + Int(green) + Int(blue)
    // The nearest grey is that nearest to the mean: a third of the sum, of which 8 + 10·n is the nearest.
    let grey = UInt8(232 + min(23, max(0, (sum - 9) / 30)))
    let color = (red, green, blue)
    return distance(color, components(of: inCube)) <= distance(color, components(of: grey)) ? inCube : grey
  }

  private static func distance(
    _ a: (UInt8, UInt8, UInt8), _ b: (red: UInt8, green: UInt8, blue: UInt8)
  ) -> Int {
    func square(_ a: UInt8, _ b: UInt8) -> Int { (Int(a) - Int(b)) * (Int(a) - Int(b)) }
    return square(a.0, b.red) + square(a.1, b.green) + square(a.2, b.blue)
  }
}
