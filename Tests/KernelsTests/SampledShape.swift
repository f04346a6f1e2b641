import Foundation
import KernelCases
import Testing

@testable import Kernels

/// An image shape of the sampling tests, with the values that sampling should give.
struct SampledShape: Sendable, CustomTestStringConvertible {
  let width, height: Int
  var channels = 1

  /// The sizes of the table of cases, and two in colour.
  static let all =
    ImageSize.all.map { SampledShape(width: $0.width, height: $0.height) }
    + [SampledShape(width: 9, height: 13, channels: 3), SampledShape(width: 64, height: 64, channels: 3)]

  var testDescription: String { "\(width)×\(height)×\(channels)" }
  var pixelCount: Int { width * height }
  var valueCount: Int { pixelCount * channels }
  var grid: PixelGrid { PixelGrid(width: width, height: height, channels: channels) }
  /// The longer side ÷ 28: coordinates are rounded in proportion to their size.
  var scale: Double { max(1, Double(max(width, height)) / 28) }

  /// Turned, scaled, sheared and shifted maps; some leave the image in part.
  var maps: [SamplingMap] {
    (0..<(pixelCount > 2000 ? 4 : 8)).map { step in
      let angle = 0.83 * Double(step) + 0.21
      let factor = 0.6 + 0.13 * Double(step)
      let (dx, dy) = (1.37 * Double(step) - 4.19, 2.97 - 0.73 * Double(step))
      return (
        Float(cos(angle) * factor), Float(-sin(angle) * factor), Float(dx * Double(width) / 28),
        Float(sin(angle) * factor + 0.07), Float(cos(angle) * factor), Float(dy * Double(height) / 28)
      )
    }
  }

  /// The source index of each pixel.
  func places(_ map: [Double]) -> [(x: Double, y: Double)] {
    let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    return (0..<pixelCount).map { index in
      let (x, y) = (Double(index % width) - middleX, Double(index / width) - middleY)
      return (
        map[0] * x + map[1] * y + map[2] + middleX, map[3] * x + map[4] * y + map[5] + middleY
      )
    }
  }

  /// The value of each plane's pixels through `map`, in `Double`.
  func expected(_ image: [Float], _ map: [Double], _ interpolation: Interpolation = .bilinear) -> [Double] {
    let places = places(map)
    return (0..<channels).flatMap { channel in
      let plane = Array(image[channel * pixelCount..<(channel + 1) * pixelCount])
      return places.map { x, y in
        Reference.value(of: plane, width: width, height: height, x: x, y: y, interpolation: interpolation)
      }
    }
  }

  func matrix(rows: Int = 1) -> Matrix { Matrix(rows: rows, columns: valueCount) }
}

/// The six entries of a map in order.
func entries(_ map: SamplingMap) -> [Double] {
  [map.xx, map.xy, map.x0, map.yx, map.yy, map.y0].map(Double.init)
}

/// The largest difference between two arrays; infinite if one of the values is not a number.
func largestDifference(_ one: [Float], _ other: [Double]) -> Double {
  zip(one, other).reduce(one.count == other.count ? 0 : .infinity) {
    let difference = abs(Double($1.0) - $1.1)
    return difference.isNaN ? .infinity : max($0, difference)
  }
}
