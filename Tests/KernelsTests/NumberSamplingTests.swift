import Foundation
import Testing

@testable import Kernels

/// Sampling images of numbers, and the way back.
@Suite struct NumberSamplingTests {
  private static let outside: SamplingMap = (1, 0, 1e9, 0, 1, -1e9)
  private static let noNumbers: [SamplingMap] = [
    (.nan, .nan, .nan, .nan, .nan, .nan), (1, 0, .nan, 0, 1, 0), (1, 0, 0, 0, 1, .nan),
    (.infinity, -.infinity, .nan, 1e30, -1e30, .infinity), (1e30, 0, 0, 0, 1e30, 0),
  ]

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func anyMapMatchesTheReference(variant: KernelVariant, shape: SampledShape) {
    let count = shape.valueCount
    // Matrices may have more columns than there are values, and those are left alone.
    let (source, out) = (Matrix(rows: 3, columns: count + 5), Matrix(rows: 3, columns: count + 5))
    let image = pattern(count, salt: 3)
    source.setRow(1, to: image + [Float](repeating: 1000, count: 5))
    for map in shape.maps {
      variant.sample(source, through: map, on: shape.grid, into: out, row: 1)
      let difference = largestDifference(Array(out.row(1)[..<count]), shape.expected(image, entries(map)))
      #expect(difference < 3e-5 * shape.scale, "\(map)")
      for row in [0, 2] { #expect(out.row(row).allSatisfy { $0 == 0 }) }
      #expect(out.row(1)[count...].allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func theIdentityIsExact(variant: KernelVariant, shape: SampledShape) {
    let (source, out) = (shape.matrix(rows: 2), shape.matrix(rows: 2))
    source.setRow(0, to: pattern(shape.valueCount, salt: 1))
    variant.sample(source, at: 0, through: (1, 0, 0, 0, 1, 0), on: shape.grid, into: out, row: 1)
    #expect(out.row(1) == source.row(0))
    #expect(out.row(0).allSatisfy { $0 == 0 })
  }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func outsideAndNotANumberGiveZeros(variant: KernelVariant, shape: SampledShape) {
    let (source, out) = (shape.matrix(), shape.matrix())
    source.setRow(0, to: pattern(shape.valueCount, salt: 1))
    for map in [Self.outside, Self.noNumbers[0]] {
      out.setRow(0, to: [Float](repeating: 7, count: shape.valueCount))
      variant.sample(source, through: map, on: shape.grid, into: out, row: 0)
      #expect(out.row(0).allSatisfy { $0 == 0 })
    }
    for map in Self.noNumbers {
      variant.sample(source, through: map, on: shape.grid, into: out, row: 0)
      #expect(out.row(0).allSatisfy { $0.isFinite })
    }
  }

  /// ⟨g, S x⟩ = ⟨Sᵀ g, x⟩: what the forward pass takes from a pixel is what it gets back.
  @Test(arguments: KernelVariant.available, SampledShape.all)
  func theSourceGradientIsTheTranspose(variant: KernelVariant, shape: SampledShape) {
    let (count, grid) = (shape.valueCount, shape.grid)
    let matrices = (0..<4).map { _ in shape.matrix(rows: 2) }
    let (source, out, gradient, back) = (matrices[0], matrices[1], matrices[2], matrices[3])
    source.setRow(1, to: pattern(count, salt: 5))
    gradient.setRow(1, to: pattern(count, salt: 6))
    func dot(_ one: Matrix, _ other: Matrix) -> (sum: Double, absolute: Double) {
      let products = zip(one.row(1), other.row(1)).map { Double($0) * Double($1) }
      return (products.reduce(0, +), products.reduce(0) { $0 + abs($1) })
    }
    for map in shape.maps {
      // Previous contents are replaced.
      back.setRow(1, to: [Float](repeating: 3, count: count))
      variant.sample(source, through: map, on: grid, into: out, row: 1)
      _ = variant.sampleBackward(gradient, source: source, through: map, on: grid, into: back, row: 1)
      let (forward, backward) = (dot(gradient, out), dot(back, source))
      #expect(abs(forward.sum - backward.sum) < 3e-6 * forward.absolute)
      #expect(back.row(0).allSatisfy { $0 == 0 })
    }
    // Some pixels by themselves through the second map.
    let map = shape.maps[1]
    _ = variant.sampleBackward(gradient, source: source, through: map, on: grid, into: back, row: 1)
    for pixel in stride(from: 0, to: count, by: max(37, count / 20)) {
      let single = (0..<count).map { Float($0 == pixel ? 1 : 0) }
      let expected = zip(shape.expected(single, entries(map)), gradient.row(1))
        .reduce(0) { $0 + $1.0 * Double($1.1) }
      #expect(abs(Double(back[1, pixel]) - expected) < 1e-5 * shape.scale)
    }
  }

  /// The mean over an image is quadratic between kinks, so that a difference is exact there.
  @Test(arguments: KernelVariant.available, SampledShape.all)
  func theMapsGradientMatchesCentralDifferences(variant: KernelVariant, shape: SampledShape) {
    let (source, gradient, back) = (shape.matrix(), shape.matrix(), shape.matrix())
    // The image is bright to its edges, where it meets the zeros outside.
    let image = pattern(shape.valueCount, salt: 8).map { 1 + $0 / 2 }
    source.setRow(0, to: image)
    for map in shape.maps {
      let isClear = shape.places(entries(map)).map { x, y in
        [x, y].allSatisfy { abs($0 - $0.rounded()) > 5e-5 }
      }
      // Rounding may move other places across a kink.
      #expect(isClear.count { $0 } >= shape.pixelCount * 97 / 100)
      gradient.setRow(
        0,
        to: pattern(shape.valueCount, salt: 9).enumerated().map { index, value in
          isClear[index % shape.pixelCount] ? value : 0
        })
      let found = entries(
        variant.sampleBackward(gradient, source: source, through: map, on: shape.grid, into: back, row: 0))
      let slopes = slopes(of: image, weights: gradient.row(0), at: map, shape)
      // The four factors reach across the image, the two offsets are one pixel's.
      for (entry, (value, slope)) in zip(found, slopes).enumerated() {
        let reach = [2, 5].contains(entry) ? 1 : Double(max(shape.width, shape.height))
        let tolerance = 2e-4 * reach * max(1, Double(shape.valueCount).squareRoot() / 28)
        #expect(abs(value - slope) < tolerance, "entry \(entry): \(value) is not \(slope)")
      }
    }
  }

  /// The central difference of the weighted sum over the sampled image, for each of the map's entries.
  private func slopes(
    of image: [Float], weights: [Float], at map: SamplingMap, _ shape: SampledShape
  ) -> [Double] {
    let step = 1e-7
    return (0..<6).map { entry in
      var (above, below) = (entries(map), entries(map))
      above[entry] += step
      below[entry] -= step
      let (after, before) = (shape.expected(image, above), shape.expected(image, below))
      return weights.indices.reduce(0) { $0 + Double(weights[$1]) * (after[$1] - before[$1]) } / (2 * step)
    }
  }

  /// Planes are sampled as images by themselves would be, and their gradients of the map are added.
  @Test(arguments: KernelVariant.available, [(9, 13), (28, 28), (64, 64)])
  func planesAreSampledByThemselves(variant: KernelVariant, size: (width: Int, height: Int)) {
    let shape = SampledShape(width: size.width, height: size.height, channels: 3)
    let grey = SampledShape(width: size.width, height: size.height)
    let colours = (0..<4).map { _ in shape.matrix() }
    let planes = (0..<4).map { _ in grey.matrix(rows: 3) }
    for (index, salt) in [(0, UInt64(11)), (1, 12)] {
      let values = pattern(shape.valueCount, salt: salt)
      colours[index].setRow(0, to: values)
      for plane in 0..<3 {
        planes[index].setRow(
          plane, to: Array(values[plane * grey.pixelCount..<(plane + 1) * grey.pixelCount]))
      }
    }
    for map in shape.maps {
      variant.sample(colours[0], through: map, on: shape.grid, into: colours[2], row: 0)
      let found = variant.sampleBackward(
        colours[1], source: colours[0], through: map, on: shape.grid, into: colours[3], row: 0)
      var sums = [Float](repeating: 0, count: 6)
      for plane in 0..<3 {
        variant.sample(planes[0], through: map, on: grey.grid, into: planes[2], row: plane)
        let part = variant.sampleBackward(
          planes[1], source: planes[0], through: map, on: grey.grid, into: planes[3], row: plane)
        for (entry, value) in entries(part).enumerated() { sums[entry] += Float(value) }
      }
      #expect(entries(found) == sums.map(Double.init))
      for index in 2...3 { #expect(colours[index].row(0) == (0..<3).flatMap(planes[index].row)) }
    }
  }

  /// Both variants with a fused multiply-add give the same pixels; the baseline rounds twice.
  @Test(arguments: SampledShape.all)
  func allVariantsAgree(shape: SampledShape) {
    let matrices = (0..<2).map { _ in shape.matrix() }
    for (index, matrix) in matrices.enumerated() {
      matrix.setRow(0, to: pattern(shape.valueCount, salt: UInt64(21 + index)))
    }
    for map in shape.maps {
      let results = KernelVariant.available.map { variant in
        let (out, back) = (shape.matrix(), shape.matrix())
        variant.sample(matrices[0], through: map, on: shape.grid, into: out, row: 0)
        _ = variant.sampleBackward(
          matrices[1], source: matrices[0], through: map, on: shape.grid, into: back, row: 0)
        return [out.row(0), back.row(0)]
      }
      for result in results.dropFirst() {
        for (one, other) in zip(result, results[0]) {
          #expect(largestDifference(one, other.map(Double.init)) < 3e-5 * shape.scale)
        }
      }
      for result in results.dropFirst(2) { #expect(result == results[1]) }
    }
  }

  /// A place that lies beyond the border does not come nearer by a small step: its derivative is 0.
  @Test(arguments: KernelVariant.available)
  func theDerivativeBeyondTheBorderIsZero(variant: KernelVariant) {
    let shape = SampledShape(width: 16, height: 16)
    let grid = shape.grid
    let (source, gradient, back) = (shape.matrix(), shape.matrix(), shape.matrix())
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
