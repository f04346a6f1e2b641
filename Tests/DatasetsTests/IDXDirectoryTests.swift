import Foundation
import Primitives
import TestSupport
import Testing

@testable import Datasets

@Suite struct IDXDirectoryTests {
  /// A folder with three training and two test images.
  private func makeSet(named name: String = "some-set", separator: String = "-") throws -> TemporaryFolder {
    let folder = try TemporaryFolder(named: name)
    try folder.write(IDXFile.images(3), to: "train-images\(separator)idx3-ubyte")
    try folder.write(try gzip(IDXFile.labels([5, 0, 4])), to: "train-labels\(separator)idx1-ubyte.gz")
    try folder.write(try gzip(IDXFile.images(2)), to: "t10k-images\(separator)idx3-ubyte.gz")
    try folder.write(IDXFile.labels([7, 2]), to: "t10k-labels\(separator)idx1-ubyte")
    return folder
  }

  private func pixels(of image: Int, in source: some ImageSource) -> [UInt8] {
    source.withPixels(at: image) { span in span.indices.map { span[$0] } }
  }

  @Test(arguments: ["-", "."])
  func bothSplitsAreLoaded(separator: String) throws {
    let folder = try makeSet(separator: separator)
    let set = try IDXDirectory.load(folder.path)
    #expect(set.name == "some-set")
    #expect(set.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
    #expect((0..<set.training.count).map(set.training.label(at:)) == [5, 0, 4])
    #expect((0..<set.test.count).map(set.test.label(at:)) == [7, 2])
  }

  @Test func theFilesAreDescribed() throws {
    let folder = try makeSet()
    #expect(
      IDXDirectory.description(of: folder.path).summary
        == "idx: train-images-idx3-ubyte (u1, 3×28×28): images (train); "
        + "train-labels-idx1-ubyte.gz (u1, 3): labels (train); "
        + "t10k-images-idx3-ubyte.gz (u1, 2×28×28): images (test); "
        + "t10k-labels-idx1-ubyte (u1, 2): labels (test); values 0 to 255")
    try FileManager.default.removeItem(atPath: "\(folder.path)/train-images-idx3-ubyte")
    try folder.write([1, 2], to: "train-labels-idx1-ubyte.gz")
    #expect(
      IDXDirectory.description(of: folder.path).entries.map(\.use) == ["images (test)", "labels (test)"])
  }

  @Test func pixelsAreThoseOfTheImage() throws {
    let folder = try makeSet()
    for split in Split.allCases {
      let images = try IDXDirectory.loadSplit(split, in: folder.path + "/")
      let all = IDXFile.pixels(images.count)
      for image in 0..<images.count {
        #expect(pixels(of: image, in: images) == Array(all[image * 784..<(image + 1) * 784]))
      }
    }
  }

  @Test func oneSplitNeedsItsOwnFilesOnly() throws {
    let folder = try makeSet()
    try FileManager.default.removeItem(atPath: folder.path + "/train-images-idx3-ubyte")
    #expect(try IDXDirectory.loadSplit(.test, in: folder.path).count == 2)
    let names = [
      "train-images-idx3-ubyte", "train-images.idx3-ubyte", "train-images-idx3-ubyte.gz",
      "train-images.idx3-ubyte.gz",
    ]
    #expect(throws: DatasetError.missing(folder: folder.path, names: names)) {
      try IDXDirectory.load(folder.path)
    }
  }

  @Test func countsMustAgree() throws {
    let folder = try makeSet()
    let labelsPath = try folder.write(IDXFile.labels([7, 2, 1]), to: "t10k-labels-idx1-ubyte")
    let imagesPath = folder.path + "/t10k-images-idx3-ubyte.gz"
    #expect(
      throws: DatasetError.countsDiffer(
        imagesPath: imagesPath, images: 2, labelsPath: labelsPath, labels: 3)
    ) { try IDXDirectory.load(folder.path) }
  }

  @Test(arguments: ["fashion-mnist", "Fashion-MNIST"])
  func fashionHasNamesForItsClasses(name: String) throws {
    let folder = try makeSet(named: name)
    let set = try IDXDirectory.load(folder.path)
    #expect(set.title == "Fashion-MNIST")
    #expect(set.classNames.count == 10)
    #expect(set.classNames[9] == "Ankle boot")
  }

  @Test func aMissingFolderIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/none"
    #expect(throws: DatasetError.file(.refused(.open, path: path, code: ENOENT))) {
      try IDXDirectory.load(path)
    }
  }

  @Test func filesAreNotFolders() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1], to: "file")
    let error = #expect(throws: DatasetError.self) { try IDXDirectory.load(path) }
    #expect(
      error == .file(.refused(.open, path: path + "/t10k-labels-idx1-ubyte", code: ENOTDIR)))
  }

  @Test func theFolderNameIsTheLastPart() throws {
    let folder = try TemporaryFolder(named: "mnist")
    #expect(IDXDirectory.folderName(of: "/data/kmnist//") == "kmnist")
    #expect(IDXDirectory.folderName(of: "fashion-mnist") == "fashion-mnist")
    #expect(IDXDirectory.folderName(of: folder.path + "/.") == "mnist")
    #expect(IDXDirectory.folderName(of: "a/b\u{1B}c") == "b\u{FFFD}c")
    #expect(IDXDirectory.folderName(of: "/") == "/")
  }
}
