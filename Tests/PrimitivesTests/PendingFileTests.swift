import Foundation
import Primitives
import TestSupport
import Testing

@Suite struct PendingFileTests {
  @Test func chunksArePublishedTogether() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("old".utf8), to: "a")
    let file = try PendingFile(replacing: path)
    try file.write([1, 2])
    try file.write([3])
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("old".utf8))
    try file.publish()
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data([1, 2, 3]))
    #expect(try folder.fileNames() == ["a"])
  }

  @Test func unpublishedFilesLeaveNothing() throws {
    let folder = try TemporaryFolder()
    do {
      let file = try PendingFile(replacing: "\(folder.path)/a")
      try file.write([1])
      #expect(try folder.fileNames().count == 1)
    }
    #expect(try folder.fileNames() == [])
  }
}
