import Primitives
import TestSupport
import Testing

@Suite struct ByteStreamTests {
  private static let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 * 7) }

  private func check(_ stream: ByteStream) throws {
    #expect(try stream.read(upTo: 3) == Array(Self.bytes[..<3]))
    #expect(try stream.peek(4) == Array(Self.bytes[3..<7]))
    #expect(try stream.read(upTo: 2) == Array(Self.bytes[3..<5]))
    #expect(try stream.read(upTo: 2_000_000) == Array(Self.bytes[5..<2_000_005]))
    #expect(try stream.readAll(limit: 999_995) == Array(Self.bytes[2_000_005...]))
    #expect(try stream.read(upTo: 1) == [] && stream.peek(1) == [])
  }

  @Test func filesAndMemoryAreReadAlike() throws {
    let folder = try TemporaryFolder()
    try check(ByteStream(opening: folder.write(Self.bytes, to: "a")))
    try check(ByteStream(Self.bytes, path: "memory"))
  }

  @Test func contentsAboveTheLimitAreRefused() throws {
    #expect(throws: FileError.tooLarge(path: "memory", size: 3, limit: 2)) {
      try ByteStream([1, 2, 3], path: "memory").readAll(limit: 2)
    }
  }

  /// A claim of more than there is takes no memory.
  @Test func aHugeRequestAllocatesOnlyTheFileSize() throws {
    let folder = try TemporaryFolder()
    let stream = try ByteStream(opening: folder.write([1, 2], to: "a"))
    #expect(try stream.read(upTo: 1 << 60) == [1, 2])
  }

  @Test func missingFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    #expect(throws: FileError.isFolder(path: folder.path)) { try ByteStream(opening: folder.path) }
    #expect(throws: FileError.isNotRegular(path: "/dev/null")) { try ByteStream(opening: "/dev/null") }
    #expect(throws: FileError.self) { try ByteStream(opening: "\(folder.path)/no") }
  }
}
