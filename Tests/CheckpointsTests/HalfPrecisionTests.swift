import Testing

@testable import Checkpoints

@Suite struct HalfPrecisionTests {
  /// All 65,536 patterns, against the language's own conversion.
  @Test func everyPatternIsTheSameNumber() {
    let patterns = (0...UInt16.max).map { $0 }
    let floats = HalfPrecision.floats(patterns)
    #expect(floats.count == 65_536)
    for (pattern, float) in zip(patterns, floats) {
      let expected = Float(Float16(bitPattern: pattern))
      #expect(float.bitPattern == expected.bitPattern || float.isNaN && expected.isNaN, "\(pattern)")
    }
  }
}
