/// An encoder of GIF files (CompuServe, "Graphics Interchange Format", version 89a): full frames of up to 256
/// colours, lossless, repeated endlessly.
public enum GIF {
  /// Encodes `animation`.
  ///
  /// - Throws: `GIFFault` where the frames have more than 256 colours or a side exceeds 65,535 pixels.
  public static func encode(_ animation: Animation) throws(GIFFault) -> [UInt8] {
    let first = animation.frames[0]
    guard first.width <= 65_535, first.height <= 65_535 else {
      throw .tooLarge(width: first.width, height: first.height, frames: animation.frames.count)
    }
    let indexed = try IndexedFrames(animation.frames)
    let bits = max(1, bitCount(indexed.palette.count))
    var file = Array("GIF89a".utf8)
    file += littleEndian(first.width) + littleEndian(first.height)
    // A global table of 2^bits colours of 8 bits; background 0; square pixels.
    file += [0x80 | 0x70 | UInt8(bits - 1), 0, 0]
    file += indexed.palette.flatMap { [$0.red, $0.green, $0.blue] }
    file += [UInt8](repeating: 0, count: 3 * ((1 << bits) - indexed.palette.count))
    file += repetition
    for frame in indexed.frames {
      file += control(delay: animation.delay)
      file += [0x2C, 0, 0, 0, 0] + littleEndian(first.width) + littleEndian(first.height) + [0]
      // The minimum code size is 2.
      file += [UInt8(max(2, bits))] + blocks(LZW.encode(frame, bits: max(2, bits)))
    }
    return file + [0x3B]
  }

  /// The Netscape application extension for endless repetition.
  private static let repetition: [UInt8] =
    [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]

  /// The graphic control extension: duration, and replacement of the whole frame.
  private static func control(delay: Int) -> [UInt8] {
    let leavesInPlace: UInt8 = 1 << 2
    return [0x21, 0xF9, 4, leavesInPlace] + littleEndian(delay) + [0, 0]
  }

  /// Blocks of up to 255 bytes, each after its length, and the terminator.
  private static func blocks(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 255 + 2)
    for start in stride(from: 0, to: bytes.count, by: 255) {
      let block = bytes[start..<min(start + 255, bytes.count)]
      result.append(UInt8(block.count))
      result += block
    }
    return result + [0]
  }

  /// The number of bits of an index into `count` colours.
  private static func bitCount(_ count: Int) -> Int { Int.bitWidth - (count - 1).leadingZeroBitCount }

  private static func littleEndian(_ number: Int) -> [UInt8] {
    [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
  }
}

/// Frames as indices into one palette.
private struct IndexedFrames {
  let palette: [PixelImage.RGB]
  let frames: [[UInt8]]

  init(_ images: [PixelImage]) throws(GIFFault) {
    switch images[0].colors {
    case .grey:
      palette = (0...255).map { PixelImage.RGB($0, $0, $0) }
      frames = images.map(\.bytes)
    case .palette(let colors):
      palette = colors
      frames = images.map(\.bytes)
    case .rgb:
      var positions: [PixelImage.RGB: Int] = [:]
      var colors: [PixelImage.RGB] = []
      let found = images.map { image in
        stride(from: 0, to: image.bytes.count, by: 3).map { start in
          let color = PixelImage.RGB(image.bytes[start], image.bytes[start + 1], image.bytes[start + 2])
          let position = positions[color] ?? colors.count
          if position == colors.count {
            positions[color] = position
            colors.append(color)
          }
          return position
        }
      }
      guard colors.count <= 256 else { throw .tooManyColors(colors.count) }
      palette = colors
      frames = found.map { $0.map { UInt8($0) } }
    }
  }
}

/// A reason that an animation cannot be a GIF.
public enum GIFFault: Error, Sendable, Hashable {
  /// The width or height exceeds 65,535 pixels.
  case tooLarge(width: Int, height: Int, frames: Int)
  /// The frames have this many colours, more than 256.
  case tooManyColors(Int)
}

extension GIFFault: CustomStringConvertible {
  /// The message.
  public var description: String {
    switch self {
    case .tooLarge(let width, let height, let frames):
      frames > 1
        ? "\(frames) frames of \(width)×\(height) pixels are too many; use a smaller scale or fewer frames"
        : "\(width)×\(height) pixels are too many; use a smaller scale or fewer pictures"
    case .tooManyColors(let count): "a GIF holds 256 colours, not \(count)"
    }
  }
}
