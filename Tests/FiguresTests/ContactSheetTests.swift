import Formats
import Testing

@testable import Figures

@Suite struct ContactSheetTests {
  private let dark = PixelImage(width: 28, height: 28, grey: 0)
  private let light = PixelImage(width: 28, height: 28, grey: 255)

  private func grey(_ image: PixelImage, _ x: Int, _ y: Int) -> UInt8 { image.bytes[y * image.width + x] }

  @Test func picturesStandInRowsAndColumns() throws {
    let sheet = try ContactSheet(rows: [[dark, light], [light]], scale: 2).image()
    #expect(sheet.width == 2 + 2 * 58 && sheet.height == 2 + 2 * 58)
    #expect(grey(sheet, 0, 0) == 40 && grey(sheet, 2, 2) == 0 && grey(sheet, 57, 57) == 0)
    #expect(grey(sheet, 58, 2) == 40 && grey(sheet, 60, 2) == 255 && grey(sheet, 2, 60) == 255)
    // The second row has no second picture.
    #expect(grey(sheet, 60, 60) == 40)
  }

  @Test func labelsStandBesidePictures() throws {
    let plain = try ContactSheet(rows: [[dark, dark]], scale: 4).image()
    let labelled = try ContactSheet(
      rows: [[dark, dark]], columnLabels: ["0°", "-135°"], rowLabels: ["seven"], scale: 4
    ).image()
    #expect(labelled.width > plain.width && labelled.height > plain.height)
    #expect(!plain.bytes.contains(215) && labelled.bytes.contains(215))
    // Pictures stay free of writing.
    let (left, top) = (labelled.width - plain.width, labelled.height - plain.height)
    for y in 0..<plain.height {
      for x in 0..<plain.width { #expect(grey(labelled, left + x, top + y) == grey(plain, x, y)) }
    }
  }

  @Test func onePictureInColorsMakesTheSheetColored() throws {
    let red = PixelImage(width: 2, height: 1, colors: .rgb, bytes: [255, 0, 0, 200, 0, 0])
    let grey = PixelImage(width: 2, height: 1, bytes: [0, 9])
    let sheet = try ContactSheet(rows: [[grey, red]], rowLabels: [], scale: 1).image()
    #expect(sheet.colors == .rgb && sheet.width == 7 && sheet.height == 3)
    let middle = sheet.bytes[7 * 3..<14 * 3]
    let gap: [UInt8] = [40, 40, 40]
    #expect(Array(middle) == gap + [0, 0, 0, 9, 9, 9] + gap + [255, 0, 0, 200, 0, 0] + gap)
  }

  @Test func labelsThatDoNotFitAreLeftOutTogether() throws {
    let rows = [[dark, dark]]
    let sheet = try ContactSheet(rows: rows, columnLabels: ["0", "too long"], scale: 1).image()
    #expect(try sheet == ContactSheet(rows: rows, scale: 1).image())
  }

  @Test func picturesAboveTheLimitAreRefused() {
    #expect(throws: FigureError.tooLarge(width: 57_600, height: 1920, frames: 3)) {
      try ContactSheet(
        rows: [[PixelImage]](repeating: .init(repeating: dark, count: 31), count: 1), scale: 64
      )
      .image(frames: 3)
    }
  }
}
