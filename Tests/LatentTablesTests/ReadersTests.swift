import Formats
import Kernels
import Primitives
import TestSupport
import Testing

@testable import Datasets
@testable import LatentTables

/// Images and latents from files, and back.
@Suite struct ReadersTests {
  private static let pixels = (0..<3 * 784).map { UInt8(truncatingIfNeeded: $0 * 31) }
  private static let intensities = pixels.map { Float($0) / 255 }
  private static let idxHeader: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, 28]

  /// All images of a reader, in pieces of two.
  private func all(_ reader: any ImageReader) throws -> [Float] {
    var found: [Float] = []
    while case let piece = try reader.read(upTo: 2), !piece.isEmpty {
      #expect(piece.count <= 2 * 784)
      found += piece
    }
    #expect(found.count == reader.count * 784)
    return found
  }

  private func numPy(_ header: String, _ elements: [UInt8]) throws(DatasetError) -> NumPyImageReader {
    try NumPyImageReader(ByteStream(NumPyBytes.file(header, elements), path: "a.npy"))
  }

  private func latents(_ header: String, _ elements: [UInt8]) throws(ExchangeError) -> NumPyLatentReader {
    try NumPyLatentReader(
      ByteStream(NumPyBytes.file(header, elements), path: "a.npy"),
      columns: LatentColumns(.init(typed: [.rotation], freeCount: 2)))
  }

  @Test func allShapesOfImagesAreRead() throws {
    for shape in ["(3, 28, 28)", "(3, 784)"] {
      #expect(try all(numPy(NumPyBytes.header("|u1", shape), Self.pixels)) == Self.intensities)
    }
    let one = try numPy(NumPyBytes.header("|u1", "(28, 28)"), Array(Self.pixels[..<784]))
    #expect(try all(one) == Array(Self.intensities[..<784]))
    #expect(
      try all(IDXImageReader(ByteStream(Self.idxHeader + Self.pixels, path: ""), isCompressed: false))
        == Self.intensities)
  }

  @Test func joinedReadersFollowEachOther() throws {
    let png = PNGBytes.grey()
    let readers: [any ImageReader] = [
      PNGImageReader { ByteStream(png, path: "") },
      try numPy(NumPyBytes.header("|u1", "(3, 784)"), Self.pixels),
      PNGImageReader { ByteStream(png, path: "") },
    ]
    let picture = try PNGReader.grey(png, width: 28, height: 28).map { Float($0) / 255 }
    let joined = JoinedImageReader(readers)
    #expect(joined.count == 5)
    #expect(try all(joined) == picture + Self.intensities + picture)
  }

  @Test func aDataSetsImagesAreRead() throws {
    let images = StoredImages(pixels: Self.pixels, labels: [0, 1, 2])
    for threads in [1, 4] {
      let reader = DatasetImageReader(images, count: 9, team: ThreadTeam(count: threads))
      #expect(try all(reader) == Self.intensities)
    }
    let few = DatasetImageReader(images, count: 1, team: ThreadTeam(count: 2))
    #expect(try all(few) == Array(Self.intensities[..<784]))
  }

  @Test(arguments: ["(3, 28, 27)", "(28,)", "(3, 14, 56)", "(1, 1, 28, 28)", "()", "(784,)", "(3, 783)"])
  func otherShapesAreNoImages(shape: String) {
    let error = #expect(throws: DatasetError.self) { try numPy(NumPyBytes.header("|u1", shape), []) }
    guard case .numPy("a.npy", .wrongShape) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func countsAreChecked() {
    #expect(throws: DatasetError.empty(path: "a.npy")) {
      try numPy(NumPyBytes.header("|u1", "(0, 784)"), [])
    }
    #expect(throws: DatasetError.tooMany(path: "a.npy", count: 1_000_001, limit: 1_000_000)) {
      try numPy(NumPyBytes.header("|u1", "(1000001, 784)"), [])
    }
    #expect(throws: ExchangeError.empty(path: "a.npy")) {
      try latents(NumPyBytes.header("<f4", "(0, 3)"), [])
    }
  }

  @Test(arguments: [Float.nan, .infinity, -0.001, 1.001, 255]) func pixelsMustBeFractions(value: Float) throws
  {
    var numbers = [Float](repeating: 0.5, count: 2 * 784)
    numbers[1000] = value
    let bytes = numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
    let reader = try numPy(NumPyBytes.header("<f4", "(2, 784)"), bytes)
    let error = #expect(throws: DatasetError.self) { try reader.read(upTo: 2) }
    guard case .pixelOutOfRange("a.npy", image: 1, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// Rounding errors beyond 0 and 1 are clamped.
  @Test(arguments: [
    (Float(1.0000001), Float(1)), (1.0001, 1), (-0.0001, 0), (-1e-9, 0), (-0.0, 0), (0.25, 0.25),
  ])
  func pixelsHardlyBeyondTheRangeAreClamped(value: Float, expected: Float) throws {
    var numbers = [Float](repeating: 0.5, count: 784)
    numbers[5] = value
    let bytes = numbers.map(\.bitPattern.littleEndian).withUnsafeBytes { Array($0) }
    numbers[5] = expected
    #expect(try numPy(NumPyBytes.header("<f4", "(28, 28)"), bytes).read(upTo: 1) == numbers)
  }

  @Test(arguments: [Float(1.00011), -0.00011]) func pixelsFurtherBeyondAreRefused(value: Float) throws {
    let bytes = [Float](repeating: value, count: 784).map(\.bitPattern.littleEndian)
      .withUnsafeBytes { Array($0) }
    #expect(throws: DatasetError.pixelOutOfRange(path: "a.npy", image: 0, value: value)) {
      try numPy(NumPyBytes.header("<f4", "(28, 28)"), bytes).read(upTo: 1)
    }
  }

  @Test func latentsMustHaveTheColumns() throws {
    let three: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x80, 0xBF]
    #expect(try latents(NumPyBytes.header("<f4", "(1, 3)"), three).read(upTo: 9) == [1, 2, -1])
    let one = try latents(NumPyBytes.header("<f4", "(3,)"), three)
    #expect(one.count == 1)
    #expect(try one.read(upTo: 9) == [1, 2, -1])
    for shape in ["(3, 1)", "(1, 3, 1)", "()", "(1, 4)"] {
      #expect(throws: ExchangeError.self) { try latents(NumPyBytes.header("<f4", shape), three) }
    }
    #expect(throws: ExchangeError.numPy(path: "a.npy", .notFloats("|u1"))) {
      try latents(NumPyBytes.header("|u1", "(1, 3)"), [1, 2, 3])
    }
    let wrong = try latents(NumPyBytes.header("<f4", "(1, 3)"), Array(three[..<8]) + [0, 0, 0x80, 0x7F])
    #expect(throws: ExchangeError.valueOutOfRange(path: "a.npy", row: 0, column: "z2", value: .infinity)) {
      try wrong.read(upTo: 1)
    }
  }

  @Test func filesRoundTrip() throws {
    let array = MemorySink()
    let writer = try NumPyImageWriter(count: 3, to: array)
    for start in stride(from: 0, to: 3 * 784, by: 784) {
      try writer.write(Array(Self.intensities[start..<start + 784]))
    }
    writer.finish()
    #expect(try all(NumPyImageReader(ByteStream(array.bytes, path: ""))) == Self.intensities)
    for compresses in [false, true] {
      let idx = MemorySink()
      let writer = try IDXImageWriter(count: 3, compresses: compresses, to: idx)
      try writer.write(Self.intensities)
      try writer.finish()
      #expect((idx.bytes == Self.idxHeader + Self.pixels) == !compresses)
      let reader = try IDXImageReader(ByteStream(idx.bytes, path: ""), isCompressed: compresses)
      #expect(try all(reader) == Self.intensities)
    }
    let latents = MemorySink()
    let columns = LatentColumns(.init(typed: [.rotation], freeCount: 1))
    let table: [Float] = [180, 0.1, -90, 3]
    try NumPyLatentWriter(columns, count: 2, to: latents).write(table)
    #expect(
      try NumPyLatentReader(ByteStream(latents.bytes, path: ""), columns: columns).read(upTo: 2) == table)
  }

  @Test func cutAndLongIDXFilesAreFound() throws {
    let file = Self.idxHeader + Self.pixels
    let cut = try IDXImageReader(ByteStream(Array(file.dropLast()), path: "a"), isCompressed: false)
    _ = try cut.read(upTo: 2)
    #expect(
      throws: DatasetError.idx(path: "a", .elementsCut(expected: 3 * 784, found: 3 * 784 - 1))
    ) { try cut.read(upTo: 2) }
    let long = try IDXImageReader(ByteStream(file + [0], path: "a"), isCompressed: false)
    #expect(throws: DatasetError.idx(path: "a", .elementsLeftOver(expected: 3 * 784))) {
      try all(long)
    }
  }

  @Test func aPictureThatIsTooLargeOrNoneIsNamed() {
    let none = PNGImageReader { ByteStream(Array("no".utf8), path: "a.png") }
    #expect(throws: DatasetError.png(path: "a.png", .notPNG)) { try none.read(upTo: 1) }
    let large = PNGImageReader {
      ByteStream([UInt8](repeating: 0, count: PNGImageReader.sizeLimit + 1), path: "a.png")
    }
    #expect(throws: DatasetError.self) { try large.read(upTo: 1) }
  }
}
