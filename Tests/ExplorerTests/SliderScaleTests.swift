import Coordinates
import Testing

@testable import Explorer

@Suite struct SliderScaleTests {
  @Test func everyCoordinateHasItsUnitAndRange() throws {
    let schema = try CoordinateSchema(
      parsing: "rotation:45, shift-x:6, shift-y:2.5, scale:0.6..1.4, shear:0.5, free:1")
    let scales = schema.typed.map(SliderScale.init)
    #expect(scales.map(\.label) == ["θ", "x", "y", "s", "k"])
    #expect(scales.map(\.range) == [-45...45, -6...6, -2.5...2.5, 0.6...1.4, -0.5...0.5])
    #expect(
      zip(scales, schema.neutralValues).map { $0.text($1) } == ["0°", "0.0 px", "0.0 px", "1.00×", "0.00"])
    #expect(scales[0].text(.pi / 6) == "30°")
    #expect(scales[3].text(0.75) == "0.75×")
  }

  /// A scale of 0 or below would be none; other typed values keep to what the model has learnt, too.
  @Test func typedValuesStopAtTheirEnds() throws {
    let schema = try CoordinateSchema(parsing: "rotation:45, shift-x:6, scale:0.6..1.4, free:1")
    for (coordinate, scale) in zip(schema.typed, schema.typed.map(SliderScale.init)) {
      let (low, high) = (coordinate.value(atFraction: 0), coordinate.value(atFraction: 1))
      #expect(abs(scale.moved(coordinate.neutralValue, by: -1000) - low) < 1e-9)
      #expect(abs(scale.moved(coordinate.neutralValue, by: 1000) - high) < 1e-9)
      let step = scale.moved(coordinate.neutralValue, by: 1) - coordinate.neutralValue
      #expect(step > 0 && step < high - coordinate.neutralValue)
    }
  }

  @Test func bothEndsOfTheCircleHaveOneText() {
    let angle = SliderScale(.rotation)
    #expect(angle.text(-.pi) == "180°" && angle.text(-179.6 * .pi / 180) == "180°")
    #expect(angle.text(-.pi, decimals: 1) == "180.0°")
    #expect(angle.text(-179.6 * .pi / 180, decimals: 1) == "-179.6°")
    #expect(angle.text(-0.5 * .pi / 180, decimals: 1) == "-0.5°")
  }

  @Test func anglesAndFreeLatentsAreUnbounded() {
    let angle = SliderScale(.rotation)
    #expect(abs(angle.moved(0, by: -1) + 5 * .pi / 180) < 1e-9)
    let latent = SliderScale(latent: 0, statistics: nil)
    #expect(latent.moved(0, by: 1000) > latent.range.upperBound)
  }

  @Test func typedNumbersStayInsideTheEnds() {
    let shift = SliderScale(.shiftX(pixels: 6))
    #expect(shift.value(ofShown: 2.5) == 2.5)
    #expect(shift.value(ofShown: -9) == -6)
    let angle = SliderScale(.limitedRotation(degrees: 45))
    #expect(abs(angle.value(ofShown: 30) - .pi / 6) < 1e-12)
    let latent = SliderScale(latent: 0, statistics: nil)
    #expect(latent.value(ofShown: 40) == 40)
  }
}
