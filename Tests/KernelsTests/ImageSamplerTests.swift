import Foundation
import Testing

@testable import Kernels

@Suite struct ImageSamplerTests {
  private let image = (0..<28 * 28).map { (index: Int) -> UInt8 in UInt8((index * 37 + index / 28 * 11) % 256)
  }

  private func sampled(
    _ variant: KernelVariant, _ map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float),
    _ interpolation: Interpolation
  ) -> [Float] {
    let out = Matrix(rows: 1, columns: 784)
    ImageSampler(width: 28, height: 28, variant: variant)
      .sample(image.span, through: map, interpolation: interpolation, into: out, row: 0)
    return out.row(0)
  }

  @Test(arguments: KernelVariant.available)
  func anyMapMatchesTheReference(variant: KernelVariant) {
    let numbers = image.map { Float($0) / 255 }
    for step in 0..<12 {
      let angle = Double(step) * 0.55 + 0.1
      let scale = 0.7 + 0.05 * Double(step)
      let map = (
        xx: Float(cos(angle) * scale), xy: Float(-sin(angle) * scale), x0: Float(step) - 5,
        yx: Float(sin(angle) * scale), yy: Float(cos(angle) * scale), y0: 3 - Float(step)
      )
      let out = sampled(variant, map, .bilinear)
      for row in 0..<28 {
        for column in 0..<28 {
          let (x, y) = (Double(column) - 13.5, Double(row) - 13.5)
          let expected = Reference.value(
            of: numbers, width: 28, height: 28,
            x: Double(map.xx) * x + Double(map.xy) * y + Double(map.x0) + 13.5,
            y: Double(map.yx) * x + Double(map.yy) * y + Double(map.y0) + 13.5, interpolation: .bilinear)
          #expect(abs(Double(out[row * 28 + column]) - expected) < 2e-5)
        }
      }
    }
  }

  @Test(arguments: KernelVariant.available, Interpolation.allCases)
  func quarterTurnsAreExact(variant: KernelVariant, interpolation: Interpolation) {
    let numbers = image.map { Float($0) / 255 }
    let upright = sampled(variant, (1, 0, 0, 0, 1, 0), interpolation)
    #expect(upright == numbers)
    // Counter-clockwise by 90°: the pixel at the right of the top row comes to the left of it.
    let turned = sampled(variant, (0, -1, 0, 1, 0, 0), interpolation)
    for row in 0..<28 {
      for column in 0..<28 { #expect(turned[row * 28 + column] == numbers[column * 28 + 27 - row]) }
    }
  }

  @Test(arguments: KernelVariant.available)
  func farOutsideTheImageIsZero(variant: KernelVariant) {
    for interpolation in Interpolation.allCases {
      #expect(sampled(variant, (1, 0, 1e9, 0, 1, -1e9), interpolation).allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: KernelVariant.available)
  func notANumberMapsGiveZeros(variant: KernelVariant) {
    for interpolation in Interpolation.allCases {
      let out = sampled(variant, (.nan, .nan, .nan, .nan, .nan, .nan), interpolation)
      #expect(out.allSatisfy { $0 == 0 })
      _ = sampled(variant, (.infinity, -.infinity, .nan, 1e30, -1e30, .infinity), interpolation)
    }
  }

  @Test(arguments: KernelVariant.available)
  func nearestSelectsOneOfTheFourNeighbours(variant: KernelVariant) {
    let numbers = image.map { Float($0) / 255 }
    let out = sampled(variant, (1, 0, 0.3, 0, 1, -0.2), .nearest)
    #expect(out == numbers)
  }

  /// Of two equally near pixels the even one, as PyTorch's `round` takes it.
  @Test(arguments: KernelVariant.available)
  func nearestRoundsHalvesToEven(variant: KernelVariant) {
    let numbers = image.map { Float($0) / 255 }
    let out = sampled(variant, (1, 0, 0.5, 0, 1, 1.5), .nearest)
    for row in 0..<28 {
      for column in 0..<28 {
        let expected = Reference.value(
          of: numbers, width: 28, height: 28, x: Double(column) + 0.5, y: Double(row) + 1.5,
          interpolation: .nearest)
        #expect(Double(out[row * 28 + column]) == expected)
      }
    }
  }
}
