import Formats
import Primitives
import TestSupport
import Testing

@testable import Datasets

@Suite struct IDXTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Reads `bytes` as an image file, plain and compressed, and expects the same error both times.
  private func expectImagesFault(
    _ bytes: [UInt8], _ error: (String) -> DatasetError, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let plain = try folder.write(bytes, to: "images")
    #expect(throws: error(plain), sourceLocation: sourceLocation) { try IDX.readImages(plain) }
    let compressed = try folder.write(try gzip(bytes), to: "images.gz")
    #expect(throws: error(compressed), sourceLocation: sourceLocation) { try IDX.readImages(compressed) }
  }

  @Test func soundImagesAreRead() throws {
    let plain = try folder.write(IDXFile.images(3), to: "images")
    let compressed = try folder.write(try gzip(IDXFile.images(3)), to: "images.gz")
    #expect(try IDX.readImages(plain) == IDXFile.pixels(3))
    #expect(try IDX.readImages(compressed) == IDXFile.pixels(3))
  }

  @Test func membersMayPartTheFileAnywhere() throws {
    let bytes = IDXFile.images(1)
    for cut in [1, 4, 15, 16, 500] {
      let members = try gzip(Array(bytes[..<cut])) + gzip(Array(bytes[cut...]))
      let path = try folder.write(members, to: "images.gz")
      #expect(try IDX.readImages(path) == IDXFile.pixels(1), "cut at \(cut)")
    }
  }

  @Test func soundLabelsAreRead() throws {
    let path = try folder.write(IDXFile.labels([0, 9, 3]), to: "labels")
    #expect(try IDX.readLabels(path, classCount: 10) == [0, 9, 3])
  }

  @Test func everyCutOfTheHeaderIsFound() throws {
    for length in 0..<16 {
      try expectImagesFault(Array(IDXFile.images(1).prefix(length))) {
        .idx(path: $0, .headerCut(expected: 16, found: length))
      }
    }
  }

  @Test func theFirstBytesMustBeZero() throws {
    try expectImagesFault([0, 1] + IDXFile.images(1).dropFirst(2)) {
      .idx(path: $0, .notIDX(firstBytes: [0, 1]))
    }
    try expectImagesFault([1, 0] + IDXFile.images(1).dropFirst(2)) {
      .idx(path: $0, .notIDX(firstBytes: [1, 0]))
    }
  }

  @Test(arguments: [0, 0x09, 0x0D, 0xFF] as [UInt8])
  func theElementsMustBeBytes(type: UInt8) throws {
    let bytes = IDXFile.header(type: type, [1, 28, 28]) + IDXFile.pixels(1)
    try expectImagesFault(bytes) { .idx(path: $0, .wrongElementType(type)) }
  }

  @Test(arguments: [0, 1, 2, 4, 255] as [UInt8])
  func imagesHaveThreeDimensions(count: UInt8) throws {
    try expectImagesFault([0, 0, 8, count] + IDXFile.images(1).dropFirst(4)) {
      .idx(path: $0, .wrongDimensionCount(expected: 3, found: Int(count)))
    }
  }

  @Test func labelsHaveOneDimension() throws {
    let path = try folder.write(IDXFile.images(1), to: "labels")
    #expect(throws: DatasetError.idx(path: path, .wrongDimensionCount(expected: 1, found: 3))) {
      try IDX.readLabels(path, classCount: 10)
    }
  }

  @Test func hugeDimensionsAreRefused() throws {
    let most = UInt32.max
    try expectImagesFault(IDXFile.header([most, 28, 28])) {
      .idx(path: $0, .tooMany(count: Int(most), limit: IDX.largestCount))
    }
    try expectImagesFault(IDXFile.header([1, most, most])) {
      .idx(path: $0, .wrongImageSize([Int(most), Int(most)], expected: [28, 28]))
    }
    try expectImagesFault(IDXFile.header([UInt32(IDX.largestCount), 28, 28])) {
      .idx(path: $0, .elementsCut(expected: IDX.largestCount * 784, found: 0))
    }
  }

  @Test func imagesMustBe28By28() throws {
    try expectImagesFault(IDXFile.header([1, 28, 27]) + IDXFile.pixels(1)) {
      .idx(path: $0, .wrongImageSize([28, 27], expected: [28, 28]))
    }
    try expectImagesFault(IDXFile.header([1, 14, 56]) + IDXFile.pixels(1)) {
      .idx(path: $0, .wrongImageSize([14, 56], expected: [28, 28]))
    }
  }

  @Test func noImagesAreRefused() throws {
    try expectImagesFault(IDXFile.header([0, 28, 28])) { .idx(path: $0, .empty) }
  }

  @Test func oneByteTooFewOrTooManyIsFound() throws {
    try expectImagesFault(IDXFile.images(2).dropLast()) {
      .idx(path: $0, .elementsCut(expected: 1568, found: 1567))
    }
    try expectImagesFault(IDXFile.images(2) + [0]) { .idx(path: $0, .elementsLeftOver(expected: 1568)) }
  }

  @Test func noLabelsAreRefused() throws {
    let path = try folder.write(IDXFile.labels([]), to: "labels")
    #expect(throws: DatasetError.idx(path: path, .empty)) { try IDX.readLabels(path, classCount: 10) }
  }

  @Test func oneLabelTooFewOrTooManyIsFound() throws {
    let path = try folder.write(IDXFile.labels([1, 2, 3]).dropLast(), to: "labels")
    #expect(throws: DatasetError.idx(path: path, .elementsCut(expected: 3, found: 2))) {
      try IDX.readLabels(path, classCount: 10)
    }
    try folder.write(IDXFile.labels([1, 2, 3]) + [4], to: "labels")
    #expect(throws: DatasetError.idx(path: path, .elementsLeftOver(expected: 3))) {
      try IDX.readLabels(path, classCount: 10)
    }
  }

  @Test func aSecondMemberWithMoreIsFound() throws {
    let path = try folder.write(try gzip(IDXFile.images(1)) + gzip([0]), to: "images.gz")
    #expect(throws: DatasetError.idx(path: path, .elementsLeftOver(expected: 784))) {
      try IDX.readImages(path)
    }
  }

  @Test func decompressionBombsStopAtTheSizeInTheHeader() throws {
    let bomb = IDXFile.images(1) + [UInt8](repeating: 0, count: 20_000_000)
    let path = try folder.write(try gzip(bomb), to: "images.gz")
    #expect(throws: DatasetError.idx(path: path, .elementsLeftOver(expected: 784))) {
      try IDX.readImages(path)
    }
  }

  @Test func damagedGzipIsNamed() throws {
    var file = try gzip(IDXFile.images(1))
    file[file.count - 6] ^= 1
    let path = try folder.write(file, to: "images.gz")
    #expect(throws: DatasetError.idx(path: path, .damagedGzip(.wrongChecksum))) { try IDX.readImages(path) }
    try folder.write(file.dropLast(20), to: "images.gz")
    #expect(throws: DatasetError.idx(path: path, .damagedGzip(.truncated))) { try IDX.readImages(path) }
    try folder.write(try gzip(IDXFile.images(1)) + [1, 2, 3], to: "images.gz")
    #expect(throws: DatasetError.idx(path: path, .damagedGzip(.trailingGarbage(count: 3)))) {
      try IDX.readImages(path)
    }
  }

  @Test func paddedFilesAreRead() throws {
    let padding = [UInt8](repeating: 0, count: 512)
    let images = try folder.write(try gzip(IDXFile.images(2)) + padding, to: "images.gz")
    #expect(try IDX.readImages(images).count == 2 * 784)
    let labels = try folder.write(try gzip(IDXFile.labels([1, 2])) + padding, to: "labels.gz")
    #expect(try IDX.readLabels(labels, classCount: 10) == [1, 2])
  }

  @Test func gzipWithinGzipIsExplained() throws {
    let images = try gzip(IDXFile.images(1))
    for file in [try gzip(images), try gzip(try gzip(images)), try gzip(images) + [0, 0]] {
      let path = try folder.write(file, to: "images.gz")
      let error = #expect(throws: DatasetError.self) { try IDX.readImages(path) }
      #expect(error == .idx(path: path, .gzipTwice))
      #expect(error?.description.contains("compressed twice") == true)
    }
    let labels = try folder.write(try gzip(try gzip(IDXFile.labels([1]))), to: "labels.gz")
    #expect(throws: DatasetError.idx(path: labels, .gzipTwice)) { try IDX.readLabels(labels, classCount: 10) }
    #expect(throws: DatasetError.idx(path: "-", .gzipTwice)) {
      try IDXImageReader(ByteStream(try gzip(images), path: "-"), isCompressed: true)
    }
  }

  @Test func aWebPageIsNotGzip() throws {
    let path = try folder.write(Array("\n <!DOCTYPE html><title>404</title>".utf8), to: "images.gz")
    let error = #expect(throws: DatasetError.self) { try IDX.readImages(path) }
    #expect(error == .idx(path: path, .notGzip(looksLikeHTML: true)))
    #expect(error?.description == "\(path): not gzip but a web page; fetch the file again")
  }

  @Test func aPlainFileUnderACompressedNameIsNotGzip() throws {
    let path = try folder.write(IDXFile.images(1), to: "images.gz")
    #expect(throws: DatasetError.idx(path: path, .notGzip(looksLikeHTML: false))) { try IDX.readImages(path) }
  }

  @Test func gzipUnderAPlainNameIsExplained() throws {
    let path = try folder.write(try gzip(IDXFile.images(1)), to: "images")
    let error = #expect(throws: DatasetError.self) { try IDX.readImages(path) }
    #expect(error == .idx(path: path, .notIDX(firstBytes: [0x1F, 0x8B])))
    #expect(error?.description == "\(path): this is gzip; rename it to end in .gz")
  }

  @Test func aLabelBeyondTheClassesIsFound() throws {
    let path = try folder.write(IDXFile.labels([1, 2, 10, 11]), to: "labels")
    #expect(throws: DatasetError.labelBeyondClasses(path: path, index: 2, label: 10, classes: 10)) {
      try IDX.readLabels(path, classCount: 10)
    }
  }

  @Test func anUnreadableFileIsNamed() throws {
    #expect(throws: DatasetError.file(.isFolder(path: folder.path))) { try IDX.readImages(folder.path) }
  }
}
