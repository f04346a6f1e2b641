import Coordinates
import Goldens
import Kernels
import Testing

@Suite struct TurningGoldenTests {
  private let golden: Goldens.Turning

  init() throws {
    golden = try Goldens.load().turning
  }

  private func turned(_ degrees: Double, _ interpolation: Interpolation, _ kernels: KernelVariant) -> [Float]
  {
    let map = AffineMap.turn(by: Angle(degrees: degrees))
    let out = Matrix(rows: 1, columns: 784)
    ImageSampler(width: 28, height: 28, variant: kernels)
      .sample(
        Formulas.image(0).span, through: (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0),
        interpolation: interpolation, into: out, row: 0)
    return out.row(0)
  }

  /// Nearest pixels are exact but for the twelve digits of the file.
  @Test(arguments: KernelVariant.available, Interpolation.allCases)
  func everyAngle(kernels: KernelVariant, interpolation: Interpolation) throws {
    let digests = interpolation == .bilinear ? golden.bilinear : golden.nearest
    #expect(Set(digests.keys) == ["-90", "15", "30", "100", "200", "345"])
    let tolerance = interpolation == .bilinear ? 1e-5 : 1e-10
    for (key, digest) in digests {
      let pixels = turned(try #require(Double(key)), interpolation, kernels)
      #expect(digest.deviation(of: pixels) < tolerance, "\(key)°")
    }
  }

  @Test(arguments: KernelVariant.available)
  func everyPixelAt30Degrees(kernels: KernelVariant) {
    let pixels = turned(30, .bilinear, kernels).map(Double.init)
    #expect(Goldens.deviation(golden.pixelsBilinear30, pixels) < 1e-5)
  }
}
