import Formats
import Primitives
import TestSupport
import Testing

@testable import Datasets

/// The same images and labels in files of every kind are the same data set, to the last byte.
@Suite struct SameImagesTests {
  private static let labels: (training: [UInt8], test: [UInt8]) = (
    (0..<30).map { UInt8($0 * 7 % 10) }, (0..<10).map { UInt8(9 - $0) }
  )
  private static let pixels = (
    training: noiseBytes(30 * 784, seed: 1).enumerated().map { corner($0.offset) ? 0 : $0.element },
    test: noiseBytes(10 * 784, seed: 2).enumerated().map { corner($0.offset) ? 0 : $0.element }
  )

  /// The last pixel of an image, which is black in digits.
  private static func corner(_ place: Int) -> Bool { place % 784 == 783 }

  private func dataset(_ path: String, labels: String? = nil) throws -> Dataset {
    let request = SourceRequest(path: path, labelsPath: labels)
    return try DatasetAssembly(DataSources.open(request), request: request).dataset()
  }

  private func expectSame(_ dataset: Dataset, sourceLocation: SourceLocation = #_sourceLocation) {
    let expected = Dataset(
      name: "", title: "", classNames: [],
      training: StoredImages(pixels: Self.pixels.training, labels: Self.labels.training),
      test: StoredImages(pixels: Self.pixels.test, labels: Self.labels.test))
    #expect(DatasetIdentity(of: dataset) == DatasetIdentity(of: expected), sourceLocation: sourceLocation)
    for (images, same) in [(dataset.training, expected.training), (dataset.test, expected.test)] {
      for index in 0..<same.count {
        #expect(images.label(at: index) == same.label(at: index), sourceLocation: sourceLocation)
      }
    }
    #expect(dataset.classNames == (0...9).map { "\($0)" }, sourceLocation: sourceLocation)
  }

  @Test func filesOfIDX() throws {
    let folder = try TemporaryFolder(named: "mnist")
    func write(_ name: String, _ pixels: [UInt8], _ labels: [UInt8]) throws {
      try folder.write(
        IDXFile.header([UInt32(labels.count), 28, 28]) + pixels, to: "\(name)-images-idx3-ubyte")
      try folder.write(IDXFile.labels(labels), to: "\(name)-labels-idx1-ubyte")
    }
    try write("train", Self.pixels.training, Self.labels.training)
    try write("t10k", Self.pixels.test, Self.labels.test)
    expectSame(try dataset(folder.path))
    // As they were read before there were other kinds.
    expectSame(try IDXDirectory.load(folder.path))
  }

  @Test func anArchiveOfArrays() throws {
    let folder = try TemporaryFolder()
    func images(_ pixels: [UInt8]) -> [UInt8] {
      NumPyBytes.file(NumPyBytes.header("|u1", "(\(pixels.count / 784), 28, 28)"), pixels)
    }
    func labels(_ labels: [UInt8]) -> [UInt8] {
      NumPyBytes.file(NumPyBytes.header("|u1", "(\(labels.count),)"), labels)
    }
    let archive = ZIPBytes.npz([
      ("x_train", images(Self.pixels.training)), ("y_train", labels(Self.labels.training)),
      ("x_test", images(Self.pixels.test)), ("y_test", labels(Self.labels.test)),
    ])
    expectSame(try dataset(folder.write(archive, to: "mnist.npz")))
  }

  @Test(arguments: [true, false]) func tables(hasNames: Bool) throws {
    let folder = try TemporaryFolder()
    func table(_ pixels: [UInt8], _ labels: [UInt8]) -> [UInt8] {
      let names = ["label"] + (1...28).flatMap { row in (1...28).map { "\(row)x\($0)" } }
      var lines = hasNames ? [names.joined(separator: ",")] : []
      for (index, label) in labels.enumerated() {
        let row = [label] + pixels[index * 784..<(index + 1) * 784]
        lines.append(row.map { "\($0)" }.joined(separator: ","))
      }
      return Array(lines.joined(separator: "\n").utf8)
    }
    try folder.write(table(Self.pixels.training, Self.labels.training), to: "mnist_train.csv")
    try folder.write(table(Self.pixels.test, Self.labels.test), to: "mnist_test.csv")
    expectSame(try dataset(folder.path))
  }

  @Test(arguments: ["png", "pgm"]) func picturesInFlatFoldersWithLabels(ending: String) throws {
    let folder = try TemporaryFolder()
    func write(_ split: String, _ pixels: [UInt8]) throws {
      try Folder.make("\(folder.path)/\(split)")
      for index in 0..<pixels.count / 784 {
        let image = Array(pixels[index * 784..<(index + 1) * 784])
        let bytes =
          ending == "png"
          ? PNG.encode(PixelImage(width: 28, height: 28, bytes: image)) : Array("P5 28 28 255\n".utf8) + image
        try folder.write(
          bytes, to: "\(split)/\(String(repeating: "0", count: index < 10 ? 4 : 3))\(index).\(ending)")
      }
    }
    try write("train", Self.pixels.training)
    try write("test", Self.pixels.test)
    let all = Self.labels.training + Self.labels.test
    let text = try TemporaryFolder()
    for (name, bytes) in [
      ("labels.txt", Array(all.map { "\($0)\n" }.joined().utf8)),
      ("labels.csv", Array(("label\n" + all.map { "\($0)\n" }.joined()).utf8)),
      ("labels.npy", NumPyBytes.file(NumPyBytes.header("|u1", "(40,)"), all)),
    ] {
      expectSame(try dataset(folder.path, labels: text.write(bytes, to: name)))
    }
  }
}
