import Foundation
import Primitives
import Testing

@testable import Kernels

/// Sampling images of numbers, and the way back.
@Suite struct NumberSamplingTests {
  /// Widths and heights, with numbers of pixels that fill vectors and that do not.
  static let sizes = [(28, 28), (16, 16), (30, 24), (17, 13), (19, 30), (16, 1)]
  private static let outside: SamplingMap = (1, 0, 1e9, 0, 1, -1e9)
  private static let noNumbers: [SamplingMap] = [
    (.nan, .nan, .nan, .nan, .nan, .nan), (1, 0, .nan, 0, 1, 0), (1, 0, 0, 0, 1, .nan),
    (.infinity, -.infinity, .nan, 1e30, -1e30, .infinity), (1e30, 0, 0, 0, 1e30, 0),
  ]

  /// Turned, scaled, sheared and shifted maps; some leave the image in part.
  private static let maps: [SamplingMap] = (0..<8).map { step in
    let angle = 0.83 * Double(step) + 0.21
    let scale = 0.6 + 0.13 * Double(step)
    return (
      Float(cos(angle) * scale), Float(-sin(angle) * scale), 1.37 * Float(step) - 4.19,
      Float(sin(angle) * scale + 0.07), Float(cos(angle) * scale), 2.97 - 0.73 * Float(step)
    )
  }

  /// The value of each pixel through `map`, in `Double`.
  private func expected(_ image: [Float], _ width: Int, _ map: [Double]) -> [Double] {
    places(width, image.count / width, map).map { x, y in
      Reference.value(
        of: image, width: width, height: image.count / width, x: x, y: y, interpolation: .bilinear)
    }
  }

  /// The source index of each pixel.
  private func places(_ width: Int, _ height: Int, _ map: [Double]) -> [(x: Double, y: Double)] {
    (0..<width * height).map { index in
      let (x, y) = (
        Double(index % width) - Double(width - 1) / 2, Double(index / width) - Double(height - 1) / 2
      )
      return (
        map[0] * x + map[1] * y + map[2] + Double(width - 1) / 2,
        map[3] * x + map[4] * y + map[5] + Double(height - 1) / 2
      )
    }
  }

  private func entries(_ map: SamplingMap) -> [Double] {
    [map.xx, map.xy, map.x0, map.yx, map.yy, map.y0].map(Double.init)
  }

  @Test(arguments: KernelVariant.available, sizes)
  func anyMapMatchesTheReference(variant: KernelVariant, size: (width: Int, height: Int)) {
    let count = size.width * size.height
    let grid = PixelGrid(width: size.width, height: size.height)
    // Matrices may have more columns than there are pixels, and those are left alone.
    let (source, out) = (Matrix(rows: 3, columns: count + 5), Matrix(rows: 3, columns: count + 5))
    let image = pattern(count, salt: 3)
    source.setRow(1, to: image + [Float](repeating: 1000, count: 5))
    for map in Self.maps {
      variant.sample(source, through: map, on: grid, into: out, row: 1)
      for (value, expected) in zip(out.row(1), expected(image, size.width, entries(map))) {
        #expect(abs(Double(value) - expected) < 3e-5)
      }
      for row in [0, 2] { #expect(out.row(row).allSatisfy { $0 == 0 }) }
      #expect(out.row(1)[count...].allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: KernelVariant.available)
  func theIdentityIsExact(variant: KernelVariant) {
    let grid = PixelGrid(width: 28, height: 28)
    let (source, out) = (Matrix(rows: 1, columns: 784), Matrix(rows: 1, columns: 784))
    source.setRow(0, to: pattern(784, salt: 1))
    variant.sample(source, through: (1, 0, 0, 0, 1, 0), on: grid, into: out, row: 0)
    #expect(out.row(0) == source.row(0))
  }

  @Test(arguments: KernelVariant.available, sizes)
  func outsideAndNotANumberGiveZeros(variant: KernelVariant, size: (width: Int, height: Int)) {
    let count = size.width * size.height
    let grid = PixelGrid(width: size.width, height: size.height)
    let (source, out) = (Matrix(rows: 1, columns: count), Matrix(rows: 1, columns: count))
    source.setRow(0, to: pattern(count, salt: 1))
    for map in [Self.outside, Self.noNumbers[0]] {
      out.setRow(0, to: [Float](repeating: 7, count: count))
      variant.sample(source, through: map, on: grid, into: out, row: 0)
      #expect(out.row(0).allSatisfy { $0 == 0 })
    }
    for map in Self.noNumbers {
      variant.sample(source, through: map, on: grid, into: out, row: 0)
      #expect(out.row(0).allSatisfy { $0.isFinite })
    }
  }

  /// ⟨g, S x⟩ = ⟨Sᵀ g, x⟩: what the forward pass takes from a pixel is what it gets back.
  @Test(arguments: KernelVariant.available, [(28, 28), (16, 16), (30, 24), (20, 4)])
  func theSourceGradientIsTheTranspose(variant: KernelVariant, size: (width: Int, height: Int)) {
    let count = size.width * size.height
    let grid = PixelGrid(width: size.width, height: size.height)
    let matrices = (0..<4).map { _ in Matrix(rows: 2, columns: count) }
    let (source, out, gradient, back) = (matrices[0], matrices[1], matrices[2], matrices[3])
    source.setRow(1, to: pattern(count, salt: 5))
    gradient.setRow(1, to: pattern(count, salt: 6))
    func dot(_ one: Matrix, _ other: Matrix) -> (sum: Double, absolute: Double) {
      let products = zip(one.row(1), other.row(1)).map { Double($0) * Double($1) }
      return (products.reduce(0, +), products.reduce(0) { $0 + abs($1) })
    }
    for map in Self.maps {
      // Previous contents are replaced.
      back.setRow(1, to: [Float](repeating: 3, count: count))
      variant.sample(source, through: map, on: grid, into: out, row: 1)
      _ = variant.sampleBackward(gradient, source: source, through: map, on: grid, into: back, row: 1)
      let (forward, backward) = (dot(gradient, out), dot(back, source))
      #expect(abs(forward.sum - backward.sum) < 3e-6 * forward.absolute)
      #expect(back.row(0).allSatisfy { $0 == 0 })
    }
    // Each pixel by itself through the second map.
    let map = Self.maps[1]
    _ = variant.sampleBackward(gradient, source: source, through: map, on: grid, into: back, row: 1)
    for pixel in stride(from: 0, to: count, by: 37) {
      let single = (0..<count).map { Float($0 == pixel ? 1 : 0) }
      let expected = zip(expected(single, size.width, entries(map)), gradient.row(1))
        .reduce(0) { $0 + $1.0 * Double($1.1) }
      #expect(abs(Double(back[1, pixel]) - expected) < 1e-5)
    }
  }

  /// The mean over an image is quadratic between kinks, so that a difference is exact there.
  @Test(arguments: KernelVariant.available, [(28, 28), (16, 16), (30, 24)])
  func theMapsGradientMatchesCentralDifferences(
    variant: KernelVariant, size: (width: Int, height: Int)
  ) {
    let count = size.width * size.height
    let grid = PixelGrid(width: size.width, height: size.height)
    let (source, gradient, back) = (
      Matrix(rows: 1, columns: count), Matrix(rows: 1, columns: count), Matrix(rows: 1, columns: count)
    )
    // The image is bright to its edges, where it meets the zeros outside.
    let image = pattern(count, salt: 8).map { 1 + $0 / 2 }
    source.setRow(0, to: image)
    gradient.setRow(0, to: pattern(count, salt: 9))
    let step = 1e-7
    for map in Self.maps {
      let found = entries(
        variant.sampleBackward(gradient, source: source, through: map, on: grid, into: back, row: 0))
      var slopes: [Double] = []
      for entry in 0..<6 {
        var (above, below) = (entries(map), entries(map))
        above[entry] += step
        below[entry] -= step
        func corners(_ map: [Double]) -> [[Int]] {
          places(size.width, size.height, map).map { [Int($0.rounded(.down)), Int($1.rounded(.down))] }
        }
        #expect(corners(above) == corners(below), "a place crosses a kink")
        let values = [above, below].map { map in
          zip(expected(image, size.width, map), gradient.row(0)).reduce(0) { $0 + $1.0 * Double($1.1) }
        }
        slopes.append((values[0] - values[1]) / (2 * step))
      }
      // The four factors reach across the image, the two offsets are one pixel's.
      let reach = Double(size.width)
      for (entry, (value, slope)) in zip(found, slopes).enumerated() {
        let scale = [2, 5].contains(entry) ? 1 : reach
        #expect(abs(value - slope) < 2e-4 * scale, "entry \(entry): \(value) is not \(slope)")
      }
    }
  }

  /// A place that lies beyond the border does not come nearer by a small step: its derivative is 0.
  @Test(arguments: KernelVariant.available)
  func theDerivativeBeyondTheBorderIsZero(variant: KernelVariant) {
    let grid = PixelGrid(width: 16, height: 16)
    let (source, gradient, back) = (
      Matrix(rows: 1, columns: 256), Matrix(rows: 1, columns: 256), Matrix(rows: 1, columns: 256)
    )
    source.setRow(0, to: [Float](repeating: 1, count: 256))
    gradient.setRow(0, to: [Float](repeating: 1, count: 256))
    let directions: [SamplingMap] = [
      (1, 0, 40, 0, 1, 0), (1, 0, -40, 0, 1, 0), (1, 0, 0, 0, 1, 40), (1, 0, 0, 0, 1, -40),
      (1, 0, 40, 0, 1, -40), Self.outside,
    ]
    for map in directions {
      back.setRow(0, to: [Float](repeating: 9, count: 256))
      let found = variant.sampleBackward(gradient, source: source, through: map, on: grid, into: back, row: 0)
      #expect(entries(found) == [0, 0, 0, 0, 0, 0])
      #expect(back.row(0).allSatisfy { $0 == 0 })
    }
    // Half a pixel beyond the first column there is one: the ramp from the zeros outside to the image.
    let ramp = variant.sampleBackward(
      gradient, source: source, through: (0, 0, -8, 0, 0, 0), on: grid, into: back, row: 0)
    #expect(entries(ramp) == [0, 0, 256, 0, 0, 0])
    for map in Self.noNumbers {
      _ = variant.sampleBackward(gradient, source: source, through: map, on: grid, into: back, row: 0)
    }
    let nothing = variant.sampleBackward(
      gradient, source: source, through: Self.noNumbers[0], on: grid, into: back, row: 0)
    #expect(entries(nothing) == [0, 0, 0, 0, 0, 0])
  }
}
