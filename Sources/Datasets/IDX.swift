import Primitives

/// Reads the files of the MNIST family: a big-endian header that gives the dimensions, then one byte for
/// each element.
///
///     0, 0, 8 (unsigned bytes), number of dimensions, then 4 bytes for each dimension
///
/// A file whose name ends in `.gz` is inflated on the way, never beyond one byte more than its header
/// announces.
package enum IDX {
  /// The pixels of all images in an image file: `[images, 28, 28]`, at least one image.
  static func readImages(_ path: String) throws(DatasetError) -> [UInt8] {
    try images(in: readFile(path), path: path)
  }

  /// The same for `bytes`, all that the file at `path` holds.
  package static func images(in bytes: [UInt8], path: String) throws(DatasetError) -> [UInt8] {
    try elements(in: IDXBytes(bytes, path: path), dimensionCount: 3) { dimensions throws(DatasetError) in
      let (rows, columns) = (dimensions[1], dimensions[2])
      guard rows == ImageShape.height && columns == ImageShape.width else {
        throw .wrongImageSize(path: path, rows: rows, columns: columns)
      }
    }
  }

  /// The labels in a label file, at least one and each below `classCount`.
  static func readLabels(_ path: String, classCount: Int) throws(DatasetError) -> [UInt8] {
    try labels(in: readFile(path), path: path, classCount: classCount)
  }

  /// The same for `bytes`, all that the file at `path` holds.
  package static func labels(
    in bytes: [UInt8], path: String, classCount: Int
  ) throws(DatasetError) -> [UInt8] {
    let labels = try elements(in: IDXBytes(bytes, path: path), dimensionCount: 1) { _ in }
    if let index = labels.firstIndex(where: { Int($0) >= classCount }) {
      throw .labelBeyondClasses(
        path: path, index: index, label: Int(labels[index]), classes: classCount)
    }
    return labels
  }

  /// More images or labels than this are taken for a damaged header; MNIST's largest relative has 814,255.
  static let largestCount = 1_000_000

  /// The largest file that is read: 1 GB, above anything that `largestCount` images can need.
  private static let sizeLimit = 1_000_000_000

  private static func readFile(_ path: String) throws(DatasetError) -> [UInt8] {
    do { return try FileBytes.read(path, limit: sizeLimit) } catch { throw .file(error) }
  }

  private static func elements(
    in contents: IDXBytes, dimensionCount: Int, check: ([Int]) throws(DatasetError) -> Void
  ) throws(DatasetError) -> [UInt8] {
    var file = contents
    let path = file.path
    let dimensions = try readHeader(&file, dimensionCount: dimensionCount)
    guard dimensions[0] > 0 else { throw .empty(path: path) }
    guard dimensions[0] <= largestCount else {
      throw .tooMany(path: path, count: dimensions[0], limit: largestCount)
    }
    try check(dimensions)
    // The checks above bound each factor, so the product cannot overflow.
    let expected = dimensions.reduce(1, *)
    let elements = try file.read(upTo: expected)
    guard elements.count == expected else {
      throw .elementsCut(path: path, expected: expected, found: elements.count)
    }
    guard try file.read(upTo: 1).isEmpty else { throw .elementsLeftOver(path: path, expected: expected) }
    return elements
  }

  private static func readHeader(
    _ file: inout IDXBytes, dimensionCount: Int
  ) throws(DatasetError) -> [Int] {
    let path = file.path
    let expected = 4 + 4 * dimensionCount
    let magic = try file.read(upTo: 4)
    guard magic.count == 4 else { throw .headerCut(path: path, expected: expected, found: magic.count) }
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
    return stride(from: 0, to: extents.count, by: 4).map { start in
      extents[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }
}

/// The contents of a plain or gzip file, read from front to back.
private struct IDXBytes {
  let path: String
  private let gzip: GzipReader?
  private let plain: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8], path: String) throws(DatasetError) {
    self.path = path
    guard path.hasSuffix(".gz") else {
      (gzip, plain) = (nil, bytes)
      return
    }
    do {
      (gzip, plain) = (try GzipReader(bytes), [])
    } catch .wrongMagic {
      throw .notGzip(path: path, looksLikeHTML: Self.looksLikeHTML(bytes))
    } catch {
      throw .damagedGzip(path: path, error)
    }
  }

  /// The next `count` bytes, or fewer at the end of the contents.
  mutating func read(upTo count: Int) throws(DatasetError) -> [UInt8] {
    guard let gzip else {
      let bytes = plain[position...].prefix(count)
      position = bytes.endIndex
      return Array(bytes)
    }
    do { return try gzip.read(upTo: count) } catch { throw .damagedGzip(path: path, error) }
  }

  private static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) } == UInt8(ascii: "<")
  }
}
