import Formats
import Primitives
import Testing

@testable import Datasets

@Suite struct DatasetErrorTests {
  private static let path = "a\u{1B}b\n"
  private static let errors: [DatasetError] = [
    .file(.isFolder(path: path)), .missing(folder: path, names: ["x", "y"]),
    .idx(path: path, .notGzip(looksLikeHTML: false)), .idx(path: path, .damagedGzip(.truncated)),
    .idx(path: path, .headerCut(expected: 16, found: 3)), .idx(path: path, .notIDX(firstBytes: [1, 2])),
    .idx(path: path, .wrongElementType(9)), .idx(path: path, .wrongDimensionCount(expected: 3, found: 0)),
    .idx(path: path, .wrongImageSize([1, 2], expected: [28, 28])), .idx(path: path, .empty),
    .idx(path: path, .tooMany(count: 2, limit: 1)), .idx(path: path, .elementsCut(expected: 2, found: 1)),
    .idx(path: path, .elementsLeftOver(expected: 2)),
    .numPy(path: path, .notNumPy), .png(path: path, .notPNG), .empty(path: path),
    .tooMany(path: path, count: 2, limit: 1), .changed(path: path),
    .pixelOutOfRange(path: path, image: 1, value: 2),
    .countsDiffer(imagesPath: path, images: 1, labelsPath: path, labels: 2),
    .labelBeyondClasses(path: path, index: 0, label: 10, classes: 10),
  ]

  @Test(arguments: errors)
  func theMessageNamesThePathOnOneLine(error: DatasetError) {
    #expect(error.description.hasPrefix("a\u{FFFD}b\u{FFFD}: "))
    #expect(error.description == error.description.printable)
  }

  @Test func messagesAreDistinct() {
    #expect(Set(Self.errors.map(\.description)).count == Self.errors.count)
  }

  @Test func downloadableSetsNameTheCommand() {
    let advice = "'latent-explorer fetch kmnist' gets it"
    let errors: [DatasetError] = [
      .missing(folder: "/data/kmnist", names: ["x"]),
      .idx(path: "/data/kmnist/x.gz", .notGzip(looksLikeHTML: true)),
      .idx(path: "/data/kmnist/x.gz", .damagedGzip(.truncated)),
    ]
    for error in errors { #expect(error.description.hasSuffix(advice)) }
    let other = DatasetError.idx(path: "/data/mine/x.gz", .notGzip(looksLikeHTML: true))
    #expect(other.description.hasSuffix("not gzip but a web page; fetch the file again"))
  }
}
