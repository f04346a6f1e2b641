import Foundation
import Primitives
import Testing

@Suite struct FilePathTests {
  @Test(arguments: [("a", "."), ("/a", "/"), ("b/a", "b"), ("/c/b/a", "/c/b"), ("b/", "b")])
  func theFolderPrecedesTheName(path: String, folder: String) {
    #expect(FilePath.folder(of: path) == folder)
  }

  @Test func aMissingFolderIsNamed() {
    #expect(
      FileError.refused(.create, path: "no/a.gif", code: ENOENT).description
        == "no/a.gif: cannot create: there is no folder 'no'")
  }
}
