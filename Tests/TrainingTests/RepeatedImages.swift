import Datasets
import Goldens

/// Any number of images, drawn by formula, with labels 0 to 9 in turn.
struct RepeatedImages: ImageSource {
  private static let drawn = (0..<7).map { Formulas.image($0) }
  let count: Int

  static func pixels(_ index: Int) -> [UInt8] { drawn[index % drawn.count] }

  func label(at index: Int) -> Int { index % 10 }

  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let pixels = Self.pixels(index)
    return body(pixels.span)
  }
}
