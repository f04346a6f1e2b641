import Primitives

@testable import Datasets

/// The bytes of IDX files, sound ones unless told otherwise.
enum IDXFile {
  static func header(type: UInt8 = 0x08, _ dimensions: [UInt32]) -> [UInt8] {
    [0, 0, type, UInt8(dimensions.count)]
      + dimensions.flatMap { dimension in
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: dimension >> (8 * UInt32($0))) }
      }
  }

  /// `count` images whose pixels differ from image to image and from pixel to pixel.
  static func pixels(_ count: Int) -> [UInt8] {
    (0..<count * ImageShape.mnist.pixelCount).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 784) }
  }

  static func images(_ count: Int) -> [UInt8] {
    header([UInt32(count), 28, 28]) + pixels(count)
  }

  static func labels(_ labels: [UInt8]) -> [UInt8] {
    header([UInt32(labels.count)]) + labels
  }
}
