import Foundation
import TestSupport
import Testing

@testable import Primitives

/// Outputs that are no plain files, and the permissions of those that are.
@Suite struct OutputKindsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func link(_ name: String, to contents: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: contents)
  }

  private func mode(_ name: String) -> mode_t {
    var status = stat()
    return stat(path(name), &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  // MARK: Links

  @Test func linksAreFollowedToTheirEnd() throws {
    try FileManager.default.createDirectory(atPath: path("sub"), withIntermediateDirectories: false)
    try folder.write([1], to: "sub/file")
    try link("sub/relative", to: "file")
    try link("absolute", to: path("sub/relative"))
    try link("first", to: "absolute")
    try link("folder", to: "sub")
    try link("up", to: "folder/../sub/file")
    for (index, name) in ["first", "absolute", "sub/relative", "folder/relative", "up"].enumerated() {
      let bytes = [UInt8(index)]
      try AtomicFile.write(bytes, to: path(name))
      #expect(try FileBytes.read(path("sub/file"), limit: 9) == bytes, "\(name)")
    }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("first")) == "absolute")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("sub/relative")) == "file")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path("sub")).sorted() == ["file", "relative"])
    #expect(try folder.fileNames() == ["absolute", "first", "folder", "sub", "up"])
  }

  @Test func targetsOfDanglingLinksAreMade() throws {
    try FileManager.default.createDirectory(atPath: path("sub"), withIntermediateDirectories: false)
    try link("a", to: "b")
    try link("b", to: "sub/new")
    try AtomicFile.write([7], to: path("a"))
    #expect(try FileBytes.read(path("sub/new"), limit: 9) == [7])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path("a")) == "b")
    try link("c", to: "none/new")
    let error = #expect(throws: FileError.self) { try AtomicFile.write([7], to: path("c")) }
    #expect(
      error?.description.contains("there is no folder '\(path("none"))'") == true,
      "\(String(describing: error))")
  }

  /// The temporary file stands beside the target: links may lead to another disk.
  @Test func theTemporaryFileStandsBesideTheTarget() throws {
    try FileManager.default.createDirectory(atPath: path("sub"), withIntermediateDirectories: false)
    try link("a", to: "sub/file")
    let file = try PendingFile(replacing: path("a"))
    try file.write([1])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path("sub")) == [".latent-explorer-0.tmp"])
    #expect(try folder.fileNames() == ["a", "sub"])
    try file.publish()
    #expect(try FileManager.default.contentsOfDirectory(atPath: path("sub")) == ["file"])
  }

  @Test func linksInACircleAreRefused() throws {
    try link("a", to: "b")
    try link("b", to: "a")
    try link("self", to: "self")
    for name in ["a", "self"] {
      #expect(throws: FileError.refused(.create, path: path(name), code: ELOOP)) {
        try AtomicFile.write([1], to: path(name))
      }
    }
    #expect(try folder.fileNames() == ["a", "b", "self"])
  }

  // MARK: Permissions

  @Test(arguments: [0o600, 0o640, 0o400, 0o666, 0o755] as [mode_t])
  func aFileKeepsItsPermissions(permissions: mode_t) throws {
    try folder.write([1], to: "file")
    try #require(chmod(path("file"), permissions) == 0)
    try link("link", to: "file")
    try AtomicFile.write([2], to: path("file"))
    #expect(mode("file") == permissions)
    try AtomicFile.write([3], to: path("link"))
    #expect(mode("file") == permissions)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path("file"))) == Data([3]))
  }

  /// Also where a killed process left a temporary file with others.
  @Test func aNewFileHasThoseOfTheProcess() throws {
    try folder.write([], to: "plain")
    let descriptor = open(path("expected"), O_WRONLY | O_CREAT | O_EXCL, 0o666)
    try #require(descriptor >= 0)
    close(descriptor)
    let leftover = try folder.write([9], to: ".latent-explorer-0.tmp")
    try #require(chmod(leftover, 0o777) == 0)
    try AtomicFile.write([1], to: path("new"))
    #expect(mode("new") == mode("expected"))
    #expect(try folder.fileNames() == ["expected", "new", "plain"])
  }

  // MARK: Pipes, devices, sockets

  @Test func aPipeReceivesAllAtOnceAndOnlyWhatIsPublished() throws {
    try #require(mkfifo(path("pipe"), 0o600) == 0)
    try link("link", to: "pipe")
    let reader = open(path("pipe"), O_RDONLY | O_NONBLOCK)
    try #require(reader >= 0)
    defer { close(reader) }
    do {
      let dropped = try PendingFile(replacing: path("pipe"))
      try dropped.write([1, 2, 3])
    }
    let file = try PendingFile(replacing: path("link"))
    try file.write([4])
    try file.write([5])
    var bytes = [UInt8](repeating: 0, count: 16)
    #expect(read(reader, &bytes, 16) <= 0)
    try file.publish()
    #expect(read(reader, &bytes, 16) == 2 && bytes.prefix(2) == [4, 5])
    #expect(try folder.fileNames() == ["link", "pipe"])
  }

  @Test func anOpenDescriptorIsWrittenToWhereItStands() throws {
    let file = open(path("log"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
    try #require(file >= 0 && writeBytes(file, [1]) == 1)
    defer { close(file) }
    try AtomicFile.write([2, 3], to: "/dev/fd/\(file)")
    try link("link", to: "/dev/fd/\(file)")
    try AtomicFile.write([4], to: path("link"))
    #expect(try FileBytes.read(path("log"), limit: 9) == [1, 2, 3, 4])
    let reader = open(path("log"), O_RDONLY)
    defer { close(reader) }
    #expect(throws: FileError.refused(.write, path: "/dev/fd/\(reader)", code: EBADF)) {
      try AtomicFile.write([2, 3], to: "/dev/fd/\(reader)")
    }
  }

  @Test func aSocketIsRefused() throws {
    let place = "/tmp/le-\(UUID().uuidString.prefix(8))"
    let socket = try TestSocket(place)
    #expect(throws: FileError.isSocket(path: place)) { try AtomicFile.write([1], to: place) }
    #expect(throws: FileError.isSocket(path: place)) {
      try FileBytes.read(place, limit: 9, from: .anyStream)
    }
    withExtendedLifetime(socket) {}
  }
}

private func writeBytes(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
  write(descriptor, bytes, bytes.count)
}
