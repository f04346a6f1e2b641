import Formats
import Primitives
import TestSupport
import Testing

@testable import Datasets

/// The recognition of data sets, and of what is none.
@Suite struct SourceRecognitionTests {
  private typealias Files = SourceFiles

  @Test(
    arguments: [
      ("usps.h5", [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .hdf5),
      ("train.parquet", Array("PAR1....".utf8), .parquet), ("mnist.pkl", [0x80, 2, 0x7D], .pickle),
      ("mnist.pkl", [0x80, 5, 0x95], .pickle), ("a.mat", Array("MATLAB 5.0 MAT-file".utf8), .matlab),
      ("a.bz2", Array("BZh91AY".utf8), .bzip2), ("a.zst", [0x28, 0xB5, 0x2F, 0xFD], .zstandard),
      ("a.tar", [UInt8](repeating: 0, count: 257) + Array("ustar  ".utf8), .tar),
      ("a.arff", Array("@relation mnist".utf8), .arff), ("a.arff", Array("% a\n\n @RELATION b".utf8), .arff),
      ("a.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz),
    ] as [(String, [UInt8], ForeignFormat)])
  func otherFormatsAreNamed(name: String, bytes: [UInt8], format: ForeignFormat) throws {
    let folder = try TemporaryFolder()
    #expect(try Files.fault(folder.write(bytes, to: name)) == .foreign(format))
    #expect(try Files.fault(folder.write(gzip(bytes), to: name + ".gz")) == .foreign(format))
    let images = try folder.write(Files.images(1), to: "images.npy")
    #expect(try Files.fault(images, labels: "\(folder.path)/\(name)") == .foreign(format))
  }

  @Test func filesOfPyTorchAreNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(ZIPBytes([.init("archive/data.pkl", [0x80, 2])]).encoded, to: "model.pt")
    #expect(try Files.fault(path) == .foreign(.pyTorch))
  }

  @Test func aFaultNamesTheFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Files.npy("|u1", [7], Files.bytes(7)), to: "x_train.npy")
    try folder.write(Files.npy("|u1", [3], Files.bytes(3)), to: "y_train.npy")
    let fault = SourceFault.noImages(candidates: ["x_train.npy (u1, 7)", "y_train.npy (u1, 3)"])
    #expect(throws: DatasetError.source(path: path, fault)) { try Files.open(path) }
    #expect(throws: DatasetError.source(path: folder.path, fault)) { try Files.open(folder.path) }
  }

  @Test func otherFilesAreNoDataSets() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array([7, 7, 7, 0xFE]), to: "noise.bin")
    #expect(try Files.fault(path) == .unrecognized(isFolder: false))
    let empty = try TemporaryFolder()
    #expect(try Files.fault(empty.path) == .unrecognized(isFolder: true))
    #expect(throws: DatasetError.self) { try Files.open(empty.path + "/none") }
  }

  @Test func hiddenFilesArePassedOver() throws {
    let folder = try TemporaryFolder()
    try folder.write(Files.images(1), to: "images.npy")
    try folder.write([1, 2], to: ".labels.npy")
    #expect(try Files.open(folder.path).parts.map(\.count) == [1])
  }

  @Test(
    arguments: [
      ("x_train", "images", "train", ""), ("Y_Test", "labels", "test", ""), ("xtrain", "images", "train", ""),
      ("train_images", "images", "train", ""), ("validation-labels", "labels", "validation", ""),
      ("val_imgs", "images", "validation", ""), ("data", "images", nil, ""), ("target", "labels", nil, ""),
      ("arr_0", nil, nil, "arr-0"), ("t10k-images.idx3-ubyte.gz", "images", "test", ""),
      ("emnist-letters-train-labels-idx1-ubyte.gz", "labels", "train", "emnist-letters"),
      ("qmnist-test-labels-idx2-int.gz", "labels", "test", "qmnist"),
      ("kmnist-train-imgs.npz", "images", "train", "kmnist"), ("retrain", nil, nil, "retrain"),
    ] as [(String, String?, String?, String)])
  func namesTellTheUse(name: String, role: String?, part: String?, family: String) {
    let found = ArrayName(name)
    #expect(found.role?.rawValue == role && found.part?.rawValue == part && found.family == family)
  }

  @Test func dSpritesIsRecognised() throws {
    func array(_ key: String, _ kind: NumPyType.Kind, _ shape: [Int]) -> SourceArray {
      SourceArray(
        key: key, path: "d.npz", type: NumPyType(kind), shape: shape,
        open: { () throws(DatasetError) -> any ArrayRows in throw .empty(path: "d.npz") })
    }
    let collection = ArrayCollection(
      path: "d.npz",
      arrays: [
        array("imgs", .uint8, [737_280, 64, 64]), array("latents_values", .float64, [737_280, 6]),
        array("latents_classes", .int64, [737_280, 6]),
      ], refusals: [.init(key: "metadata", reason: "objects")])
    let choice = try #require(DSprites.choice(in: collection))
    let source = try ArraySource(
      kind: "npz", choice, of: collection, traits: DSprites.traits(name: "dsprites_ndarray"))
    #expect(source.description.name == "dsprites")
    #expect(source.description.classNames == ["square", "ellipse", "heart"])
    #expect(source.description.factors.map(\.name) == ["scale", "orientation", "x", "y"])
    #expect(source.parts[0].labels.count == 737_280)
    #expect(source.parts[0].labels[245_759] == 0 && source.parts[0].labels[245_760] == 1)
    // Shape 2, scale 3, orientation 13, x 31, y 1.
    let index = (((2 * 6 + 3) * 40 + 13) * 32 + 31) * 32 + 1
    #expect(source.parts[0].labels[index] == 2)
    #expect(Array(source.parts[0].factors[4 * index..<4 * index + 4]) == [0.8, 120, 1, Float(1) / 31])
  }

  @Test func imagesMustFitHalfOfTheFreeMemory() throws {
    let budget = MemoryBudget(available: 2_000_000)
    try budget.require(count: 1000, bytesPerImage: 1000, path: "a")
    let error = #expect(throws: DatasetError.self) {
      try budget.require(count: 1001, bytesPerImage: 1000, path: "a")
    }
    #expect(
      error.map { "\($0)" }
        == "a: 1001 images need 1.0 MB; the limit is half of the free memory, 1.0 MB of 2.0 MB; --subset N reads fewer"
    )
    #expect(throws: DatasetError.self) { try budget.require(count: .max, bytesPerImage: 2, path: "a") }
  }

  @Test func freeMemoryIsThatOfTheSystemOrTheGroup() {
    let system = "MemTotal: 9000 kB\nMemAvailable:    4000 kB\n"
    func available(_ files: [String: String]) -> Int {
      MemoryBudget.measured { path in path == "/proc/meminfo" ? system : files[path] ?? "" }.available
    }
    #if os(Linux)
      #expect(available([:]) == 4_096_000)
      #expect(
        available(["/sys/fs/cgroup/memory.max": "max\n", "/sys/fs/cgroup/memory.current": "5"]) == 4_096_000)
    #endif
    #expect(
      available(["/sys/fs/cgroup/memory.max": "1000\n", "/sys/fs/cgroup/memory.current": "400\n"]) == 600)
    #expect(
      available([
        "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/memory.max": "1000",
        "/sys/fs/cgroup/a/memory.current": "900",
        "/sys/fs/cgroup/a/memory.stat": "anon 1\ninactive_file 300\n",
      ]) == 400)
    #expect(
      available([
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": "50",
        "/sys/fs/cgroup/memory/memory.usage_in_bytes": "70",
      ]) == 0)
  }
}
