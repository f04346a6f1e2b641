import Testing

@testable import Formats

@Suite struct GzipTests {
  /// Bytes that compress, but not to nothing.
  private let contents = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 / 31) }

  private func inflateAll(_ bytes: [UInt8]) throws(GzipFault) -> [UInt8] {
    try GzipReader(bytes).read(upTo: 1_000_000)
  }

  @Test func contentsComeBackWhole() throws {
    #expect(try inflateAll(try gzip(contents)) == contents)
  }

  @Test(arguments: [1, 7, 999, 5000])
  func contentsComeBackInPieces(size: Int) throws {
    let reader = try GzipReader(try gzip(contents))
    var read: [UInt8] = []
    while true {
      let piece = try reader.read(upTo: size)
      read += piece
      if piece.count < size { break }
    }
    #expect(read == contents)
  }

  @Test func inflationStopsAtTheRequestedSize() throws {
    let bomb = try gzip([UInt8](repeating: 0, count: 10_000_000))
    let reader = try GzipReader(bomb)
    #expect(try reader.read(upTo: 785).count == 785)
  }

  @Test func aHugeRequestAllocatesOnlyThePossibleSize() throws {
    let reader = try GzipReader(try gzip(contents))
    #expect(try reader.read(upTo: .max) == contents)
  }

  @Test func membersAreJoined() throws {
    let parts = [contents[..<100], contents[100..<100], contents[100...]]
    let members = try parts.flatMap { try gzip(Array($0)) } + gzip([])
    #expect(try inflateAll(members) == contents)
  }

  @Test func optionalHeaderFieldsAreSkipped() throws {
    var file = try gzip(contents)
    file[3] = 0x08  // A file name follows the ten bytes of the header.
    file.insert(contentsOf: Array("name\0".utf8), at: 10)
    #expect(try inflateAll(file) == contents)
  }

  @Test func everyTruncationIsFound() throws {
    let file = try gzip(Array(contents.prefix(300)))
    for length in 0..<file.count {
      #expect(throws: GzipFault.truncated, "\(length) bytes") { try inflateAll(Array(file.prefix(length))) }
    }
  }

  @Test func aTruncatedSecondMemberIsFound() throws {
    let file = try gzip(contents)
    #expect(throws: GzipFault.truncated) { try inflateAll(file + file.dropLast()) }
    #expect(throws: GzipFault.truncated) { try inflateAll(file + file.prefix(2)) }
  }

  @Test func everyByteOfTheTrailerIsChecked() throws {
    let file = try gzip(contents)
    for position in file.count - 8..<file.count {
      var damaged = file
      damaged[position] ^= 0x10
      let fault: GzipFault = position < file.count - 4 ? .wrongChecksum : .wrongLength
      #expect(throws: fault, "byte \(position)") { try inflateAll(damaged) }
    }
  }

  @Test func everyFlippedByteOfTheDataIsFound() throws {
    let file = try gzip(Array(contents.prefix(300)))
    for position in 10..<file.count {
      var damaged = file
      damaged[position] ^= 0x04
      #expect(throws: GzipFault.self, "byte \(position)") { try inflateAll(damaged) }
    }
  }

  @Test func faultsOfTheHeaderHaveNames() throws {
    let file = try gzip(contents)
    func faulty(_ position: Int, _ value: UInt8) -> [UInt8] {
      var damaged = file
      damaged[position] = value
      return damaged
    }
    #expect(throws: GzipFault.wrongMagic) { try inflateAll(faulty(0, 0x1E)) }
    #expect(throws: GzipFault.wrongMagic) { try inflateAll(faulty(1, 0x8C)) }
    #expect(throws: GzipFault.unknownMethod) { try inflateAll(faulty(2, 7)) }
    #expect(throws: GzipFault.unknownFlags) { try inflateAll(faulty(3, 0xE0)) }
  }

  /// As `gzip -t` and Python have it.
  @Test(arguments: [1, 2, 7, 512, 100_000]) func zerosAfterTheEndArePadding(count: Int) throws {
    let zeros = [UInt8](repeating: 0, count: count)
    let file = try gzip(contents)
    #expect(try inflateAll(file + zeros) == contents)
    #expect(try inflateAll(file + zeros + file) == contents + contents)
    #expect(try inflateAll(file + zeros + file + zeros) == contents + contents)
    #expect(throws: GzipFault.truncated) { try inflateAll(file + zeros + file.dropLast()) }
    #expect(throws: GzipFault.truncated) { try inflateAll(file + zeros + [0x1F, 0x8B]) }
  }

  @Test(arguments: [[0x1F], [0, 0, 0, 1], [0, 0x1F], [9, 0, 0], Array("<html>".utf8)] as [[UInt8]])
  func garbageAfterTheEndIsFound(garbage: [UInt8]) throws {
    let file = try gzip(contents)
    #expect(throws: GzipFault.trailingGarbage(count: garbage.count)) { try inflateAll(file + garbage) }
  }
}
