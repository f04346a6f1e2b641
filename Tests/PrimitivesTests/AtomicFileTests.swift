import Foundation
import TestSupport
import Testing

@testable import Primitives

@Suite struct AtomicFileTests {
  private let folder: TemporaryFolder
  private var target: String { folder.path + "/file" }

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [0, 1, 1_000_000])
  func allBytesAreWritten(count: Int) throws {
    let bytes = [UInt8](repeating: 7, count: count)
    try AtomicFile.write(bytes, to: target)
    #expect(try FileBytes.read(target, limit: .max) == bytes)
    #expect(try folder.fileNames() == ["file"])
  }

  @Test func anOldFileIsReplaced() throws {
    try AtomicFile.write([1, 2, 3, 4], to: target)
    try AtomicFile.write([5, 6], to: target)
    #expect(try FileBytes.read(target, limit: .max) == [5, 6])
  }

  @Test func aReaderOfTheOldFileKeepsIt() throws {
    try AtomicFile.write([1, 2, 3], to: target)
    let reader = try #require(FileHandle(forReadingAtPath: target))
    try AtomicFile.write([4], to: target)
    #expect(try reader.readToEnd() == Data([1, 2, 3]))
  }

  @Test func aSymbolicLinkStays() throws {
    let link = folder.path + "/link"
    try folder.write([1], to: "file")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "file")
    try AtomicFile.write([2], to: link)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "file")
    #expect(try FileBytes.read(target, limit: .max) == [2])
  }

  @Test func leftoversAreReused() throws {
    try folder.write([UInt8](repeating: 9, count: 100), to: ".latent-explorer-0.tmp")
    try AtomicFile.write([1], to: target)
    #expect(try folder.fileNames() == ["file"])
    #expect(try FileBytes.read(target, limit: .max) == [1])
  }

  @Test func theTemporaryFileOfAnotherWriterStays() throws {
    let name = ".latent-explorer-0.tmp"
    let other = try folder.write([9], to: name)
    let descriptor = open(other, O_WRONLY)
    try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
    defer { close(descriptor) }
    try AtomicFile.write([1], to: target)
    #expect(try folder.fileNames() == [name, "file"])
    #expect(try FileBytes.read(other, limit: .max) == [9])
  }

  @Test func aLinkInPlaceOfTheTemporaryFileIsNotFollowed() throws {
    let victim = try folder.write([9], to: "victim")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/.latent-explorer-0.tmp", withDestinationPath: "victim")
    try AtomicFile.write([1], to: target)
    #expect(try FileBytes.read(victim, limit: .max) == [9])
    #expect(try FileBytes.read(target, limit: .max) == [1])
  }

  @Test func aMissingFolderIsRefused() {
    let path = folder.path + "/none/file"
    #expect(throws: FileError.refused(.create, path: path, code: ENOENT)) {
      try AtomicFile.write([1], to: path)
    }
  }

  @Test func aFolderIsNotReplaced() throws {
    #expect(throws: FileError.isFolder(path: folder.path)) { try AtomicFile.write([1], to: folder.path) }
    #expect(try folder.fileNames().isEmpty)
  }

  @Test func aDeviceIsWrittenTo() throws {
    try AtomicFile.write([1], to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    #if os(Linux)
      #expect(throws: FileError.refused(.write, path: "/dev/full", code: ENOSPC)) {
        try AtomicFile.write([1], to: "/dev/full")
      }
    #endif
  }

  @Test func theTemporaryFileGoesWhenRenamingFails() throws {
    let path = folder.path + "/" + String(repeating: "x", count: 300)
    #expect(throws: FileError.refused(.rename, path: path, code: ENAMETOOLONG)) {
      try AtomicFile.write([1], to: path)
    }
    #expect(try folder.fileNames().isEmpty)
  }

  /// Full disk, half of a write, failing fsync and rename: the old file is whole, and nothing is left over.
  @Test(arguments: FailingCalls.Fault.allCases.dropFirst())
  func aFailureLeavesTheOldFile(fault: FailingCalls.Fault) throws {
    let old = [UInt8](repeating: 1, count: 1000)
    let failing = FailingCalls()
    try AtomicFile.write(old, to: target, calls: failing.calls)
    failing.fail(fault)
    let code = fault == .synchronize ? EIO : fault == .rename ? EACCES : ENOSPC
    let error = #expect(throws: FileError.self) {
      try AtomicFile.write([UInt8](repeating: 2, count: 5000), to: target, calls: failing.calls)
    }
    guard case .refused(_, path: target, code: code) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try FileBytes.read(target, limit: .max) == old)
    #expect(try folder.fileNames() == ["file"])
    #expect(failing.renameCount == 1)
    failing.fail(.none)
    try AtomicFile.write([3], to: target, calls: failing.calls)
    #expect(try FileBytes.read(target, limit: .max) == [3])
  }

  /// The name is given once the bytes are durable, and the folder's entry is made durable after it.
  @Test func publicationKeepsItsOrder() throws {
    let order = Locked<[String]>([])
    let system = SystemCalls.system
    let calls = SystemCalls(
      write: { descriptor, bytes in
        order.withLock { $0.append("write") }
        return system.write(descriptor, bytes)
      },
      synchronize: { descriptor in
        var status = stat()
        let isFolder = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        order.withLock { $0.append(isFolder ? "synchronize folder" : "synchronize file") }
        return system.synchronize(descriptor)
      },
      rename: { old, new in
        order.withLock { $0.append("rename") }
        return system.rename(old, new)
      })
    try AtomicFile.write([1, 2, 3], to: target, calls: calls)
    #expect(order.withLock { $0 } == ["write", "synchronize file", "rename", "synchronize folder"])
  }

  @Test func writersAtTheSameTimeLeaveOneWholeFile() async throws {
    let contents = (0..<8).map { [UInt8](repeating: $0, count: 50_000) }
    let target = target
    try await withThrowingTaskGroup(of: Void.self) { group in
      for bytes in contents {
        group.addTask { for _ in 0..<20 { try AtomicFile.write(bytes, to: target) } }
      }
      try await group.waitForAll()
    }
    #expect(contents.contains(try FileBytes.read(target, limit: .max)))
    #expect(try folder.fileNames() == ["file"])
  }
}
