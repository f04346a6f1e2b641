import Formats
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Datasets

@Suite struct PictureFolderTests {
  /// A folder of empty files at the paths.
  private func folder(_ paths: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for path in paths {
      if let slash = path.lastIndex(of: "/") { try Folder.make("\(folder.path)/\(path[..<slash])") }
      if !path.hasSuffix("/") { try folder.write([], to: path) }
    }
    return folder
  }

  private func listing(_ folder: TemporaryFolder) throws -> [String: [String]] {
    let found = try PictureFolder(folder.path)
    return Dictionary(
      uniqueKeysWithValues: found.parts.map { part in
        (
          part.kind.rawValue,
          part.pictures.map { "\($0.path.dropFirst(folder.path.count + 1)) \($0.label ?? -1)" }
        )
      })
  }

  private func fault(_ paths: [String]) throws -> PictureFolderFault? {
    let folder = try folder(paths)
    do throws(DatasetError) {
      _ = try PictureFolder(folder.path)
    } catch {
      if case .folder(_, let fault) = error { return fault }
    }
    return nil
  }

  @Test func subfoldersAreClasses() throws {
    let folder = try folder([
      "b/2.png", "b/10.png", "b/1.jpg", "A/x.PGM", "10/a.ppm", "2/a.png", ".git/a.png", "b/.a.png",
    ])
    let found = try PictureFolder(folder.path)
    #expect(found.classNames == ["2", "10", "A", "b"])
    #expect(
      try listing(folder) == [
        "all": ["2/a.png 0", "10/a.ppm 1", "A/x.PGM 2", "b/1.jpg 3", "b/2.png 3", "b/10.png 3"]
      ])
    #expect(try PictureFolder(folder.path + "/") == found)
  }

  @Test func aFlatFolderHasNoClasses() throws {
    let folder = try folder(["2.png", "10.png", "1.png", "labels.csv", "README"])
    #expect(try listing(folder) == ["all": ["1.png -1", "2.png -1", "10.png -1"]])
    let found = try PictureFolder(folder.path)
    #expect(found.classNames.isEmpty && found.skipped == 2)
  }

  @Test func foldersOfSplitsAreSplits() throws {
    let folder = try folder([
      "training/a/1.png", "training/b/1.png", "Val/b/2.png", "test/a/3.png", "notes/readme.txt",
    ])
    let expected = [
      "train": ["training/a/1.png 0", "training/b/1.png 1"], "validation": ["Val/b/2.png 1"],
      "test": ["test/a/3.png 0"],
    ]
    #expect(try listing(folder) == expected)
    #expect(try PictureFolder(folder.path).parts.map(\.kind) == [.training, .validation, .test])
    let flat = try self.folder(["train/00000.png", "train/00001.png", "test/00000.png"])
    #expect(
      try listing(flat) == [
        "train": ["train/00000.png -1", "train/00001.png -1"], "test": ["test/00000.png -1"],
      ])
  }

  @Test func aFolderAroundAllIsPassedOver() throws {
    #expect(
      try listing(folder(["set/set/train/a/1.png", "set/set/test/a/2.png"])).keys.sorted() == [
        "test", "train",
      ])
    #expect(
      try listing(folder(["set/a/1.png", "set/b/1.png"])) == ["all": ["set/a/1.png 0", "set/b/1.png 1"]])
    // One class, or one split.
    #expect(try listing(folder(["cats/1.png"])) == ["all": ["cats/1.png 0"]])
    #expect(try listing(folder(["train/a/1.png", "train/b/1.png"])).keys.sorted() == ["train"])
  }

  @Test func aClassMayHaveFoldersInIt() throws {
    #expect(
      try listing(folder(["a/1.png", "a/more/2.png", "b/3.png"]))["all"] == [
        "a/1.png 0", "a/more/2.png 0", "b/3.png 1",
      ])
  }

  @Test func faultsAreNamed() throws {
    #expect(try fault(["a/", "b/readme.txt"]) == .noPictures)
    #expect(try fault([]) == .noPictures)
    #expect(try fault(["x.png", "a/1.png"]) == .besideFolders)
    #expect(try fault(["train/a/1.png", "training/a/1.png"]) == .twoFolders(["train", "training"]))
  }

  @Test(arguments: ["bmp", "gif", "TIF", "tiff", "webp"]) func otherPicturesAreNamed(ending: String) throws {
    let folder = try folder(["a/1.png", "a/2.\(ending)"])
    let expected = DatasetError.picture(
      path: "\(folder.path)/a/2.\(ending)", .otherFormat(ending.uppercased()))
    #expect(throws: expected) { try PictureFolder(folder.path) }
  }

  @Test func loopsAndBrokenLinksAreNamed() throws {
    let folder = try folder(["a/1.png", "b/1.png"])
    let link = "\(folder.path)/b/up"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "..")
    #expect(throws: DatasetError.folder(path: "\(link)/b", .loop)) { try PictureFolder(folder.path) }
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "up")
    #expect(throws: DatasetError.file(.refused(.open, path: link, code: ELOOP))) {
      try PictureFolder(folder.path)
    }
  }

  /// Links of each folder to all others would make paths without end.
  @Test func foldersAreCounted() {
    var count = 0
    let list: PictureFolder.List = { path throws(FileError) in
      count += 1
      return (0..<40).map { Folder.Entry(name: "\($0)", isFolder: true, identity: [1, UInt64($0)]) }
    }
    do throws(DatasetError) {
      _ = try PictureFolder("x", list: list)
      Issue.record("endless folders are accepted")
    } catch {
      #expect([.folder(path: "x/0/0", .loop)].contains(error))
    }
    #expect(count <= 100_000)
  }
}
