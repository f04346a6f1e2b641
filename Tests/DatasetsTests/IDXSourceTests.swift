import Primitives
import TestSupport
import Testing

@testable import Datasets

/// Data sets in IDX files of every name.
@Suite struct IDXSourceTests {
  private typealias Files = SourceFiles

  /// Writes the images and labels of a part; the images are numbered.
  private static func write(
    _ labels: [UInt8], images: String, labels labelsName: String, to folder: TemporaryFolder
  ) throws {
    func stored(_ name: String, _ bytes: [UInt8]) throws {
      try folder.write(name.hasSuffix(".gz") ? gzip(bytes) : bytes, to: name)
    }
    try stored(images, Files.idx([labels.count, 8, 9], Files.bytes(labels.count * 72)))
    try stored(labelsName, Files.idx([labels.count], labels))
  }

  @Test(arguments: [
    ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    ("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
    ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"),
    ("qmnist-train-images-idx3-ubyte.gz", "qmnist-train-labels-idx1-ubyte"),
  ]) func everyNameIsRead(images: String, labels: String) throws {
    let folder = try TemporaryFolder(named: "some-name")
    try Self.write([3, 1, 9], images: images, labels: labels, to: folder)
    let test = (images.replacing("train", with: "t10k"), labels.replacing("train", with: "t10k"))
    try Self.write([4], images: test.0, labels: test.1, to: folder)
    for path in [folder.path, "\(folder.path)/\(images)"] {
      let source = try Files.open(path)
      #expect(source.parts.map(\.kind) == [.training, .test])
      #expect(source.parts.map(\.labels) == [[3, 1, 9], [4]])
      #expect(source.shape == ImageShape(width: 9, height: 8))
      #expect(try source.pixels() == Files.bytes(216))
      #expect(source.description.classNames.count == 10)
    }
  }

  @Test func aPlainFileComesBeforeACompressedOne() throws {
    let folder = try TemporaryFolder()
    try Self.write([1], images: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte", to: folder)
    try Self.write(
      [2, 2], images: "train-images.idx3-ubyte.gz", labels: "train-labels-idx1-ubyte.gz", to: folder)
    #expect(try Files.open(folder.path).parts.map(\.labels) == [[1]])
  }

  @Test(arguments: ["raw", "MNIST/raw"]) func foldersOfTorchvisionAreFound(below: String) throws {
    let folder = try TemporaryFolder(named: "FashionMNIST")
    try Folder.make("\(folder.path)/\(below)")
    try Self.write(
      [1], images: "\(below)/train-images-idx3-ubyte", labels: "\(below)/train-labels-idx1-ubyte", to: folder)
    let source = try Files.open(folder.path)
    #expect(source.parts.map(\.labels) == [[1]])
    #expect((source.description.classNames.first == "T-shirt/top") == (below == "raw"))
  }

  @Test func emnistIsTransposed() throws {
    let folder = try TemporaryFolder(named: "gzip")
    try Self.write(
      [0, 46], images: "emnist-balanced-train-images-idx3-ubyte.gz",
      labels: "emnist-balanced-train-labels-idx1-ubyte.gz", to: folder)
    let source = try Files.open(folder.path)
    #expect(source.shape == ImageShape(width: 8, height: 9))
    let stored = Files.bytes(144)
    let expected = (0..<2).flatMap { image in
      (0..<9).flatMap { row in (0..<8).map { stored[image * 72 + $0 * 9 + row] } }
    }
    #expect(try source.pixels() == expected)
    #expect(source.description.name == "emnist-balanced")
    #expect(source.description.classNames.count == 47)
    #expect(source.description.summary.contains("transposed"))
  }

  @Test func lettersBeginWithOne() throws {
    let folder = try TemporaryFolder()
    let (images, labels) = ("emnist-letters-test-images-idx3-ubyte", "emnist-letters-test-labels-idx1-ubyte")
    try Self.write([1, 26, 3], images: images, labels: labels, to: folder)
    let source = try Files.open(folder.path)
    #expect(source.parts.map(\.labels) == [[0, 25, 2]])
    #expect(source.description.classNames.first == "A" && source.description.classNames.last == "Z")
    let mapping = (1...26).map { "\($0) \($0 + 64) \($0 + 96)\n" }.joined()
    try folder.write(Array(mapping.utf8), to: "emnist-letters-mapping.txt")
    #expect(try Files.open(folder.path).description.classNames == source.description.classNames)
    try Self.write([0], images: images, labels: labels, to: folder)
    guard case .badLabel(labels, 0, "0") = try Files.fault(folder.path) else {
      Issue.record("a label of 0 is no letter")
      return
    }
  }

  @Test func classesAreNamedByTheMapping() throws {
    let folder = try TemporaryFolder()
    try Self.write(
      [0, 1], images: "emnist-byclass-test-images-idx3-ubyte",
      labels: "emnist-byclass-test-labels-idx1-ubyte",
      to: folder)
    try folder.write(Array("0 48\r\n1 97\r\n".utf8), to: "emnist-byclass-mapping.txt")
    #expect(try Files.open(folder.path).description.classNames == ["0", "a"])
  }

  @Test func severalSplitsAreNotMixed() throws {
    let folder = try TemporaryFolder()
    for split in ["letters", "digits"] {
      try Self.write(
        [1, 2], images: "emnist-\(split)-train-images-idx3-ubyte",
        labels: "emnist-\(split)-train-labels-idx1-ubyte",
        to: folder)
    }
    let fault = try #require(try Files.fault(folder.path))
    #expect("\(fault)".contains("emnist-digits, emnist-letters; choose one by --key images=NAME"))
    #expect(try Files.open(folder.path, keys: ["images": "emnist-letters"]).parts.map(\.labels) == [[0, 1]])
    #expect(
      try Files.open("\(folder.path)/emnist-digits-train-images-idx3-ubyte").parts.map(\.labels) == [[1, 2]])
  }

  @Test func labelsOfQMNISTAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write(Files.idx([2, 8, 8], Files.bytes(128)), to: "qmnist-train-images-idx3-ubyte")
    let labels = "qmnist-train-labels-idx2-int"
    try folder.write(Files.idx(type: 0xC, [2, 8], [UInt8](repeating: 0, count: 64)), to: labels)
    #expect(try Files.fault(folder.path) == .labelsOfQMNIST(labels))
    let own = try folder.write(Files.idx([2], [3, 4]), to: "own-idx1-ubyte")
    let images = "\(folder.path)/qmnist-train-images-idx3-ubyte"
    #expect(try Files.open(images, labels: own).parts.map(\.labels) == [[3, 4]])
  }

  @Test(
    arguments: [
      (8, [255, 17], [255, 17]), (0xB, [0, 255, 0, 17], [255, 17]),
      (0xC, [0, 0, 0, 255, 0, 0, 0, 17], [255, 17]),
      (0xD, [0x43, 0x7F, 0, 0, 0x41, 0x88, 0, 0], [255, 17]),
      (0xE, [0x40, 0x6F, 0xE0, 0, 0, 0, 0, 0, 0x40, 0x31, 0, 0, 0, 0, 0, 0], [255, 17]),
      (9, [16, 8], [255, 128]),
    ] as [(UInt8, [UInt8], [UInt8])])
  func everyTypeIsRead(type: UInt8, first: [UInt8], bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let elements = first + [UInt8](repeating: 0, count: first.count / 2 * 62)
    let path = try folder.write(Files.idx(type: type, [1, 8, 8], elements), to: "a-idx3")
    #expect(Array(try Files.open(path).pixels()[..<2]) == bytes)
  }

  @Test func faultsOfFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    func error(_ bytes: [UInt8], _ name: String = "x-idx3-ubyte") throws -> String {
      let path = try folder.write(bytes, to: name)
      let error = #expect(throws: DatasetError.self) { try Files.open(path).pixels() }
      return error.map { "\($0)" } ?? ""
    }
    let whole = Files.idx([2, 8, 8], Files.bytes(128))
    #expect(try error(Array(whole.dropLast())).contains("too short: 127 of the 128"))
    #expect(try error(whole + [0]).contains("too long"))
    #expect(try error(Files.idx([0, 8, 8], [])).contains("no elements"))
    #expect(try error(Files.idx([0xFFFF_FFFF, 8, 8], [])).contains("the limit"))
    #expect(
      try error(Files.idx([9_000_000, 0xFFFF_FFFF, 0xFFFF_FFFF], [])).contains("larger than any memory"))
    let cut = try error(Array(try gzip(whole).dropLast(9)), "x-idx3-ubyte.gz")
    #expect(cut.contains("damaged gzip"), "\(cut)")
  }
}
