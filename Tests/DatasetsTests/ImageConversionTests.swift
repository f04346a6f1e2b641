import Primitives
import Testing

@testable import Datasets

@Suite struct ImageConversionTests {
  private func convert(
    _ pixels: [UInt8], _ native: ImageShape, size: (Int, Int)? = nil, channels: Int? = nil,
    inverts: Bool = false
  ) -> [UInt8] {
    let conversion = ImageConversion(
      size: size.map { ImageConversion.Size(width: $0.0, height: $0.1) }, channels: channels, inverts: inverts
    )
    var converter = ImageConverter(from: native, by: conversion)
    var result: [UInt8] = [42]
    converter.convert(pixels.span, into: &result)
    // A second image in the same memory.
    converter.convert(pixels.span, into: &result)
    let half = (result.count - 1) / 2
    #expect(result[0] == 42 && result[1...half] == result[(half + 1)...].prefix(half)[...])
    #expect(half == conversion.shape(of: native).valueCount)
    return Array(result[1...half])
  }

  @Test func changesAreSaid() {
    let (grey, colour) = (ImageShape(width: 28, height: 28), ImageShape(width: 28, height: 30, channels: 3))
    let size = ImageConversion.Size(width: 28, height: 28)
    #expect(ImageConversion(size: size, channels: 1).note(for: grey) == nil)
    #expect(
      ImageConversion(size: size, channels: 1, inverts: true).note(for: colour)
        == "converted: resized from 28×30 to 28×28, colour to grey, dark and bright exchanged")
    #expect(ImageConversion(channels: 3).note(for: grey) == "converted: grey to three equal channels")
  }

  @Test func withoutOptionsNothingChanges() {
    let pixels = (0..<64).map { UInt8(4 * $0) }
    #expect(convert(pixels, ImageShape(width: 8, height: 8)) == pixels)
  }

  @Test func coloursBecomePlanes() {
    let shape = ImageShape(width: 2, height: 1, channels: 3)
    #expect(convert([1, 2, 3, 4, 5, 6], shape) == [1, 4, 2, 5, 3, 6])
  }

  @Test func coloursBecomeGrey() {
    let shape = ImageShape(width: 4, height: 1, channels: 3)
    let pixels: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 100, 50]
    #expect(convert(pixels, shape, channels: 1) == [76, 150, 29, 124])
  }

  @Test func greyBecomesColourByRepeating() {
    #expect(convert([7, 9], ImageShape(width: 2, height: 1), channels: 3) == [7, 9, 7, 9, 7, 9])
  }

  @Test func invertingExchangesDarkAndBright() {
    #expect(convert([0, 10, 255], ImageShape(width: 3, height: 1), inverts: true) == [255, 245, 0])
    let color = ImageShape(width: 1, height: 1, channels: 3)
    #expect(convert([255, 0, 0], color, channels: 1, inverts: true) == [179])
    #expect(convert([1, 2, 3], color, inverts: true) == [254, 253, 252])
  }

  @Test func sizesAreConverted() {
    let ramp = (0..<16).map { UInt8(16 * $0) }
    let shape = ImageShape(width: 4, height: 4)
    #expect(convert(ramp, shape, size: (3, 3)) == [20, 40, 60, 100, 120, 140, 180, 200, 220])
    #expect(convert(ramp, shape, size: (2, 2), inverts: true) == [215, 183, 87, 55])
    let color = ImageShape(width: 2, height: 1, channels: 3)
    #expect(convert([0, 100, 200, 10, 110, 210], color, size: (1, 1)) == [5, 105, 205])
  }
}
