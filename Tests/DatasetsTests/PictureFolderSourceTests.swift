import Formats
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Datasets

@Suite struct PictureFolderSourceTests {
  private func write(_ image: PixelImage, to path: String, in folder: TemporaryFolder) throws {
    if let slash = path.lastIndex(of: "/") { try Folder.make("\(folder.path)/\(path[..<slash])") }
    try folder.write(PNG.encode(image), to: path)
  }

  private func grey(_ width: Int, _ height: Int, _ value: UInt8) -> PixelImage {
    PixelImage(width: width, height: height, grey: value)
  }

  private func images(_ source: any DataSource, part: Int = 0, _ indices: [Int]? = nil) throws -> [Int:
    [UInt8]]
  {
    var images: [Int: [UInt8]] = [:]
    try source.readImages(part: part, indices: indices) { index, pixels throws(DatasetError) in
      images[index] = pixels.indices.map { pixels[$0] }
    }
    return images
  }

  private func open(_ folder: TemporaryFolder, labels: String? = nil, inverts: Bool = false) throws
    -> any DataSource
  {
    try DataSources.open(SourceRequest(path: folder.path, labelsPath: labels, inverts: inverts))
  }

  @Test func classesAreSaidAndRead() throws {
    let folder = try TemporaryFolder(named: "animals")
    for (index, path) in ["train/2/a.png", "train/10/a.png", "train/10/b.png", "test/2/c.png"].enumerated() {
      try write(grey(8, 9, UInt8(index)), to: path, in: folder)
    }
    try folder.write([1], to: "train/2/Thumbs.db")
    let source = try open(folder)
    #expect(source.shape == ImageShape(width: 8, height: 9))
    #expect(source.parts.map(\.kind) == [.training, .test])
    #expect(source.parts.map(\.labels) == [[0, 1, 1], [0]])
    #expect(source.description.classNames == ["2", "10"] && source.description.name == "animals")
    #expect(
      source.description.summary
        == "pictures: 3 pictures of 8×9: images (train); 1 picture of 8×9: images (test); values 0 to 255; "
        + "classes by folder: 0 = 2, 1 = 10; not read: 1 other file")
    #expect(try images(source) == [0: grey(8, 9, 0).bytes, 1: grey(8, 9, 1).bytes, 2: grey(8, 9, 2).bytes])
    #expect(try images(source, [2]) == [2: grey(8, 9, 2).bytes])
    #expect(try images(source, part: 1) == [0: grey(8, 9, 3).bytes])
  }

  @Test func namesThatAreTheLabelsAreSaidOnce() throws {
    let folder = try TemporaryFolder()
    for label in 0..<3 { try write(grey(8, 8, 1), to: "\(label)/a.png", in: folder) }
    #expect(try open(folder).description.notes == ["classes by folder: 0 to 2"])
  }

  @Test func labelsOfTheirOwnAreSaid() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b", "c"] { try write(grey(8, 8, 1), to: "\(name).png", in: folder) }
    let texts = try TemporaryFolder()
    let names = try texts.write(Array("cat\ndog\ncat\n".utf8), to: "names.txt")
    #expect(try open(folder, labels: names).description.notes == ["labels from names.txt: 0 = cat, 1 = dog"])
    let numbers = try texts.write(Array("1\n0\n1\n".utf8), to: "numbers.txt")
    #expect(try open(folder, labels: numbers).description.notes == ["labels from numbers.txt: 0 to 1"])
  }

  @Test func everyFormatIsRead() throws {
    let folder = try TemporaryFolder()
    let text = "P2 2 1 15 7 15"
    try folder.write(Array(text.utf8), to: "1.pgm")
    try folder.write(Array("P6 2 1 255 ".utf8) + [1, 2, 3, 4, 5, 6], to: "2.ppm")
    try write(PixelImage(width: 2, height: 1, bytes: [8, 9]), to: "3.png", in: folder)
    // Named as another format.
    try folder.write(Array(text.utf8), to: "4.jpeg")
    let source = try open(folder)
    // Grey pictures among ones in colour become colour.
    #expect(source.shape == ImageShape(width: 2, height: 1, channels: 3))
    #expect(
      try images(source) == [
        0: [119, 119, 119, 255, 255, 255], 1: [1, 2, 3, 4, 5, 6], 2: [8, 8, 8, 9, 9, 9],
        3: [119, 119, 119, 255, 255, 255],
      ])
    #expect(source.parts[0].labels.isEmpty && source.description.notes.first == "no labels")
  }

  @Test func mixedSizesArePaddedToSquares() throws {
    let folder = try TemporaryFolder()
    try write(grey(8, 4, 200), to: "1.png", in: folder)
    try write(grey(4, 4, 100), to: "2.png", in: folder)
    let source = try open(folder)
    #expect(source.shape == ImageShape(width: 8, height: 8))
    #expect(source.description.notes.contains("sizes are mixed: padded to squares and resized"))
    let found = try images(source)
    let rows =
      [UInt8](repeating: 0, count: 16) + [UInt8](repeating: 200, count: 32) + [UInt8](repeating: 0, count: 16)
    #expect(found[0] == rows && found[1] == [UInt8](repeating: 100, count: 64))
    let inverted = try images(open(folder, inverts: true))
    #expect(inverted[0]?.first == 255 && inverted[0]?[16] == 200)
    try write(grey(600, 2, 1), to: "3.png", in: folder)
    #expect(try open(folder).shape == ImageShape(width: 128, height: 128))
  }

  @Test func transparentPixelsLieOverTheBackground() throws {
    let folder = try TemporaryFolder()
    let header = PNGBytes.header(4, 8, width: 1, height: 1)
    try folder.write(PNGBytes.file(header, lines: [0, 200, 128]), to: "1.png")
    #expect(try images(open(folder)) == [0: [100]])
    #expect(try images(open(folder, inverts: true)) == [0: [227]])
  }

  @Test func labelsOfTheirOwn() throws {
    let folder = try TemporaryFolder()
    for name in ["00000.png", "00001.png", "00002.png"] { try write(grey(8, 8, 5), to: name, in: folder) }
    let text = try TemporaryFolder()
    func labels(_ lines: String) throws -> ([Int?], [String]) {
      let source = try open(folder, labels: text.write(Array(lines.utf8), to: "labels.csv"))
      return (source.parts[0].labels, source.description.classNames)
    }
    #expect(try labels("2\n0\n1\n") == ([2, 0, 1], ["0", "1", "2"]))
    #expect(try labels("label\n2\n0\n1\n") == ([2, 0, 1], ["0", "1", "2"]))
    #expect(try labels("index,label\n0,2\n1,0\n2,1") == ([2, 0, 1], ["0", "1", "2"]))
    #expect(try labels("file,label\n00002.png,cat\n00000.png,dog\n") == ([1, nil, 0], ["cat", "dog"]))
    #expect(try labels("b\na\nb") == ([1, 0, 1], ["a", "b"]))
    let path = "\(text.path)/labels.csv"
    #expect(
      throws: DatasetError.countsDiffer(imagesPath: folder.path, images: 3, labelsPath: path, labels: 2)
    ) {
      try labels("1\n2\n")
    }
    #expect(throws: DatasetError.empty(path: path)) { try labels("\n") }
  }

  @Test func faultsNameTheFile() throws {
    let folder = try TemporaryFolder()
    try write(grey(8, 8, 5), to: "1.png", in: folder)
    let bad = try folder.write(Array(PNG.encode(grey(8, 8, 5)).dropLast()), to: "2.png")
    // The header is sound; the pixels are read later.
    let source = try open(folder)
    #expect(throws: DatasetError.picture(path: bad, .png(.cut))) { try images(source) }
    try folder.write(Array("GIF89a".utf8), to: "2.png")
    #expect(throws: DatasetError.picture(path: bad, .otherFormat("GIF"))) { try open(folder) }
    try folder.write([], to: "2.png")
    #expect(throws: DatasetError.picture(path: bad, .empty)) { try open(folder) }
    try write(grey(9, 8, 5), to: "2.png", in: folder)
    #expect(throws: DatasetError.changed(path: bad)) { try images(source) }
    try FileManager.default.removeItem(atPath: bad)
    #expect(throws: DatasetError.file(.refused(.open, path: bad, code: ENOENT))) { try images(source) }
    let request = SourceRequest(path: folder.path, keys: ["images": "x"])
    #expect(throws: DatasetError.source(path: folder.path, .unknownUse("images"))) {
      try DataSources.open(request)
    }
    let empty = try TemporaryFolder()
    #expect(throws: DatasetError.source(path: empty.path, .unrecognized(isFolder: true))) { try open(empty) }
  }
}
