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
        .headerCut(path: $0, expected: 16, found: length)
      }
    }
  }

  @Test func theFirstBytesMustBeZero() throws {
    try expectImagesFault([0, 1] + IDXFile.images(1).dropFirst(2)) { .notIDX(path: $0, firstBytes: [0, 1]) }
    try expectImagesFault([1, 0] + IDXFile.images(1).dropFirst(2)) { .notIDX(path: $0, firstBytes: [1, 0]) }
  }

  @Test(arguments: [0, 0x09, 0x0D, 0xFF] as [UInt8])
  func theElementsMustBeBytes(type: UInt8) throws {
    let bytes = IDXFile.header(type: type, [1, 28, 28]) + IDXFile.pixels(1)
    try expectImagesFault(bytes) { .wrongElementType(path: $0, type: type) }
  }

  @Test(arguments: [0, 1, 2, 4, 255] as [UInt8])
  func imagesHaveThreeDimensions(count: UInt8) throws {
    try expectImagesFault([0, 0, 8, count] + IDXFile.images(1).dropFirst(4)) {
      .wrongDimensionCount(path: $0, expected: 3, found: Int(count))
    }
  }

  @Test func labelsHaveOneDimension() throws {
    let path = try folder.write(IDXFile.images(1), to: "labels")
    #expect(throws: DatasetError.wrongDimensionCount(path: path, expected: 1, found: 3)) {
      try IDX.readLabels(path, classCount: 10)
    }
  }

  @Test func hugeDimensionsAreRefused() throws {
    let most = UInt32.max
    try expectImagesFault(IDXFile.header([most, 28, 28])) {
      .tooMany(path: $0, count: Int(most), limit: IDX.largestCount)
    }
    try expectImagesFault(IDXFile.header([1, most, most])) {
      .wrongImageSize(path: $0, rows: Int(most), columns: Int(most))
    }
    try expectImagesFault(IDXFile.header([UInt32(IDX.largestCount), 28, 28])) {
      .elementsCut(path: $0, expected: IDX.largestCount * 784, found: 0)
    }
  }

  @Test func imagesMustBe28By28() throws {
    try expectImagesFault(IDXFile.header([1, 28, 27]) + IDXFile.pixels(1)) {
      .wrongImageSize(path: $0, rows: 28, columns: 27)
    }
    try expectImagesFault(IDXFile.header([1, 14, 56]) + IDXFile.pixels(1)) {
      .wrongImageSize(path: $0, rows: 14, columns: 56)
    }
  }

  @Test func noImagesAreRefused() throws {
    try expectImagesFault(IDXFile.header([0, 28, 28])) { .empty(path: $0) }
  }

  @Test func oneByteTooFewOrTooManyIsFound() throws {
    try expectImagesFault(IDXFile.images(2).dropLast()) {
      .elementsCut(path: $0, expected: 1568, found: 1567)
    }
    try expectImagesFault(IDXFile.images(2) + [0]) { .elementsLeftOver(path: $0, expected: 1568) }
  }

  @Test func noLabelsAreRefused() throws {
    let path = try folder.write(IDXFile.labels([]), to: "labels")
    #expect(throws: DatasetError.empty(path: path)) { try IDX.readLabels(path, classCount: 10) }
  }

  @Test func oneLabelTooFewOrTooManyIsFound() throws {
    let path = try folder.write(IDXFile.labels([1, 2, 3]).dropLast(), to: "labels")
    #expect(throws: DatasetError.elementsCut(path: path, expected: 3, found: 2)) {
      try IDX.readLabels(path, classCount: 10)
    }
    try folder.write(IDXFile.labels([1, 2, 3]) + [4], to: "labels")
    #expect(throws: DatasetError.elementsLeftOver(path: path, expected: 3)) {
      try IDX.readLabels(path, classCount: 10)
    }
  }

  @Test func aSecondMemberWithMoreIsFound() throws {
    let path = try folder.write(try gzip(IDXFile.images(1)) + gzip([0]), to: "images.gz")
    #expect(throws: DatasetError.elementsLeftOver(path: path, expected: 784)) { try IDX.readImages(path) }
  }

  @Test func decompressionBombsStopAtTheSizeInTheHeader() throws {
    let bomb = IDXFile.images(1) + [UInt8](repeating: 0, count: 20_000_000)
    let path = try folder.write(try gzip(bomb), to: "images.gz")
    #expect(throws: DatasetError.elementsLeftOver(path: path, expected: 784)) { try IDX.readImages(path) }
  }

  @Test func damagedGzipIsNamed() throws {
    var file = try gzip(IDXFile.images(1))
    file[file.count - 6] ^= 1
    let path = try folder.write(file, to: "images.gz")
    #expect(throws: DatasetError.damagedGzip(path: path, .wrongChecksum)) { try IDX.readImages(path) }
    try folder.write(file.dropLast(20), to: "images.gz")
    #expect(throws: DatasetError.damagedGzip(path: path, .truncated)) { try IDX.readImages(path) }
    try folder.write(try gzip(IDXFile.images(1)) + [1, 2, 3], to: "images.gz")
    #expect(throws: DatasetError.damagedGzip(path: path, .trailingGarbage(count: 3))) {
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
      #expect(error == .gzipTwice(path: path))
      #expect(error?.description.contains("compressed twice") == true)
    }
    let labels = try folder.write(try gzip(try gzip(IDXFile.labels([1]))), to: "labels.gz")
    #expect(throws: DatasetError.gzipTwice(path: labels)) { try IDX.readLabels(labels, classCount: 10) }
    #expect(throws: DatasetError.gzipTwice(path: "-")) {
      try IDXImageStream(ByteStream(try gzip(images), path: "-"), isCompressed: true)
    }
  }

  @Test func aWebPageIsNotGzip() throws {
    let path = try folder.write(Array("\n <!DOCTYPE html><title>404</title>".utf8), to: "images.gz")
    let error = #expect(throws: DatasetError.self) { try IDX.readImages(path) }
    #expect(error == .notGzip(path: path, looksLikeHTML: true))
    #expect(error?.description == "\(path): not gzip but a web page; fetch the file again")
  }

  @Test func aPlainFileUnderACompressedNameIsNotGzip() throws {
    let path = try folder.write(IDXFile.images(1), to: "images.gz")
    #expect(throws: DatasetError.notGzip(path: path, looksLikeHTML: false)) { try IDX.readImages(path) }
  }

  @Test func gzipUnderAPlainNameIsExplained() throws {
    let path = try folder.write(try gzip(IDXFile.images(1)), to: "images")
    let error = #expect(throws: DatasetError.self) { try IDX.readImages(path) }
    #expect(error == .notIDX(path: path, firstBytes: [0x1F, 0x8B]))
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
