import Formats
import TestSupport

/// Pictures that hold every byte in no order, always the same ones.
enum Pictures {
  enum Kind: Hashable, Sendable {
    case grey, rgb
    case palette(Int)
  }

  static let kinds: [Kind] = [.grey, .rgb, .palette(7)]

  static func noise(_ kind: Kind, width: Int, height: Int, seed: UInt64) -> PixelImage {
    switch kind {
    case .grey: PixelImage(width: width, height: height, bytes: noiseBytes(width * height, seed: seed))
    case .rgb:
      PixelImage(
        width: width, height: height, colors: .rgb, bytes: noiseBytes(3 * width * height, seed: seed))
    case .palette(let count):
      PixelImage(
        width: width, height: height, colors: .palette(palette(count)),
        bytes: noiseBytes(width * height, below: count, seed: seed))
    }
  }

  static func palette(_ count: Int) -> [PixelImage.RGB] {
    (0..<count).map { (index: Int) -> PixelImage.RGB in
      PixelImage.RGB(UInt8(index), UInt8(255 - index), UInt8((index * 7) % 256))
    }
  }
}
