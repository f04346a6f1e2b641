import Primitives

extension ImageShape {
  /// The extents of an image in arrays: height and width, and 3 for colours.
  public var arrayExtents: [Int] { [height, width] + (isColour ? [channels] : []) }

  /// Images whose pixels' channels stand side by side, as in arrays, as planes.
  public func planes(of values: [Float]) -> [Float] {
    rearranged(values) { pixel, channel in (pixel * channels + channel, channel * pixelCount + pixel) }
  }

  /// Images in planes as arrays have them, with a pixel's channels side by side.
  public func interleaved(_ values: [Float]) -> [Float] {
    rearranged(values) { pixel, channel in (channel * pixelCount + pixel, pixel * channels + channel) }
  }

  /// Whole images with each value moved; grey images are unchanged.
  private func rearranged(
    _ values: [Float], _ places: (_ pixel: Int, _ channel: Int) -> (from: Int, to: Int)
  ) -> [Float] {
    guard isColour else { return values }
    var result = [Float](repeating: 0, count: values.count)
    for start in stride(from: 0, to: values.count, by: valueCount) {
      for pixel in 0..<pixelCount {
        for channel in 0..<channels {
          let (from, to) = places(pixel, channel)
          result[start + to] = values[start + from]
        }
      }
    }
    return result
  }
}
