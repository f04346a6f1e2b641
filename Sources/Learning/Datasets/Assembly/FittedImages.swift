import Formats
import Primitives

/// The images of a source in another shape, converted when they are read.
struct FittedImages: ImageSource {
  let shape: ImageShape
  private let source: any ImageSource
  private let resizer: ImageResizer

  init(_ source: any ImageSource, to shape: ImageShape) {
    (self.source, self.shape) = (source, shape)
    resizer = ImageResizer(
      from: (source.shape.width, source.shape.height), to: (shape.width, shape.height), channels: 1)
  }

  var count: Int { source.count }

  func label(at index: Int) -> Int? { source.label(at: index) }

  func factors(at index: Int) -> [Float] { source.factors(at: index) }

  func withPixels<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let pixels = source.withPixels(at: index, converted)
    return body(pixels.span)
  }

  private func converted(_ pixels: Span<UInt8>) -> [UInt8] {
    let size = source.shape.pixelCount
    var planes = (0..<source.shape.channels).map { channel in
      var plane: [UInt8] = []
      resizer.resize(pixels.extracting(channel * size..<(channel + 1) * size), into: &plane)
      return plane
    }
    if shape.channels == 1, planes.count == 3 {
      planes = [
        planes[0].indices.map { PixelImage.luma(planes[0][$0], planes[1][$0], planes[2][$0]) }
      ]
    }
    if shape.channels == 3, planes.count == 1 { planes = [planes[0], planes[0], planes[0]] }
    return Array(planes.joined())
  }
}

extension ImageSource {
  /// These images in the given shape: resized, and in grey or colour.
  public func fitted(to shape: ImageShape) -> any ImageSource {
    shape == self.shape ? self : FittedImages(self, to: shape)
  }
}

extension Dataset {
  /// The data set with images in the given shape, which the title then states.
  public func fitted(to shape: ImageShape) -> Dataset {
    guard shape != self.shape else { return self }
    return Dataset(
      name: name, title: "\(title), \(self.shape) as \(shape)", classNames: classNames, factors: factors,
      training: training.fitted(to: shape), test: test.fitted(to: shape), opening: opening)
  }
}
