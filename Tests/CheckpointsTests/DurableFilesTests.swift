import Checkpoints
import TestSupport
import Testing

/// The durable files under the names that this module had for them; `Primitives` is not imported here.
@Suite struct DurableFilesTests {
  @Test func theModuleAloneWritesFiles() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write([1], to: "\(folder.path)/a")
    let pending = try PendingFile(replacing: "\(folder.path)/b")
    try pending.write([2])
    try pending.publish()
    try AppendedFile("\(folder.path)/c").append([3, 10])
    #expect(try folder.fileNames() == ["a", "b", "c"])
  }
}
