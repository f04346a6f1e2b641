import Foundation

/// A data set of turned rectangles in random colours of 64 × 64 pixels, as a NumPy array.
enum ColouredPictures {
  static let side = 64

  /// Writes `count` pictures to a file.
  static func write(_ count: Int, to path: String) throws {
    let shape = "(\(count), \(side), \(side), 3)"
    let text = "{'descr': '|u1', 'fortran_order': False, 'shape': \(shape), }"
    // Ten bytes, the text and a line break fill multiples of 64 bytes.
    let padding = String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64)
    let header = text + padding + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)] + Array(header.utf8)
    bytes.reserveCapacity(bytes.count + count * side * side * 3)
    for number in 0..<count { bytes += picture(number) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  /// The bytes of a picture, a pure function of its number.
  private static func picture(_ number: Int) -> [UInt8] {
    var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(1 << 53)
    }
    let color = (0..<3).map { _ in 80 + 175 * random() }
    let (angle, long, short) = (2 * Double.pi * random(), 14 + 10 * random(), 5 + 5 * random())
    return (0..<side * side).flatMap { place -> [UInt8] in
      let (x, y) = (Double(place % side) - 31.5, Double(place / side) - 31.5)
      let (along, across) = (x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle))
      let isInside = along > -short && along < long && abs(across) < short
      // The background is a slope, so that every pixel changes when the picture is turned.
      return color.map { UInt8(isInside ? $0 : 30 + 25 * (1 + (along + across) / 91)) }
    }
  }
}
