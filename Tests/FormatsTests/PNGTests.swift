import CZlib
import Testing

@testable import Formats

/// PNG files, decoded by an independent reader.
@Suite struct PNGTests {
  private struct Chunk {
    var name: String
    var contents: [UInt8]
    var checksum: UInt32
  }

  private static func number(_ bytes: some Collection<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  /// The chunks after the signature, which must fill the file.
  private static func chunks(of file: [UInt8]) throws -> [Chunk] {
    try #require(file.starts(with: [0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A]))
    var (chunks, rest): ([Chunk], ArraySlice<UInt8>) = ([], file.dropFirst(8))
    while !rest.isEmpty {
      let length = number(rest.prefix(4))
      let name = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
      let contents = Array(rest.dropFirst(8).prefix(length))
      try #require(rest.count >= length + 12)
      chunks.append(
        Chunk(name: name, contents: contents, checksum: UInt32(number(rest.dropFirst(8 + length).prefix(4)))))
      rest = rest.dropFirst(length + 12)
    }
    return chunks
  }

  /// CRC-32 bit by bit, from its polynomial.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { remainder, byte in
      (0..<8).reduce(remainder ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }

  /// The bytes of all rows, each without its filter's name, which must be that of none.
  private static func pixels(_ data: [UInt8], rowSize: Int, rows: Int) throws -> [UInt8] {
    var lines = [UInt8](repeating: 7, count: rows * (rowSize + 1) + 1)
    var length = UInt(lines.count)
    try #require(uncompress(&lines, &length, data, UInt(data.count)) == Z_OK)
    #expect(Int(length) == rows * (rowSize + 1))
    return (0..<rows).flatMap { row in
      #expect(lines[row * (rowSize + 1)] == 0)
      return lines[row * (rowSize + 1) + 1..<(row + 1) * (rowSize + 1)]
    }
  }

  @Test(arguments: Pictures.kinds, [(1, 1), (28, 28), (3, 70), (301, 2)])
  func everyPixelIsThere(kind: Pictures.Kind, size: (Int, Int)) throws {
    let image = Pictures.noise(kind, width: size.0, height: size.1, seed: 4)
    let chunks = try Self.chunks(of: PNG.encode(image))
    let names = chunks.map(\.name)
    #expect(names == ["IHDR"] + (kind == .palette(7) ? ["PLTE"] : []) + ["IDAT", "IEND"])
    for chunk in chunks { #expect(chunk.checksum == Self.checksum(Array(chunk.name.utf8) + chunk.contents)) }
    let header = chunks[0].contents
    #expect(Self.number(header[0..<4]) == size.0 && Self.number(header[4..<8]) == size.1)
    #expect(Array(header[8...]) == [8, kind == .grey ? 0 : kind == .rgb ? 2 : 3, 0, 0, 0])
    if case .palette(let colors) = image.colors {
      #expect(chunks[1].contents == colors.flatMap { [$0.red, $0.green, $0.blue] })
    }
    let data = try #require(chunks.first { $0.name == "IDAT" }).contents
    let rowSize = size.0 * image.colors.bytesPerPixel
    #expect(try Self.pixels(data, rowSize: rowSize, rows: size.1) == image.bytes)
  }
}
