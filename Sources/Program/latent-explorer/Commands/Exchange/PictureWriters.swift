import Datasets
import Figures
import Formats
import LatentTables
import Primitives

/// Images as one PNG: a single image, or a contact sheet of several.
final class PictureSheet: ImageWriter {
  private let sink: any ByteSink
  private let shape: ImageShape
  private let (columns, scale): (Int, Int)
  private var pictures: [PixelImage] = []

  /// Opens a sheet with one pixel between and around the images; throws if it has too many pixels.
  init(count: Int, shape: ImageShape, columns: Int, scale: Int, to sink: any ByteSink) throws {
    (self.columns, self.scale, self.sink) = (min(columns, count), scale, sink)
    self.shape = shape
    let rows = (count + columns - 1) / columns
    let width = self.columns * (shape.width * scale + 1) + 1
    let height = rows * (shape.height * scale + 1) + 1
    guard width * height <= ContactSheet.maximumPixels else {
      throw FigureError.tooLarge(width: width, height: height, frames: 1)
    }
  }

  func write(_ pixels: [Float]) throws { pictures += shape.pictures(of: pixels) }

  func finish() throws {
    if pictures.count == 1 {
      try sink.write(PNG.encode(pictures[0].enlarged(by: scale)))
    } else {
      let rows = stride(from: 0, to: pictures.count, by: columns).map { start in
        Array(pictures[start..<min(start + columns, pictures.count)])
      }
      try sink.write(PNG.encode(try ContactSheet(rows: rows, scale: scale, gap: 1).image()))
    }
  }
}

/// Images as numbered PNG files, each written completely or not at all.
final class NumberedPictures: ImageWriter {
  /// A name with a placeholder for a number: `%d`, or `%04d` for at least four digits.
  struct Pattern {
    private let (start, end): (Substring, Substring)
    private let digits: Int

    init?(_ text: String) {
      guard let match = text.firstMatch(of: /%(0([1-9]))?d/) else { return nil }
      (start, end) = (text[..<match.range.lowerBound], text[match.range.upperBound...])
      digits = match.2.flatMap { Int($0) } ?? 1
    }

    func path(_ number: Int) -> String {
      let text = String(number)
      return start + String(repeating: "0", count: max(0, digits - text.count)) + text + end
    }
  }

  private let pattern: Pattern
  private let shape: ImageShape
  private let scale: Int
  private var number = 0

  init(_ pattern: Pattern, shape: ImageShape, scale: Int) {
    (self.pattern, self.shape, self.scale) = (pattern, shape, scale)
  }

  func write(_ pixels: [Float]) throws {
    for picture in shape.pictures(of: pixels) {
      try AtomicFile.write(PNG.encode(picture.enlarged(by: scale)), to: pattern.path(number))
      number += 1
    }
  }

  func finish() {}
}

extension ImageShape {
  /// The images of this shape in an array.
  fileprivate func pictures(of values: [Float]) -> [PixelImage] {
    stride(from: 0, to: values.count, by: valueCount).map { start in
      PixelImage(planes: Array(values[start..<start + valueCount]), width: width, height: height)
    }
  }
}
