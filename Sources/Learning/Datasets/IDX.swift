import Primitives

/// A reader of IDX files, the format of MNIST: a big-endian header with the dimensions, then one byte for
/// each element.
///
///     0, 0, 8 (unsigned bytes), number of dimensions, then 4 bytes for each dimension
///
/// A file whose name ends in `.gz` is inflated, at most one byte beyond the size that its header announces.
package enum IDX {
  /// Reads an image file: `[images, 28, 28]` pixels, at least one image.
  static func readImages(_ path: String) throws(DatasetError) -> [UInt8] {
    try images(in: readFile(path), path: path)
  }

  /// Parses `bytes`, the contents of an image file at `path`.
  package static func images(in bytes: [UInt8], path: String) throws(DatasetError) -> [UInt8] {
    var file = try IDXContents(bytes, path: path)
    return try elements(of: &file, count: readImageCount(of: &file) * ImageShape.pixelCount)
  }

  /// Reads the header of an image file; returns the number of images, at least one.
  static func readImageCount(of file: inout IDXContents) throws(DatasetError) -> Int {
    let dimensions = try readHeader(&file, dimensionCount: 3)
    let (rows, columns) = (dimensions[1], dimensions[2])
    guard rows == ImageShape.height && columns == ImageShape.width else {
      throw .wrongImageSize(path: file.path, rows: rows, columns: columns)
    }
    return dimensions[0]
  }

  /// Reads a label file: at least one label, each below `classCount`.
  static func readLabels(_ path: String, classCount: Int) throws(DatasetError) -> [UInt8] {
    try labels(in: readFile(path), path: path, classCount: classCount)
  }

  /// Parses `bytes`, the contents of a label file at `path`.
  package static func labels(
    in bytes: [UInt8], path: String, classCount: Int
  ) throws(DatasetError) -> [UInt8] {
    var file = try IDXContents(bytes, path: path)
    let labels = try elements(of: &file, count: readHeader(&file, dimensionCount: 1)[0])
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

  private static func readFile(_ path: String) throws(DatasetError) -> [UInt8] {
    do { return try FileBytes.read(path, limit: sizeLimit) } catch { throw .file(error) }
  }

  /// Reads all elements, whose count `readHeader` has limited.
  private static func elements(of file: inout IDXContents, count: Int) throws(DatasetError) -> [UInt8] {
    let elements = try file.read(upTo: count)
    guard elements.count == count else {
      throw .elementsCut(path: file.path, expected: count, found: elements.count)
    }
    try file.requireEnd(after: count)
    return elements
  }

  private static func readHeader(
    _ file: inout IDXContents, dimensionCount: Int
  ) throws(DatasetError) -> [Int] {
    let path = file.path
    let expected = 4 + 4 * dimensionCount
    let magic = try file.read(upTo: 4)
    guard magic.count == 4 else { throw .headerCut(path: path, expected: expected, found: magic.count) }
    guard !file.isCompressed || !magic.starts(with: [0x1F, 0x8B]) else { throw .gzipTwice(path: path) }
    guard magic[0] == 0 && magic[1] == 0 else {
      throw .notIDX(path: path, firstBytes: Array(magic[..<2]))
    }
    guard magic[2] == 0x08 else { throw .wrongElementType(path: path, type: magic[2]) }
    guard magic[3] == UInt8(dimensionCount) else {
      throw .wrongDimensionCount(path: path, expected: dimensionCount, found: Int(magic[3]))
    }
    let extents = try file.read(upTo: 4 * dimensionCount)
    guard extents.count == 4 * dimensionCount else {
      throw .headerCut(path: path, expected: expected, found: 4 + extents.count)
    }
    let dimensions = stride(from: 0, to: extents.count, by: 4).map { start in
      extents[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    guard dimensions[0] > 0 else { throw .empty(path: path) }
    guard dimensions[0] <= largestCount else {
      throw .tooMany(path: path, count: dimensions[0], limit: largestCount)
    }
    return dimensions
  }
}
