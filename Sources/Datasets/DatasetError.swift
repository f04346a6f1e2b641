import Primitives

/// Why a data set cannot be used. Every case names the file or folder it is about.
public enum DatasetError: Error, Sendable, Equatable {
  /// A file could not be read at all; the payload names it.
  case file(FileError)
  /// The folder has a file under none of the names that data sets use.
  case missing(folder: String, names: [String])
  /// A file whose name ends in `.gz` is not gzip. `looksLikeHTML` when it starts as a web page does.
  case notGzip(path: String, looksLikeHTML: Bool)
  /// The gzip file is damaged.
  case damagedGzip(path: String, GzipFault)
  /// The file ends within its header: `found` bytes are there and `expected` are needed.
  case headerCut(path: String, expected: Int, found: Int)
  /// The first two bytes are not zero, so this is not an IDX file.
  case notIDX(path: String, firstBytes: [UInt8])
  /// The elements are not unsigned bytes (type 0x08).
  case wrongElementType(path: String, type: UInt8)
  /// Images have three dimensions and labels one.
  case wrongDimensionCount(path: String, expected: Int, found: Int)
  /// The images are not 28 by 28.
  case wrongImageSize(path: String, rows: Int, columns: Int)
  /// The header announces no elements.
  case empty(path: String)
  /// The header announces more elements than any data set has that this program reads.
  case tooMany(path: String, count: Int, limit: Int)
  /// The elements end early: `found` of `expected` bytes.
  case elementsCut(path: String, expected: Int, found: Int)
  /// There are bytes after the `expected` bytes of elements.
  case elementsLeftOver(path: String, expected: Int)
  /// The two files of a split do not belong together.
  case countsDiffer(imagesPath: String, images: Int, labelsPath: String, labels: Int)
  /// A label is not below the number of classes.
  case labelBeyondClasses(path: String, index: Int, label: Int, classes: Int)
}

/// What is wrong with a gzip file.
public enum GzipFault: Error, Sendable, Equatable {
  /// It does not start as gzip does.
  case wrongMagic
  /// The compression method is not deflate.
  case unknownMethod
  /// The header has flags that no gzip file has.
  case unknownFlags
  /// The file ends before the compressed data do.
  case truncated
  /// The inflated bytes do not have the checksum at the end of the member.
  case wrongChecksum
  /// The inflated bytes are not as many as the end of the member says.
  case wrongLength
  /// `count` bytes after the last member are not gzip.
  case trailingGarbage(count: Int)
  /// The compressed data are invalid, in zlib's words.
  case invalid(reason: String)
}

extension DatasetError: CustomStringConvertible {
  /// A sentence for people, on one line, without control characters.
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
    case .headerCut(let path, let expected, let found):
      "\(path.printable): the header is cut: \(found) of \(expected) bytes"
    case .notIDX(let path, firstBytes: [0x1F, 0x8B]):
      "\(path.printable): this is gzip; let its name end in .gz"
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

  /// The command that gets the set that a folder is named after, where there is one.
  private static func fetching(folder: String) -> String? {
    let name = IDXDirectory.folderName(of: folder)
    return DataLocations.publicSets.contains(name) ? "'latent-explorer fetch \(name)' gets it" : nil
  }
}

extension GzipFault: CustomStringConvertible {
  /// The fault in a few words for people.
  public var description: String {
    switch self {
    case .wrongMagic: "it does not start as gzip does"
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
