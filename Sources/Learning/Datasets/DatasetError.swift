import Primitives

/// An invalid data set. Every case names the file or folder.
public enum DatasetError: Error, Sendable, Equatable {
  /// A file could not be read.
  case file(FileError)
  /// None of the file names of data sets exists in the folder.
  case missing(folder: String, names: [String])
  /// A file whose name ends in `.gz` is not gzip; it may be a web page.
  case notGzip(path: String, looksLikeHTML: Bool)
  /// The contents of the gzip file are gzip again.
  case gzipTwice(path: String)
  /// The gzip file is damaged.
  case damagedGzip(path: String, GzipFault)
  /// The file ends within its header, after `found` of `expected` bytes.
  case headerCut(path: String, expected: Int, found: Int)
  /// The first two bytes are not zero, so that this is not an IDX file.
  case notIDX(path: String, firstBytes: [UInt8])
  /// The elements are not unsigned bytes (type 0x08).
  case wrongElementType(path: String, type: UInt8)
  /// The number of dimensions is not 3 for images or 1 for labels.
  case wrongDimensionCount(path: String, expected: Int, found: Int)
  /// The images do not have 28 × 28 pixels.
  case wrongImageSize(path: String, rows: Int, columns: Int)
  /// The header announces no elements.
  case empty(path: String)
  /// The header announces more elements than the limit.
  case tooMany(path: String, count: Int, limit: Int)
  /// The elements end after `found` of `expected` bytes.
  case elementsCut(path: String, expected: Int, found: Int)
  /// Bytes follow the `expected` bytes of elements.
  case elementsLeftOver(path: String, expected: Int)
  /// The numbers of images and labels of a split differ.
  case countsDiffer(imagesPath: String, images: Int, labelsPath: String, labels: Int)
  /// A label is not below the number of classes.
  case labelBeyondClasses(path: String, index: Int, label: Int, classes: Int)
}

/// An invalid gzip file.
public enum GzipFault: Error, Sendable, Equatable {
  /// The magic number is wrong.
  case wrongMagic
  /// The compression method is not deflate.
  case unknownMethod
  /// The header has unknown flags.
  case unknownFlags
  /// The file ends before the compressed data do.
  case truncated
  /// The checksum at the end of a member is wrong.
  case wrongChecksum
  /// The length at the end of a member is wrong.
  case wrongLength
  /// `count` bytes after the last member are not gzip.
  case trailingGarbage(count: Int)
  /// The compressed data are invalid; the reason is zlib's.
  case invalid(reason: String)
}

extension DatasetError: CustomStringConvertible {
  /// The error message, on one line, without control characters.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .missing(let folder, let names):
      "\(folder.printable): no \(names.map(\.printable).joined(separator: ", nor ")) in this folder"
        + (Self.fetching(folder: folder).map { "; \($0)" } ?? "")
    case .notGzip(let path, let looksLikeHTML):
      "\(path.printable): not gzip\(looksLikeHTML ? " but a web page" : ""); \(Self.fetchingAgain(path))"
    case .damagedGzip(let path, let fault):
      "\(path.printable): damaged gzip: \(fault); \(Self.fetchingAgain(path))"
    case .gzipTwice(let path):
      "\(path.printable): compressed twice: there is gzip within the gzip; 'gunzip' undoes one of the two"
    case .headerCut(let path, let expected, let found):
      "\(path.printable): the header is cut: \(found) of \(expected) bytes"
    case .notIDX(let path, firstBytes: [0x1F, 0x8B]):
      "\(path.printable): this is gzip; rename it to end in .gz"
    case .notIDX(let path, let firstBytes):
      "\(path.printable): not an IDX file: it starts with the bytes \(firstBytes), not with two zeros"
    case .wrongElementType(let path, let type):
      "\(path.printable): the elements have type \(type), not 8 (unsigned bytes)"
    case .wrongDimensionCount(let path, let expected, let found):
      "\(path.printable): \(found) dimensions, where \(expected == 1 ? "labels" : "images") have \(expected)"
    case .wrongImageSize(let path, let rows, let columns):
      "\(path.printable): images of \(rows)×\(columns) pixels, not \(ImageShape.height)×\(ImageShape.width)"
    case .empty(let path):
      "\(path.printable): the header announces no elements"
    case .tooMany(let path, let count, let limit):
      "\(path.printable): the header announces \(count) elements; the limit is \(limit)"
    case .elementsCut(let path, let expected, let found):
      "\(path.printable): too short: \(found) of the \(expected) bytes that the header announces"
    case .elementsLeftOver(let path, let expected):
      "\(path.printable): too long: more than the \(expected) bytes that the header announces"
    case .countsDiffer(let imagesPath, let images, let labelsPath, let labels):
      "\(imagesPath.printable): \(images) images, but \(labels) labels in \(labelsPath.printable)"
    case .labelBeyondClasses(let path, let index, let label, let classes):
      "\(path.printable): label \(index) is \(label), but there are \(classes) classes, counted from 0"
    }
  }

  private static func fetchingAgain(_ path: String) -> String {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) }
    return folder.flatMap(fetching) ?? "fetch the file again"
  }

  /// The command that downloads the set after which a folder is named, where there is one.
  private static func fetching(folder: String) -> String? {
    let name = IDXDirectory.folderName(of: folder)
    return DataLocations.publicSets.contains(name) ? "'latent-explorer fetch \(name)' gets it" : nil
  }
}

extension GzipFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .wrongMagic: "no gzip signature"
    case .unknownMethod: "unknown compression method"
    case .unknownFlags: "unknown flags in the header"
    case .truncated: "it ends too early"
    case .wrongChecksum: "the checksum is wrong"
    case .wrongLength: "the length at the end is wrong"
    case .trailingGarbage(let count): "\(count) bytes after the end are not gzip"
    case .invalid(let reason): reason.printable
    }
  }
}
