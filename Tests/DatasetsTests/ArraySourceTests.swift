import Primitives
import TestSupport
import Testing

@testable import Datasets

/// Data sets in `.npz` and `.npy` files, as others distribute them.
@Suite struct ArraySourceTests {
  private typealias Files = SourceFiles

  private static func labels(_ values: [UInt8], columns: Int = 0) -> [UInt8] {
    Files.npy("|u1", columns == 0 ? [values.count] : [values.count / columns, columns], values)
  }

  @Test(arguments: [true, false]) func kerasFilesAreRead(isDeflated: Bool) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ZIPBytes.npz(
        [
          ("x_test", Files.images(2, seed: 1)), ("x_train", Files.images(3)),
          ("y_train", Self.labels([5, 0, 4])),
          ("y_test", Self.labels([7, 2])),
        ], isDeflated: isDeflated), to: "mnist.npz")
    let source = try Files.open(path)
    #expect(source.parts.map(\.kind) == [.training, .test])
    #expect(source.parts.map(\.labels) == [[5, 0, 4], [7, 2]])
    #expect(source.shape == ImageShape(width: 8, height: 8))
    #expect(try source.pixels(part: 0) == Files.bytes(192))
    #expect(try source.pixels(part: 1) == Files.bytes(128, seed: 1))
    #expect(source.description.classNames == ["0", "1", "2", "3", "4", "5", "6", "7"])
    #expect(source.description.name == "mnist")
    #expect(
      source.description.summary
        == "npz: x_train (u1, 3×8×8): images (train); y_train (u1, 3): labels (train); "
        + "x_test (u1, 2×8×8): images (test); y_test (u1, 2): labels (test); values 0 to 255")
  }

  @Test func medMNISTFilesAreRead() throws {
    let folder = try TemporaryFolder()
    let parts = [("val", 1), ("train", 3), ("test", 2)]
    let path = try folder.write(
      ZIPBytes.npz(
        parts.flatMap { name, count in
          [
            ("\(name)_images", Files.npy("|u1", [count, 8, 8, 3], Files.bytes(count * 192))),
            ("\(name)_labels", Self.labels([UInt8](repeating: 1, count: count), columns: 1)),
          ]
        }), to: "pathmnist.npz")
    let source = try Files.open(path)
    #expect(source.parts.map(\.kind) == [.training, .validation, .test])
    #expect(source.parts.map(\.labels) == [[1, 1, 1], [1], [1, 1]])
    #expect(source.shape == ImageShape(width: 8, height: 8, channels: 3))
    #expect(try source.pixels(part: 0) == Files.bytes(576))
  }

  @Test func familiesOfArchivesAreRead() throws {
    let folder = try TemporaryFolder()
    for (part, count) in [("train", 3), ("test", 2)] {
      try folder.write(ZIPBytes.npz([("arr_0", Files.images(count))]), to: "kmnist-\(part)-imgs.npz")
      try folder.write(
        ZIPBytes.npz([("arr_0", Self.labels([UInt8](repeating: 3, count: count)))]),
        to: "kmnist-\(part)-labels.npz")
    }
    for path in [folder.path, folder.path + "/kmnist-test-imgs.npz"] {
      let source = try Files.open(path)
      #expect(source.parts.map(\.kind) == [.training, .test])
      #expect(source.parts.map(\.labels) == [[3, 3, 3], [3, 3]])
      #expect(try source.pixels(part: 1) == Files.bytes(128))
    }
    try folder.write(ZIPBytes.npz([("arr_0", Files.images(1))]), to: "k49-train-imgs.npz")
    let fault = try #require(try Files.fault(folder.path))
    guard case .ambiguous(_, let candidates, let answer) = fault else {
      Issue.record("\(fault)")
      return
    }
    #expect(candidates == ["k49", "kmnist"])
    #expect(answer.contains("--key"))
    #expect(try Files.open(folder.path, keys: ["images": "kmnist"]).parts.map(\.count) == [3, 2])
    #expect(try Files.open(folder.path + "/k49-train-imgs.npz").parts.map(\.count) == [1])
  }

  @Test func foldersOfArraysAreRead() throws {
    let folder = try TemporaryFolder()
    try folder.write(Files.images(3), to: "x_train.npy")
    try folder.write(Self.labels([1, 0, 1]), to: "y_train.npy")
    #expect(try Files.open(folder.path).parts.map(\.labels) == [[1, 0, 1]])
    #expect(try Files.open(folder.path + "/x_train.npy").parts.map(\.labels) == [[1, 0, 1]])
  }

  @Test func eachFileMayBeAClass() throws {
    let folder = try TemporaryFolder()
    try folder.write(Files.npy("|u1", [2, 64], Files.bytes(128)), to: "cat.npy")
    try folder.write(Files.npy("|u1", [3, 64], Files.bytes(192, seed: 2)), to: "dog.npy")
    let source = try Files.open(folder.path)
    #expect(source.description.classNames == ["cat", "dog"])
    #expect(source.parts.map(\.labels) == [[0, 0, 1, 1, 1]])
    let all = Files.bytes(128) + Files.bytes(192, seed: 2)
    #expect(try source.pixels() == all)
    #expect(try source.pixels(indices: [1, 4]) == Array(all[64..<128] + all[256...]))
  }

  @Test func otherNamesAreRecognisedByShape() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ZIPBytes.npz([
        ("weights", Files.npy("<f4", [3], [UInt8](repeating: 0, count: 12))), ("pics", Files.images(3)),
        ("kind", Self.labels([2, 1, 0])),
      ]), to: "own.npz")
    let source = try Files.open(path)
    #expect(source.parts.map(\.labels) == [[2, 1, 0]])
    #expect(source.parts[0].kind == .all)
    #expect(source.description.summary.contains("weights (f4, 3): not read"))
  }

  @Test func whatIsNotClearIsRefusedWithTheCandidates() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ZIPBytes.npz([
        ("one", Files.images(3)), ("two", Files.images(3, seed: 1)), ("k", Self.labels([1, 2, 3])),
        ("l", Self.labels([0, 0, 0])),
      ]), to: "own.npz")
    let fault = try #require(try Files.fault(path))
    #expect("\(fault)".contains("one (u1, 3×8×8), two (u1, 3×8×8); name them by --key images=…,labels=…"))
    let source = try Files.open(path, keys: ["images": "two", "labels": "k"])
    #expect(source.parts.map(\.labels) == [[1, 2, 3]])
    #expect(try source.pixels() == Files.bytes(192, seed: 1))
    let labels = try #require(
      try Files.fault(
        folder.write(
          ZIPBytes.npz([("one", Files.images(2)), ("k", Self.labels([1, 2])), ("l", Self.labels([0, 0]))]),
          to: "labels.npz")))
    #expect("\(labels)".hasPrefix("which array has the labels: k (u1, 2), l (u1, 2)"))
  }

  @Test(arguments: [[28, 28, 5], [20, 30, 64, 64], [8, 8, 3]])
  func anUnclearCountIsRefused(shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let count = shape.reduce(1, *)
    let path = try folder.write(
      Files.npy("|u1", shape, [UInt8](repeating: 9, count: count)), to: "images.npy")
    let fault = try #require(try Files.fault(path))
    #expect("\(fault)".hasPrefix("which extent counts the images"))
    #expect("\(fault)".contains("numpy.moveaxis"))
  }

  @Test func volumesAndVectorsAreNoImages() throws {
    let folder = try TemporaryFolder()
    for shape in [[2, 28, 28, 28], [3, 65], [9]] {
      let count = shape.reduce(1, *)
      let path = try folder.write(Files.npy("|u1", shape, [UInt8](repeating: 9, count: count)), to: "a.npy")
      let fault = try #require(try Files.fault(path))
      let text = shape.map(String.init).joined(separator: "×")
      #expect("\(fault)".contains(text))
    }
  }

  @Test func keysMustExistAndBeReadable() throws {
    let folder = try TemporaryFolder()
    let objects = NumPyBytes.file(NumPyBytes.header("|O", "()"), [0x80, 2])
    let path = try folder.write(
      ZIPBytes.npz([("images", Files.images(1)), ("meta", objects)]), to: "own.npz")
    guard case .unknownKey("x", let candidates) = try Files.fault(path, keys: ["images": "x"]) else {
      Issue.record("an unknown key is not found")
      return
    }
    #expect(candidates.first == "images (u1, 1×8×8)")
    guard case .refusedArray("meta", let reason) = try Files.fault(path, keys: ["images": "meta"]) else {
      Issue.record("a refused array is not named")
      return
    }
    #expect(reason.contains("pickle"))
    #expect(try Files.fault(path, keys: ["pictures": "images"]) == .unknownUse("pictures"))
    #expect(try Files.open(path).description.summary.contains("meta: not read"))
  }

  @Test func labelsMayBeInAnotherFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Files.images(3), to: "pictures.npy")
    let files = [
      ("a.npy", Self.labels([0, 1, 2])), ("b.npz", ZIPBytes.npz([("arr_0", Self.labels([0, 1, 2]))])),
      ("c.idx1-ubyte", Files.idx([3], [0, 1, 2])),
      ("d.npy", Self.labels([1, 0, 0, 0, 1, 0, 0, 0, 1], columns: 3)),
    ]
    for (name, bytes) in files {
      let labels = try folder.write(bytes, to: name)
      #expect(try Files.open(path, labels: labels).parts.map(\.labels) == [[0, 1, 2]])
    }
    let short = try folder.write(Self.labels([0, 1]), to: "short.npy")
    #expect(
      try Files.fault(path, labels: short)
        == .countsDiffer(images: "pictures.npy", 3, labels: "short.npy", 2))
  }

  @Test func severalClassesOfAnImageAreNoLabels() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ZIPBytes.npz([("images", Files.images(2)), ("labels", Self.labels([1, 1, 0, 0, 0, 0], columns: 3))]),
      to: "chest.npz")
    let source = try Files.open(path)
    #expect(source.parts.map(\.labels) == [[]])
    #expect(source.description.classNames == [])
    #expect(source.description.summary.contains("labels has several classes"))
  }

  @Test(arguments: [
    ("<i4", [255, 255, 255, 255] as [UInt8]), ("<i4", [0, 1, 0, 0]), ("<f4", [0, 0, 0, 0x3F]),
  ])
  func labelsMustBeClassNumbers(type: String, last: [UInt8]) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ZIPBytes.npz([("x", Files.images(2)), ("y", Files.npy(type, [2], [0, 0, 0, 0] + last))]), to: "own.npz")
    guard case .badLabel("y", 1, _) = try Files.fault(path) else {
      Issue.record("\(String(describing: try Files.fault(path)))")
      return
    }
  }

  @Test func partsMustHaveOneShape() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      ZIPBytes.npz([("x_train", Files.images(2)), ("x_test", Files.images(2, side: 9))]), to: "own.npz")
    #expect(try Files.fault(path) == .shapesDiffer("x_train", [8, 8], "x_test", [9, 9]))
  }
}
