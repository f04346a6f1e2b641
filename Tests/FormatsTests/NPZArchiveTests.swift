import Primitives
import TestSupport
import Testing

@testable import Formats

@Suite struct NPZArchiveTests {
  private static func archive(_ bytes: [UInt8]) throws -> NPZArchive {
    try NPZArchive(RandomAccessFile(bytes, path: "a.npz"))
  }

  private static func file(_ type: String, _ shape: String, _ elements: [UInt8]) -> [UInt8] {
    NumPyBytes.file(NumPyBytes.header(type, shape), elements)
  }

  @Test(arguments: [true, false]) func arraysAreRead(isDeflated: Bool) throws {
    let archive = try Self.archive(
      ZIPBytes.npz(
        [
          ("x_train", Self.file("|u1", "(2, 3)", Array(1...6))),
          ("y", Self.file("<i4", "(1,)", [7, 1, 0, 0])),
        ],
        isDeflated: isDeflated))
    #expect(archive.members.map(\.key) == ["x_train", "y"])
    #expect(archive.members.map { $0.header?.shape } == [[2, 3], [1]])
    let rows = try archive.rows(of: archive.members[0])
    #expect(try rows.read(upTo: 1) == [1, 2, 3])
    try rows.skip(0)
    #expect(try rows.read(upTo: 5) == [4, 5, 6])
    #expect(try archive.rows(of: archive.members[1]).read(upTo: 1) == [263])
    let second = try archive.rows(of: archive.members[0])
    try second.skip(1)
    #expect(try second.readElements(upTo: 1) == [4, 5, 6])
  }

  @Test func aRefusedArraySparesTheOthers() throws {
    var encrypted = ZIPBytes.Member("e.npy", [1])
    (encrypted.flags, encrypted.localFlags) = (1, 1)
    let objects = Self.file("|O", "()", [0x80, 2])
    let archive = try Self.archive(
      ZIPBytes([
        .init("metadata.npy", objects), .init("readme.txt", [1]), encrypted,
        .init("cut.npy", Self.file("<f8", "(4,)", [1])),
        .init("huge.npy", Self.file("<f8", "(1000000000000, 1000)", [])),
        .init("ok.npy", Self.file("|b1", "(2,)", [0, 9])),
      ]).encoded)
    #expect(archive.members.filter { $0.header != nil }.map(\.key) == ["ok"])
    let reasons = Dictionary(uniqueKeysWithValues: archive.members.map { ($0.key, $0.refusal ?? "") })
    #expect(reasons["metadata"]?.contains("pickle") == true)
    #expect(reasons["readme.txt"] == "not a NumPy array")
    #expect(reasons["e"]?.contains("encrypted") == true)
    #expect(reasons["cut"]?.contains("another size") == true)
    #expect(reasons["huge"]?.contains("another size") == true)
    #expect(try archive.rows(of: archive.members[5]).read(upTo: 2) == [0, 1])
  }

  @Test func damageIsFoundWhileRowsAreRead() throws {
    var member = ZIPBytes.Member("a.npy", Self.file("|u1", "(3, 1)", [1, 2, 3]), isDeflated: true)
    member.checksum ^= 1
    let archive = try Self.archive(ZIPBytes([member]).encoded)
    let rows = try archive.rows(of: archive.members[0])
    #expect(try rows.read(upTo: 1) == [1])
    #expect(
      throws: FormatError<NumPyFault>.file(
        .damaged(path: "a.npz", reason: "\(ZIPFault.wrongChecksum("a.npy"))"))
    ) { try rows.read(upTo: 2) }
  }
}
