import Primitives
import Testing

@testable import Datasets

@Suite struct DatasetErrorTests {
  private static let path = "a\u{1B}b\n"
  private static let errors: [DatasetError] = [
    .file(.isFolder(path: path)), .missing(folder: path, names: ["x", "y"]),
    .notGzip(path: path, looksLikeHTML: false), .damagedGzip(path: path, .truncated),
    .headerCut(path: path, expected: 16, found: 3), .notIDX(path: path, firstBytes: [1, 2]),
    .wrongElementType(path: path, type: 9), .wrongDimensionCount(path: path, expected: 3, found: 0),
    .wrongImageSize(path: path, rows: 1, columns: 2), .empty(path: path),
    .tooMany(path: path, count: 2, limit: 1), .elementsCut(path: path, expected: 2, found: 1),
    .elementsLeftOver(path: path, expected: 2),
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
      .notGzip(path: "/data/kmnist/x.gz", looksLikeHTML: true),
      .damagedGzip(path: "/data/kmnist/x.gz", .truncated),
    ]
    for error in errors { #expect(error.description.hasSuffix(advice)) }
    let other = DatasetError.notGzip(path: "/data/mine/x.gz", looksLikeHTML: true)
    #expect(other.description.hasSuffix("not gzip but a web page; fetch the file again"))
  }
}
