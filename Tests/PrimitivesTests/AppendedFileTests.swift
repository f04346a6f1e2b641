import Foundation
import TestSupport
import Testing

@testable import Primitives

@Suite struct AppendedFileTests {
  private let folder: TemporaryFolder
  private var path: String { "\(folder.path)/lines" }

  init() throws { folder = try TemporaryFolder() }

  private func contents() throws -> String {
    String(decoding: try FileBytes.read(path, limit: 1 << 20), as: UTF8.self)
  }

  @Test(arguments: [(0, ""), (1, "a\n"), (2, "a\nbb\n"), (3, "a\nbb\n"), (9, "a\nbb\n")])
  func wholeLinesAreKept(count: Int, kept: String) throws {
    try folder.write(Array("a\nbb\nhalf".utf8), to: "lines")
    let file = try AppendedFile(path, keptLines: count)
    #expect(try contents() == kept)
    try file.append(Array("c\n".utf8))
    try file.append(Array("d\n".utf8))
    #expect(try contents() == kept + "c\nd\n")
    #expect(!file.wasRemoved)
    try #require(unlink(path) == 0)
    #expect(file.wasRemoved)
  }

  @Test func longFilesAreCutWhereTheyShould() throws {
    let lines = (0..<20_000).map { "line \($0)\n" }
    try folder.write(Array(lines.joined().utf8), to: "lines")
    _ = try AppendedFile(path, keptLines: 15_000)
    #expect(try contents() == lines.prefix(15_000).joined())
  }

  @Test func whatIsNoFileIsRefused() throws {
    #expect(throws: FileError.isFolder(path: folder.path)) { try AppendedFile(folder.path) }
    try #require(mkfifo(path, 0o600) == 0)
    #expect(throws: FileError.isNotRegular(path: path)) { try AppendedFile(path) }
    let none = "\(folder.path)/none/lines"
    #expect(throws: FileError.refused(.create, path: none, code: ENOENT)) { try AppendedFile(none) }
  }
}
