import TestSupport
import Testing

@testable import Formats

@Suite struct PNGReaderTests {
  private typealias File = PNGBytes

  private func fault(_ file: [UInt8]) -> PNGFault? {
    do {
      _ = try PNGReader.grey28(file)
      return nil
    } catch { return error }
  }

  @Test func greysAreRead() throws {
    let pixels = try PNGReader.grey28(File.grey())
    for row in 0..<28 {
      for column in 0..<28 {
        #expect(pixels[row * 28 + column] == UInt8(truncatingIfNeeded: row * 9 + column))
      }
    }
  }

  /// A pixel's bits of all ones are white, and of all zeros black, in every depth.
  @Test(arguments: [1, 2, 4, 8, 16] as [UInt8]) func everyDepthOfGrey(depth: UInt8) throws {
    let bytes = (28 * Int(depth) + 7) / 8
    for (value, grey) in [(0xFF, 255), (0, 0)] as [(UInt8, UInt8)] {
      let file = File.file(File.header(0, depth), lines: File.lines(bytes) { _, _ in value })
      #expect(try PNGReader.grey28(file) == [UInt8](repeating: grey, count: 784))
    }
    // The second pixel alone, of the least ink.
    let file = File.file(
      File.header(0, depth),
      lines: File.lines(bytes) { _, index in
        let bit = Int(depth) * 2 - 1
        return index == bit / 8 ? 1 << (7 - UInt8(bit % 8)) : 0
      })
    let expected = [1: 255, 2: 85, 4: 17, 8: 1, 16: 0][Int(depth)]
    let pixels = try PNGReader.grey28(file)
    #expect(Int(pixels[1]) == expected && pixels[0] == 0 && pixels[2] == 0)
  }

  @Test func sixteenBitsAreRounded() throws {
    let file = File.file(File.header(0, 16), lines: File.lines(56) { _, index in index % 2 == 0 ? 127 : 200 })
    #expect(try PNGReader.grey28(file)[0] == 127)
    let up = File.file(File.header(0, 16), lines: File.lines(56) { _, index in index % 2 == 0 ? 126 : 255 })
    #expect(try PNGReader.grey28(up)[0] == 127)
  }

  @Test func coloursBecomeGreys() throws {
    for (color, grey) in [
      ([255, 0, 0], 76), ([0, 255, 0], 150), ([0, 0, 255], 29), ([255, 255, 255], 255),
    ]
      as [([UInt8], UInt8)]
    {
      let plain = File.file(File.header(2, 8), lines: File.lines(84) { _, index in color[index % 3] })
      #expect(try PNGReader.grey28(plain)[400] == grey)
      let deep = File.file(File.header(2, 16), lines: File.lines(168) { _, index in color[index / 2 % 3] })
      #expect(try PNGReader.grey28(deep)[400] == grey)
      let palette = File.chunk("PLTE", [0, 0, 0] + color)
      let indexed = File.file(File.header(3, 1), palette, lines: File.lines(4) { _, _ in 0xFF })
      #expect(try PNGReader.grey28(indexed)[400] == grey)
    }
  }

  @Test func transparentPixelsAreBackground() throws {
    let alpha: [UInt8] = [200, 51]
    let grey = File.file(File.header(4, 8), lines: File.lines(56) { _, index in alpha[index % 2] })
    #expect(try PNGReader.grey28(grey)[0] == 40)
    let deep = File.file(File.header(4, 16), lines: File.lines(112) { _, index in alpha[index / 2 % 2] })
    #expect(try PNGReader.grey28(deep)[0] == 40)
    let color = File.file(
      File.header(6, 8), lines: File.lines(112) { _, index in index % 4 == 3 ? 51 : 200 })
    #expect(try PNGReader.grey28(color)[0] == 40)
    let palette = File.chunk("PLTE", [200, 200, 200, 90, 90, 90]) + File.chunk("tRNS", [51])
    let indexed = File.file(
      File.header(3, 8), palette, lines: File.lines(28) { _, index in UInt8(index % 2) })
    #expect(try PNGReader.grey28(indexed)[..<2] == [40, 90])
    let key = File.file(
      File.header(0, 8), File.chunk("tRNS", [0, 7]), lines: File.lines(28) { _, index in UInt8(7 + index) })
    #expect(try PNGReader.grey28(key)[..<2] == [0, 8])
    let colorKey = File.file(
      File.header(2, 8), File.chunk("tRNS", [0, 9, 0, 9, 0, 9]),
      lines: File.lines(84) { _, index in UInt8(9 + index / 3) })
    #expect(try PNGReader.grey28(colorKey)[..<2] == [0, 10])
  }

  /// Rows of constant differences, for which each filter's answer is simple.
  @Test func everyFilterIsUndone() throws {
    let expected: [UInt8: (Int, Int) -> Int] = [
      0: { _, _ in 1 }, 1: { _, column in column + 1 }, 2: { row, _ in row + 1 },
    ]
    for (filter, value) in expected {
      let file = File.file(File.header(0, 8), lines: File.lines(28, filter: filter) { _, _ in 1 })
      let pixels = try PNGReader.grey28(file)
      #expect(pixels == (0..<784).map { UInt8(value($0 / 28, $0 % 28)) })
    }
    let mean = try PNGReader.grey28(
      File.file(File.header(0, 8), lines: File.lines(28, filter: 3) { _, _ in 8 }))
    #expect(Array(mean[..<4]) == [8, 12, 14, 15] && Array(mean[28..<30]) == [12, 20])
    let paeth = try PNGReader.grey28(
      File.file(File.header(0, 8), lines: File.lines(28, filter: 4) { _, _ in 3 }))
    // The first row and column have one neighbour; elsewhere left + up − corner is as near to one as to the other.
    #expect(Array(paeth[..<3]) == [3, 6, 9] && Array(paeth[28..<31]) == [6, 9, 12])
  }

  @Test func interlacedPicturesAreRead() throws {
    let passes = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]
    func pixel(_ row: Int, _ column: Int) -> UInt8 { UInt8(truncatingIfNeeded: row * 9 + column) }
    var lines: [UInt8] = []
    for (x, y, xStep, yStep) in passes {
      for row in stride(from: y, to: 28, by: yStep) {
        lines.append(0)
        for column in stride(from: x, to: 28, by: xStep) { lines.append(pixel(row, column)) }
      }
    }
    let file = File.file(File.header(0, 8, methods: [0, 0, 1]), lines: lines)
    #expect(try PNGReader.grey28(file) == PNGReader.grey28(File.grey(pixel)))
  }

  @Test func pixelsMayBeInPiecesAndOtherChunksBetween() throws {
    let data = File.deflated(File.lines(28) { _, _ in 5 })
    let file =
      File.signature + File.header(0, 8) + File.chunk("tEXt", [1, 2]) + File.chunk("IDAT", Array(data[..<3]))
      + File.chunk("IDAT") + File.chunk("IDAT", Array(data[3...])) + File.chunk("tIME") + File.chunk("IEND")
    #expect(try PNGReader.grey28(file) == [UInt8](repeating: 5, count: 784))
  }

  @Test func otherFilesAreNotPNGFiles() {
    for bytes in [[], Array("GIF89a".utf8), Array(PNGBytes.signature.dropLast())] as [[UInt8]] {
      #expect(fault(bytes) == .notPNG)
    }
  }

  @Test func everyCutIsFound() {
    let file = File.grey()
    for size in File.signature.count..<file.count { #expect(fault(Array(file[..<size])) == .cut) }
    #expect(fault(file + [0]) == .leftOver(count: 1))
  }

  @Test func everyByteIsChecked() {
    let file = File.grey()
    for place in File.signature.count..<file.count {
      var damaged = file
      damaged[place] ^= 0x40
      #expect(fault(damaged) != nil, "byte \(place)")
    }
  }

  @Test func checksumsAreChecked() {
    let text = File.chunk("tEXt", [1], checksum: 1)
    #expect(fault(File.file(File.header(0, 8), text, lines: [])) == .wrongChecksum(chunk: "tEXt"))
  }

  @Test func chunksHaveTheirPlaces() {
    let (palette, key) = (File.chunk("PLTE", [1, 2, 3]), File.chunk("tRNS", [0]))
    let lines = File.lines(28) { _, _ in 0 }
    let (data, end) = (File.chunk("IDAT", File.deflated(lines)), File.chunk("IEND"))
    let start = File.signature
    let cases: [([UInt8], PNGFault)] = [
      (start + palette, .missing(chunk: "IHDR")),
      (start + File.header(0, 8) + File.header(0, 8), .misplaced(chunk: "IHDR")),
      (start + File.header(0, 8) + palette, .misplaced(chunk: "PLTE")),
      (start + File.header(3, 8) + palette + palette, .misplaced(chunk: "PLTE")),
      (start + File.header(3, 8) + key, .misplaced(chunk: "tRNS")),
      (start + File.header(4, 8) + key, .misplaced(chunk: "tRNS")),
      (start + File.header(3, 8) + palette + key + key, .misplaced(chunk: "tRNS")),
      (start + File.header(3, 8) + palette + data + key, .misplaced(chunk: "tRNS")),
      (start + File.header(2, 8) + data + palette, .misplaced(chunk: "PLTE")),
      (start + File.header(0, 8) + data + File.chunk("tIME") + data, .misplaced(chunk: "IDAT")),
      (start + File.header(0, 8) + end, .missing(chunk: "IDAT")),
      (start + File.header(3, 8) + data + end, .missing(chunk: "PLTE")),
      (start + File.header(0, 8) + File.chunk("ABCD"), .unknownChunk("ABCD")),
      (start + File.header(0, 8) + File.chunk("A1CD"), .malformedChunkName),
      (start + File.chunk("IHDR", [1]), .wrongLength(chunk: "IHDR", length: 1)),
      (start + File.header(3, 8) + File.chunk("PLTE"), .wrongLength(chunk: "PLTE", length: 0)),
      (start + File.header(3, 8) + File.chunk("PLTE", [1]), .wrongLength(chunk: "PLTE", length: 1)),
      (
        start + File.header(3, 1) + File.chunk("PLTE", [UInt8](repeating: 0, count: 9)),
        .wrongLength(chunk: "PLTE", length: 9)
      ),
      (start + File.header(0, 8) + key, .wrongLength(chunk: "tRNS", length: 1)),
      (
        start + File.header(3, 8) + palette + File.chunk("tRNS", [1, 1]),
        .wrongLength(chunk: "tRNS", length: 2)
      ),
      (start + File.header(0, 8) + data + File.chunk("IEND", [1]), .wrongLength(chunk: "IEND", length: 1)),
    ]
    for (file, expected) in cases { #expect(fault(file) == expected) }
  }

  @Test func invalidHeaders() {
    for (type, depth) in [(0, 3), (1, 8), (2, 4), (3, 16), (4, 4), (5, 8), (6, 1), (7, 8)] as [(UInt8, UInt8)]
    {
      let file = File.file(File.header(type, depth), lines: [])
      #expect(fault(file) == .unknownPixels(bitDepth: depth, colorType: type))
    }
    for (methods, name) in [
      ([1, 0, 0], "compression"), ([0, 1, 0], "filtering"), ([0, 0, 2], "interlacing"),
    ]
      as [([UInt8], String)]
    {
      let file = File.file(File.header(0, 8, methods: methods), lines: [])
      #expect(fault(file) == .unknownMethod(name, methods.max() ?? 0))
    }
  }

  /// No memory is taken for what a header claims.
  @Test(arguments: [(27, 28), (28, 27), (0, 0), (0x7FFF_FFFF, 0x7FFF_FFFF)])
  func picturesMustHaveTheSize(width: Int, height: Int) {
    let file = File.file(File.header(0, 8, width: width, height: height), lines: [0])
    #expect(fault(file) == .wrongSize([width, height], expected: [28, 28]))
  }

  @Test func thePixelsMustBeAsManyAsAnnounced() {
    let lines = File.lines(28) { _, _ in 0 }
    let header = File.header(0, 8)
    #expect(fault(File.file(header, lines: Array(lines.dropLast()))) == .wrongPixelCount)
    #expect(fault(File.file(header, lines: lines + [0])) == .wrongPixelCount)
    #expect(fault(File.file(header, lines: [])) == .wrongPixelCount)
    // A bomb stops at the size that the header implies.
    #expect(
      fault(File.file(header, lines: [UInt8](repeating: 0, count: 50_000_000))) == .wrongPixelCount)
    let data = File.deflated(lines)
    func file(_ data: [UInt8]) -> [UInt8] {
      File.signature + header + File.chunk("IDAT", data) + File.chunk("IEND")
    }
    #expect(fault(file(data + [1])) == .wrongPixelCount)
    #expect(fault(file(Array(data.dropLast()))) == .damagedPixels)
    #expect(fault(file([1, 2, 3])) == .damagedPixels)
  }

  @Test func unknownFiltersAndColours() {
    let lines = File.lines(28, filter: 5) { _, _ in 0 }
    #expect(fault(File.file(File.header(0, 8), lines: lines)) == .unknownFilter(5))
    let palette = File.chunk("PLTE", [1, 2, 3])
    let file = File.file(File.header(3, 8), palette, lines: File.lines(28) { _, _ in 1 })
    #expect(fault(file) == .colorBeyondPalette(1))
  }
}

extension PNGReader {
  /// The pixels of a picture of 28 × 28.
  fileprivate static func grey28(_ file: [UInt8]) throws(PNGFault) -> [UInt8] {
    try grey(file, width: 28, height: 28)
  }
}
