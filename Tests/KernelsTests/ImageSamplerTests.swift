import Foundation
import Testing

@testable import Kernels

/// Sampling images of bytes.
@Suite struct ImageSamplerTests {
  private static let upright: SamplingMap = (1, 0, 0, 0, 1, 0)

  private func image(_ shape: SampledShape) -> [UInt8] {
    (0..<shape.valueCount).map { UInt8(($0 * 37 + $0 / shape.width * 11) % 256) }
  }

  private func sampled(
    _ variant: KernelVariant, _ shape: SampledShape, _ map: SamplingMap, _ interpolation: Interpolation
  ) -> [Float] {
    // The row after the image's is left alone.
    let out = shape.matrix(rows: 2)
    ImageSampler(width: shape.width, height: shape.height, channels: shape.channels, variant: variant)
      .sample(image(shape).span, through: map, interpolation: interpolation, into: out, row: 0)
    #expect(out.row(1).allSatisfy { $0 == 0 })
    return out.row(0)
  }

  private func numbers(_ shape: SampledShape) -> [Float] { image(shape).map { Float($0) / 255 } }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func anyMapMatchesTheReference(variant: KernelVariant, shape: SampledShape) {
    for map in shape.maps {
      let expected = shape.expected(numbers(shape), entries(map))
      let difference = largestDifference(sampled(variant, shape, map, .bilinear), expected)
      #expect(difference < 2e-5 * shape.scale, "\(map)")
    }
  }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func anyMapTakesTheNearestPixels(variant: KernelVariant, shape: SampledShape) {
    for map in shape.maps {
      let expected = shape.expected(numbers(shape), entries(map), .nearest)
      // Rounding decides between two pixels that are equally near.
      let isClear = shape.places(entries(map)).map { x, y in
        [x, y].allSatisfy { abs($0 - $0.rounded(.down) - 0.5) > 1e-4 }
      }
      #expect(isClear.count { $0 } >= shape.pixelCount * 97 / 100)
      let out = sampled(variant, shape, map, .nearest)
      let wrong = out.indices.filter { isClear[$0 % shape.pixelCount] && Double(out[$0]) != expected[$0] }
      #expect(wrong.isEmpty, "\(map)")
    }
  }

  /// Both variants with a fused multiply-add give the same bits; the baseline rounds twice.
  @Test(arguments: SampledShape.all, Interpolation.allCases)
  func allVariantsAgree(shape: SampledShape, interpolation: Interpolation) {
    for map in shape.maps {
      let results = KernelVariant.available.map { sampled($0, shape, map, interpolation) }
      if interpolation == .bilinear {
        for result in results.dropFirst() {
          #expect(largestDifference(result, results[0].map(Double.init)) < 2e-5 * shape.scale)
        }
      }
      for result in results.dropFirst(2) { #expect(result.map(\.bitPattern) == results[1].map(\.bitPattern)) }
    }
  }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func quarterTurnsAreExact(variant: KernelVariant, shape: SampledShape) {
    let numbers = numbers(shape)
    for interpolation in Interpolation.allCases {
      #expect(sampled(variant, shape, Self.upright, interpolation) == numbers)
      guard shape.width == shape.height else { continue }
      // Counter-clockwise by 90°: the pixel at the right of the top row comes to the left of it.
      let turned = sampled(variant, shape, (0, -1, 0, 1, 0, 0), interpolation)
      let expected = turned.indices.map { index in
        let (plane, pixel) = (index / shape.pixelCount, index % shape.pixelCount)
        let (row, column) = (pixel / shape.width, pixel % shape.width)
        return numbers[plane * shape.pixelCount + column * shape.width + shape.width - 1 - row]
      }
      #expect(turned == expected)
    }
  }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func farOutsideTheImageIsZero(variant: KernelVariant, shape: SampledShape) {
    for interpolation in Interpolation.allCases {
      #expect(sampled(variant, shape, (1, 0, 1e9, 0, 1, -1e9), interpolation).allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func notANumberMapsGiveZeros(variant: KernelVariant, shape: SampledShape) {
    for interpolation in Interpolation.allCases {
      let out = sampled(variant, shape, (.nan, .nan, .nan, .nan, .nan, .nan), interpolation)
      #expect(out.allSatisfy { $0 == 0 })
      _ = sampled(variant, shape, (.infinity, -.infinity, .nan, 1e30, -1e30, .infinity), interpolation)
    }
  }

  @Test(arguments: KernelVariant.available, SampledShape.all)
  func nearestSelectsOneOfTheFourNeighbours(variant: KernelVariant, shape: SampledShape) {
    #expect(sampled(variant, shape, (1, 0, 0.3, 0, 1, -0.2), .nearest) == numbers(shape))
  }

  /// Of two equally near pixels the even one, as PyTorch's `round` takes it.
  @Test(arguments: KernelVariant.available, SampledShape.all)
  func nearestRoundsHalvesToEven(variant: KernelVariant, shape: SampledShape) {
    let out = sampled(variant, shape, (1, 0, 0.5, 0, 1, 1.5), .nearest)
    #expect(out.map(Double.init) == shape.expected(numbers(shape), [1, 0, 0.5, 0, 1, 1.5], .nearest))
  }

  /// A sampler's buffers are used for one image after the other.
  @Test(arguments: KernelVariant.available)
  func anImageLeavesNothingBehind(variant: KernelVariant) {
    let shape = SampledShape(width: 9, height: 13, channels: 3)
    let sampler = ImageSampler(width: 9, height: 13, channels: 3, variant: variant)
    let out = shape.matrix()
    let white = [UInt8](repeating: 255, count: shape.valueCount)
    for map in shape.maps {
      sampler.sample(white.span, through: map, interpolation: .bilinear, into: out, row: 0)
      sampler.sample(image(shape).span, through: map, interpolation: .bilinear, into: out, row: 0)
      #expect(out.row(0) == sampled(variant, shape, map, .bilinear))
    }
  }
}
