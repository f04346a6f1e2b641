import Primitives
import TestSupport
import Testing

@testable import Datasets

/// The arrangement of images in arrays, and the ranges of their numbers.
@Suite struct ImageArrayTests {
  private typealias Files = SourceFiles

  private static func source(_ file: [UInt8]) throws -> (source: any DataSource, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    return (try Files.open(folder.write(file, to: "a.npy")), folder)
  }

  @Test func rowsOfPixelsAreSquare() throws {
    let (grey, _) = try Self.source(Files.npy("|u1", [2, 81], Files.bytes(162)))
    #expect(grey.shape == ImageShape(width: 9, height: 9))
    let (colour, folder) = try Self.source(Files.npy("|u1", [2, 192], Files.bytes(384)))
    #expect(colour.shape == ImageShape(width: 8, height: 8, channels: 3))
    let stored = Files.bytes(384)
    let pixels = try colour.pixels()
    #expect(Array(pixels[..<6]) == [stored[0], stored[64], stored[128], stored[1], stored[65], stored[129]])
    #expect(!folder.path.isEmpty)
  }

  @Test func planesBecomePixels() throws {
    let stored = Files.bytes(2 * 3 * 8 * 9)
    let (source, folder) = try Self.source(Files.npy("|u1", [2, 3, 8, 9], stored))
    #expect(source.shape == ImageShape(width: 9, height: 8, channels: 3))
    let expected = (0..<2).flatMap { image in
      (0..<72).flatMap { pixel in (0..<3).map { stored[image * 216 + $0 * 72 + pixel] } }
    }
    #expect(try source.pixels() == expected)
    #expect(!folder.path.isEmpty)
  }

  @Test(arguments: [[1, 8, 8, 1], [1, 1, 8, 8], [1, 8, 8], [1, 64]])
  func greyHasManyShapes(shape: [Int]) throws {
    let (source, folder) = try Self.source(Files.npy("|u1", shape, Files.bytes(64)))
    #expect(source.shape == ImageShape(width: 8, height: 8))
    #expect(try source.pixels() == Files.bytes(64))
    #expect(!folder.path.isEmpty)
  }

  @Test func transparentPixelsAreOverBlack() throws {
    var stored = [UInt8](repeating: 0, count: 256)
    stored.replaceSubrange(0..<8, with: [200, 100, 50, 128, 200, 100, 50, 255])
    let (source, folder) = try Self.source(Files.npy("|u1", [1, 8, 8, 4], stored))
    #expect(Array(try source.pixels()[..<6]) == [100, 50, 25, 200, 100, 50])
    #expect(!folder.path.isEmpty)
  }

  @Test func transparentPixelsAreOverWhiteWhereDarkAndBrightAreExchanged() throws {
    let folder = try TemporaryFolder()
    var stored = [UInt8](repeating: 0, count: 256)
    stored.replaceSubrange(0..<8, with: [200, 100, 50, 128, 200, 100, 50, 255])
    let path = try folder.write(Files.npy("|u1", [1, 8, 8, 4], stored), to: "a.npy")
    let source = try DataSources.open(SourceRequest(path: path, inverts: true))
    // 200 · 128 / 255 + 255 · 127 / 255 and so on; the images are exchanged later.
    #expect(Array(try source.pixels()[..<7]) == [227, 177, 152, 200, 100, 50, 255])
  }

  @Test func transposedArraysAreTurnedBack() throws {
    let stored = Files.bytes(3 * 8 * 9)
    // The element (n, y, x) of Fortran's order is at n + 3 y + 24 x.
    let (source, folder) = try Self.source(Files.npy("|u1", [3, 8, 9], stored, fortran: true))
    let expected = (0..<3).flatMap { n in
      (0..<8).flatMap { y in (0..<9).map { stored[n + 3 * y + 24 * $0] } }
    }
    #expect(try source.pixels() == expected)
    #expect(try source.pixels(indices: [2]) == Array(expected[144...]))
    #expect(!folder.path.isEmpty)
  }

  @Test func anySelectionIsRead() throws {
    let stored = Files.bytes(3000 * 64)
    let folder = try TemporaryFolder()
    let file = Files.npy("|u1", [3000, 8, 8], stored)
    try folder.write(file, to: "a.npy")
    try folder.write(ZIPBytes.npz([("a", file)]), to: "a.npz")
    try folder.write(try gzip(Files.idx([3000, 8, 8], stored)), to: "a.gz")
    for name in ["a.npy", "a.npz", "a.gz"] {
      let source = try Files.open("\(folder.path)/\(name)")
      for indices in [[0], [2999], [], [0, 1, 17, 2500], Array(stride(from: 3, to: 3000, by: 7))] {
        let expected = indices.flatMap { stored[$0 * 64..<($0 + 1) * 64] }
        #expect(try source.pixels(indices: indices) == expected)
      }
      #expect(try source.pixels() == stored)
    }
  }

  /// The bytes of 64 numbers, of which the first few are given and the others 0.
  private static func floats(_ first: [Float]) -> [UInt8] {
    (first + [Float](repeating: 0, count: 64 - first.count)).flatMap { number in
      withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) }
    }
  }

  @Test(
    arguments: [
      ([0, 0.5, 1], [0, 128, 255]), ([-1, 0, 1], [0, 128, 255]), ([0, 7, 16], [0, 112, 255]),
      ([0, 17, 255], [0, 17, 255]), ([1.00001, 0.2, 0], [255, 51, 0]), ([3, 254.6, 12], [3, 255, 12]),
    ] as [([Float], [UInt8])])
  func floatsAreScaledByTheirRange(numbers: [Float], bytes: [UInt8]) throws {
    let (source, folder) = try Self.source(Files.npy("<f4", [1, 8, 8], Self.floats(numbers)))
    #expect(Array(try source.pixels()[..<3]) == bytes)
    #expect(!folder.path.isEmpty)
  }

  @Test(arguments: [[0, 256], [-2, 1], [-1, 2], [-5, 255]] as [[Float]])
  func otherRangesAreRefused(numbers: [Float]) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Files.npy("<f4", [1, 8, 8], Self.floats(numbers)), to: "a.npy")
    #expect(
      try Files.fault(path)
        == .unknownRange(minimum: Double(min(numbers[0], 0)), maximum: Double(numbers[1])))
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func pixelsMustBeFinite(number: Float) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Files.npy("<f4", [1, 8, 8], Self.floats([number])), to: "a.npy")
    #expect(try Files.fault(path) == .notFinite)
  }

  @Test func integersAreScaledByTheirRange() throws {
    func pixels(_ type: String, _ first: [UInt8]) throws -> [UInt8] {
      let size = Int(String(type.last ?? "1")) ?? 1
      let elements = first + [UInt8](repeating: 0, count: 64 * size - first.count)
      let (source, folder) = try Self.source(Files.npy(type, [1, 8, 8], elements))
      defer { #expect(!folder.path.isEmpty) }
      return Array(try source.pixels()[..<2])
    }
    #expect(try pixels("|u1", [1, 0]) == [255, 0])
    #expect(try pixels("|u1", [2, 1]) == [2, 1])
    #expect(try pixels("|b1", [1, 0]) == [255, 0])
    #expect(try pixels("<u2", [0xFF, 0xFF, 1, 1]) == [255, 1])
    #expect(try pixels(">u2", [0x80, 0x80, 1, 2]) == [128, 1])
    #expect(try pixels("<i4", [16, 0, 0, 0, 8, 0, 0, 0]) == [255, 128])
    #expect(try pixels("<i8", [255, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]) == [255, 3])
  }

  @Test func theRangeIsThatOfTheWholeFile() throws {
    var stored = [UInt8](repeating: 1, count: 4 * 64)
    stored[4 * 64 - 1] = 200
    let (source, folder) = try Self.source(Files.npy("|u1", [4, 8, 8], stored))
    #expect(try source.pixels() == stored)
    #expect(!folder.path.isEmpty)
  }
}
