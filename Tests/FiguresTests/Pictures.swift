import Figures

/// Pictures that hold every byte in no order, always the same ones.
enum Pictures {
  enum Kind: Hashable, Sendable {
    case grey, rgb
    case palette(Int)
  }

  static let kinds: [Kind] = [.grey, .rgb, .palette(7)]

  /// Bytes below `limit`, by a linear congruence.
  static func bytes(_ count: Int, below limit: Int = 256, seed: UInt64) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8((state >> 40) % UInt64(limit))
    }
  }

  static func noise(_ kind: Kind, width: Int, height: Int, seed: UInt64) -> PixelImage {
    switch kind {
    case .grey: PixelImage(width: width, height: height, bytes: bytes(width * height, seed: seed))
    case .rgb:
      PixelImage(width: width, height: height, colors: .rgb, bytes: bytes(3 * width * height, seed: seed))
    case .palette(let count):
      PixelImage(
        width: width, height: height, colors: .palette(palette(count)),
        bytes: bytes(width * height, below: count, seed: seed))
    }
  }

  static func palette(_ count: Int) -> [PixelImage.RGB] {
    (0..<count).map { (index: Int) -> PixelImage.RGB in
      PixelImage.RGB(UInt8(index), UInt8(255 - index), UInt8((index * 7) % 256))
    }
  }
}
