import Testing

@testable import Screen

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (-0.001, 2, "0.00"), (1.005, 1, "1.0"), (-2.5, 0, "-3"), (12.345, 2, "12.35"),
    (0.07, 2, "0.07"), (.nan, 1, "NaN"), (-.infinity, 1, "-inf"), (1e18, 2, "1.00e+18"), (99.96, 1, "100.0"),
  ]) func fixedDecimals(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test func plusIsShownOnRequest() {
    #expect(NumberText.fixed(5, decimals: 1, showsPlus: true) == "+5.0")
    #expect(NumberText.fixed(0, decimals: 1, showsPlus: true) == "0.0")
    #expect(NumberText.fixed(-5, decimals: 1, showsPlus: true) == "-5.0")
  }

  @Test(arguments: [
    (0.0, "0"), (0.03123, "0.0312"), (1.5, "1.50"), (148.2, "148"), (123456, "123456"), (1e7, "1.0e+07"),
    (3.14e-7, "3.1e-07"), (-0.5, "-0.500"), (9.96e8, "1.0e+09"), (.leastNonzeroMagnitude, "4.9e-324"),
    (1.7e308, "1.7e+308"),
    (.infinity, "inf"), (0.009_999_999_776, "0.0100"), (0.999_6, "1.00"), (-9.996, "-10.0"), (999.7, "1000"),
  ]) func significantDigits(value: Double, text: String) {
    #expect(NumberText.significant(value) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (500, "500"), (1500, "1.5k"), (30_000, "30k"), (2_000_000, "2M"), (1e12, "1000G"),
    (1e300, "1.0e+300"), (.nan, "NaN"), (2.5, "2.5"), (123_456, "123.5k"),
  ]) func counts(value: Double, text: String) {
    #expect(NumberText.compact(value) == text)
  }
}
