import Datasets
import Figures
import Formats
import Primitives

/// A contact sheet of a data set: rows of classes, or the first images without labels.
struct DataSheet {
  /// The number of images from which the sheet is made.
  static let sampleCount = 2000
  private static let columns = 10
  private static let mostRows = 30

  private let rows: [[PixelImage]]
  private let labels: [String]

  /// Chooses from images.
  init(_ images: some ImageSource, classNames: [String]) {
    let all = 0..<images.count
    guard !classNames.isEmpty else {
      rows = stride(from: 0, to: min(images.count, Self.columns * Self.columns), by: Self.columns).map {
        start in
        all.dropFirst(start).prefix(Self.columns).map { Self.picture($0, of: images) }
      }
      labels = []
      return
    }
    let classes = classNames.indices.prefix(Self.mostRows).compactMap { label -> (String, [PixelImage])? in
      let members = all.lazy.filter { images.label(at: $0) == label }.prefix(Self.columns)
      return members.isEmpty ? nil : (classNames[label], members.map { Self.picture($0, of: images) })
    }
    (rows, labels) = (classes.map(\.1), classes.map(\.0))
  }

  /// The file of the sheet, as PNG.
  func bytes() throws -> [UInt8] {
    let side = rows.first?.first.map { max($0.width, $0.height) } ?? 1
    let sheet = ContactSheet(rows: rows, rowLabels: labels, scale: max(1, 64 / side))
    return PNG.encode(try sheet.image())
  }

  private static func picture(_ index: Int, of images: some ImageSource) -> PixelImage {
    images.withPixels(at: index) { pixels in
      let shape = images.shape
      guard shape.isColour else {
        return PixelImage(width: shape.width, height: shape.height, bytes: pixels.indices.map { pixels[$0] })
      }
      let interleaved = (0..<shape.pixelCount).flatMap { pixel in
        (0..<3).map { pixels[$0 * shape.pixelCount + pixel] }
      }
      return PixelImage(width: shape.width, height: shape.height, colors: .rgb, bytes: interleaved)
    }
  }
}
