import Formats
import Primitives

/// A reader of the IDX files of a data set, images and labels.
///
/// A file whose name ends in `.gz` is inflated, at most one byte beyond the size that its header announces.
package enum IDX {
  /// Reads an image file: `[images, height, width]` pixels, at least one image.
  static func readImages(_ path: String, _ shape: ImageShape = .mnist) throws(DatasetError) -> [UInt8] {
    try images(in: readFile(path), path: path, shape)
  }

  /// Parses `bytes`, the contents of an image file at `path`.
  package static func images(
    in bytes: [UInt8], path: String, _ shape: ImageShape = .mnist
  ) throws(DatasetError) -> [UInt8] {
    try elements(in: bytes, path: path, rowShape: [shape.height, shape.width])
  }

  /// Reads a label file: at least one label, each below `classCount`.
  static func readLabels(_ path: String, classCount: Int) throws(DatasetError) -> [UInt8] {
    try labels(in: readFile(path), path: path, classCount: classCount)
  }

  /// Parses `bytes`, the contents of a label file at `path`.
  package static func labels(
    in bytes: [UInt8], path: String, classCount: Int
  ) throws(DatasetError) -> [UInt8] {
    let labels = try elements(in: bytes, path: path, rowShape: [])
    if let index = labels.firstIndex(where: { Int($0) >= classCount }) {
      throw .labelBeyondClasses(
        path: path, index: index, label: Int(labels[index]), classes: classCount)
    }
    return labels
  }

  /// The limit on images or labels; a larger count indicates a damaged header. MNIST's largest variant has
  /// 814,255.
  package static let largestCount = 1_000_000

  /// The limit on a file's size: 1 GB, more than `largestCount` images need.
  static let sizeLimit = 1_000_000_000

  static let limits = IDXReader.Limits(count: largestCount, fileSize: sizeLimit)

  private static func readFile(_ path: String) throws(DatasetError) -> [UInt8] {
    do { return try FileBytes.read(path, limit: sizeLimit) } catch { throw .file(error) }
  }

  private static func elements(
    in bytes: [UInt8], path: String, rowShape: [Int]
  ) throws(DatasetError) -> [UInt8] {
    do {
      let reader = try IDXReader(
        ByteStream(bytes, path: path), isCompressed: path.hasSuffix(".gz"), rowShape: rowShape, limits: limits
      )
      return try reader.read(upTo: reader.count)
    } catch { throw DatasetError(error) }
  }
}
