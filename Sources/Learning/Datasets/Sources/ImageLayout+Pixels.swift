import Formats

/// The arrangement of stored bytes for readers: row by row, the values of a pixel adjacent.
extension ImageLayout {
  /// The bytes of whole images, interleaved; `background` shows through transparent pixels.
  func interleaved(_ bytes: [UInt8], over background: UInt8) -> [UInt8] {
    guard isTransposed || isPlanar && channels > 1 || channels == 4 else { return bytes }
    let offsets = offsets
    let images = bytes.count / valueCount
    let pixelCount = width * height
    let stored = channels == 4 ? 3 : channels
    return [UInt8](unsafeUninitializedCapacity: images * pixelCount * stored) { target, filled in
      for image in 0..<images {
        let start = image * valueCount
        for pixel in 0..<pixelCount {
          let place = start + offsets.pixel * pixelOffset(pixel)
          for channel in 0..<stored {
            let value = bytes[place + channel * offsets.channel]
            target[filled] =
              channels == 4
              ? PixelImage.composited(value, over: background, alpha: bytes[place + 3 * offsets.channel])
              : value
            filled += 1
          }
        }
      }
    }
  }

  /// The distances between stored pixels and between the values of a pixel.
  private var offsets: (pixel: Int, channel: Int) {
    isPlanar ? (1, width * height) : (channels, 1)
  }

  /// The stored place of a pixel.
  private func pixelOffset(_ pixel: Int) -> Int {
    guard isTransposed else { return pixel }
    let (row, column) = (pixel / width, pixel % width)
    return column * height + row
  }
}
