import Foundation
import Primitives
import TestSupport
import Testing

@Suite struct FolderEntriesTests {
  private func fault(_ path: String) -> FileError? {
    do {
      _ = try Folder.entries(of: path)
      return nil
    } catch { return error }
  }

  @Test func entriesAreInNaturalOrderWithoutDotNames() throws {
    let folder = try TemporaryFolder()
    for name in ["10.png", "9.png", ".hidden", "B"] { try folder.write([], to: name) }
    try Folder.make("\(folder.path)/a")
    let entries = try Folder.entries(of: folder.path)
    #expect(entries.map(\.name) == ["9.png", "10.png", "a", "B"])
    #expect(entries.map(\.isFolder) == [false, false, true, false])
    #expect(Set(entries.map(\.identity)).count == 4)
  }

  @Test func linksAreWhatTheyLeadTo() throws {
    let folder = try TemporaryFolder()
    try Folder.make("\(folder.path)/a")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/b", withDestinationPath: "a")
    let entries = try Folder.entries(of: folder.path)
    #expect(entries[1].isFolder && entries[0].identity == entries[1].identity)
  }

  @Test func brokenAndLoopingLinksAreNamed() throws {
    let folder = try TemporaryFolder()
    let link = "\(folder.path)/x.png"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "x.png")
    #expect(fault(folder.path) == .refused(.open, path: link, code: ELOOP))
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "missing.png")
    #expect(fault(folder.path) == .refused(.open, path: link, code: ENOENT))
    #expect(fault("\(folder.path)/none") == .refused(.open, path: "\(folder.path)/none", code: ENOENT))
  }
}
