import Foundation
import Primitives
import TestSupport
import Testing

@Suite struct FileBytesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [0, 1, 5, 100_000])
  func allBytesAreRead(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = try folder.write(bytes, to: "file")
    #expect(try FileBytes.read(path, limit: count) == bytes)
  }

  @Test(arguments: [(0, 0), (3, 0), (5, 3), (5, 5), (5, 9), (100_000, 70_000)])
  func aBeginningIsReadAlone(size: Int, count: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = try folder.write(bytes, to: "file")
    let found = try FileBytes.beginning(of: path, count: count)
    #expect(found.bytes == Array(bytes.prefix(count)) && found.size == size)
    #expect(throws: FileError.isFolder(path: folder.path)) {
      try FileBytes.beginning(of: folder.path, count: count)
    }
  }

  @Test func aHugeSparseFileHasABeginning() throws {
    let path = try folder.write([1, 2, 3], to: "file")
    try #require(truncate(path, 1 << 40) == 0)
    let found = try FileBytes.beginning(of: path, count: 5)
    #expect(found.bytes == [1, 2, 3, 0, 0] && found.size == 1 << 40)
  }

  @Test func aFileAboveTheLimitIsRefused() throws {
    let path = try folder.write([1, 2, 3], to: "file")
    #expect(throws: FileError.tooLarge(path: path, size: 3, limit: 2)) {
      try FileBytes.read(path, limit: 2)
    }
  }

  @Test func aHugeSparseFileIsRefusedUnread() throws {
    let path = try folder.write([], to: "file")
    let size = 1 << 40
    try #require(truncate(path, size) == 0)
    #expect(throws: FileError.tooLarge(path: path, size: size, limit: 1000)) {
      try FileBytes.read(path, limit: 1000)
    }
  }

  @Test func aMissingFileIsRefused() {
    let path = folder.path + "/none"
    let error = #expect(throws: FileError.self) { try FileBytes.read(path, limit: 10) }
    #expect(error == .refused(.open, path: path, code: ENOENT))
    #expect(error?.description == "\(path): cannot open: No such file or directory")
  }

  @Test func foldersAreRefused() {
    #expect(throws: FileError.isFolder(path: folder.path)) { try FileBytes.read(folder.path, limit: 10) }
  }

  @Test func devicesAreRefused() {
    #expect(throws: FileError.isNotRegular(path: "/dev/zero")) { try FileBytes.read("/dev/zero", limit: 10) }
  }

  @Test func pipesWithoutAWriterAreRefused() throws {
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    #expect(throws: FileError.isNotRegular(path: path)) { try FileBytes.read(path, limit: 10) }
  }

  @Test(arguments: [0, 3, 300_000]) func aPipeIsReadToItsEndWhereOneMayBe(count: Int) throws {
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    // A thread of its own: a task may share the thread that waits for it.
    Thread.detachNewThread {
      let pipe = FileHandle(forWritingAtPath: path)
      try? pipe?.write(contentsOf: Data(bytes))
      try? pipe?.close()
    }
    #expect(try FileBytes.read(path, limit: count, from: .anyStream) == bytes)
  }

  @Test func anEndlessDeviceIsReadUpToTheLimit() throws {
    #expect(throws: FileError.tooLarge(path: "/dev/zero", size: 11, limit: 10)) {
      try FileBytes.read("/dev/zero", limit: 10, from: .anyStream)
    }
    #expect(try FileBytes.read("/dev/null", limit: 10, from: .anyStream) == [])
    #expect(throws: FileError.isFolder(path: folder.path)) {
      try FileBytes.read(folder.path, limit: 10, from: .anyStream)
    }
    let path = try folder.write([1, 2, 3], to: "file")
    #expect(try FileBytes.read(path, limit: 3, from: .anyStream) == [1, 2, 3])
  }

  @Test func messagesContainNoControlCharacters() {
    let sentence = FileError.isFolder(path: "a\u{1B}[2Jb\nc").description
    #expect(sentence == "a\u{FFFD}[2Jb\u{FFFD}c: this is a folder, not a file")
  }
}
