import Primitives
import TestSupport
import Testing

@testable import Formats

@Suite struct ZIPArchiveTests {
  private typealias Member = ZIPBytes.Member

  private static let text = Array("some text, some text, some text".utf8)

  private static func archive(_ bytes: [UInt8]) throws(FormatError<ZIPFault>) -> ZIPArchive {
    try ZIPArchive(RandomAccessFile(bytes, path: "a.zip"))
  }

  /// The contents of the member `name`, read in pieces.
  private static func contents(of name: String, in bytes: [UInt8], piece: Int = 7) throws -> [UInt8] {
    let archive = try archive(bytes)
    let stream = try archive.open(try #require(archive.member(named: name)))
    var contents: [UInt8] = []
    while case let bytes = try stream.read(upTo: piece), !bytes.isEmpty { contents += bytes }
    return contents
  }

  /// The fault of an archive or of one of its members; nil for a sound one.
  private static func fault(_ bytes: [UInt8]) throws -> ZIPFault? {
    do {
      let archive = try archive(bytes)
      for member in archive.members { _ = try archive.open(member) }
      return nil
    } catch .invalid(let path, let fault) {
      #expect(path == "a.zip")
      return fault
    }
  }

  /// The reason why the contents of the first member cannot be read.
  private static func damage(_ bytes: [UInt8]) throws -> String? {
    let archive = try archive(bytes)
    do {
      _ = try archive.open(archive.members[0]).readAll(limit: 1 << 20)
      return nil
    } catch FileError.damaged(_, let reason) {
      return reason
    }
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func membersAreRead(isWide: Bool, hasDescriptors: Bool) throws {
    var file = ZIPBytes([
      Member("a", Self.text, isDeflated: true), Member("../é\n", [1, 2, 3]), Member("empty", []),
      Member("none", [], isDeflated: true),
    ])
    (file.isWide, file.hasDescriptors, file.comment) = (isWide, hasDescriptors, Array("PK comment".utf8))
    #expect(try Self.archive(file.encoded).members.map(\.name) == ["a", "../é\n", "empty", "none"])
    for piece in [1, 7, 1000] {
      #expect(try Self.contents(of: "a", in: file.encoded, piece: piece) == Self.text)
      #expect(try Self.contents(of: "../é\n", in: file.encoded, piece: piece) == [1, 2, 3])
    }
    #expect(try Self.contents(of: "empty", in: file.encoded) == [])
    #expect(try Self.contents(of: "none", in: file.encoded) == [])
  }

  @Test func anEmptyArchiveIsSound() throws {
    let bytes: [UInt8] = [0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18)
    #expect(try Self.archive(bytes).members == [])
  }

  @Test func theEndRecordMustEndTheFile() throws {
    let bytes = ZIPBytes([Member("a", Self.text)]).encoded
    for other in [[], [0x50, 0x4B], Array(bytes.dropLast()), bytes + [0], Array("no archive at all".utf8)] {
      #expect(try Self.fault(other) == .noEndRecord)
    }
    var commented = ZIPBytes([Member("a", Self.text)])
    commented.comment = [UInt8](repeating: 0x20, count: 0xFFFF)
    #expect(try Self.fault(commented.encoded) == nil)
  }

  @Test(arguments: 0..<40) func everyCutIsFound(part: Int) throws {
    let bytes = ZIPBytes([Member("a", Self.text), Member("b", Self.text, isDeflated: true)]).encoded
    #expect(try Self.fault(Array(bytes[..<(bytes.count * part / 40)])) == .noEndRecord)
  }

  @Test func otherDisksAreRefused() throws {
    var bytes = ZIPBytes([Member("a", Self.text)]).encoded
    bytes[bytes.count - 18] = 1
    #expect(try Self.fault(bytes) == .severalDisks)
  }

  @Test func theDirectoryMustBeInsideTheFile() throws {
    var bytes = ZIPBytes([Member("a", Self.text)]).encoded
    bytes[bytes.count - 4] = 1
    #expect(try Self.fault(bytes) == .directoryOutsideFile)
    var wide = ZIPBytes([Member("a", Self.text)])
    wide.isWide = true
    var large = wide.encoded
    // The highest byte of the directory's offset and of the record's own.
    large[large.count - 22 - 20 - 1] = 0x7F
    #expect(try Self.fault(large) == .directoryOutsideFile)
    large = wide.encoded
    large[large.count - 22 - 20 + 15] = 0xFF
    #expect(try Self.fault(large) == .badZIP64EndRecord)
    large = wide.encoded
    large[large.count - 10] = 7
    #expect(try Self.fault(large) == .badZIP64EndRecord)
  }

  @Test func theEntriesMustBeThoseAnnounced() throws {
    var file = ZIPBytes([Member("a", Self.text)])
    for count in [0, 2, 0xFFFE] {
      file.announcedCount = count
      guard case .malformedDirectory = try Self.fault(file.encoded) else {
        Issue.record("\(count): \(String(describing: try Self.fault(file.encoded)))")
        continue
      }
    }
    var bytes = ZIPBytes([Member("a", Self.text)]).encoded
    bytes[bytes.count - 22 - 47] = 0
    #expect(try Self.fault(bytes) == .malformedDirectory(offset: 0))
  }

  @Test func namesMustDiffer() throws {
    #expect(
      try Self.fault(ZIPBytes([Member("a", []), Member("b", []), Member("a", [1])]).encoded)
        == .duplicateName("a"))
  }

  @Test func membersMustBeInsideTheFile() throws {
    var member = Member("a", Self.text)
    member.announcedPackedSize = 1000
    #expect(try Self.fault(ZIPBytes([member]).encoded) == .memberOutsideFile("a"))
    member = Member("a", Self.text)
    member.announcedOffset = 100_000
    #expect(try Self.fault(ZIPBytes([member]).encoded) == .memberOutsideFile("a"))
    member.announcedOffset = .max
    var wide = ZIPBytes([member])
    wide.isWide = true
    #expect(try Self.fault(wide.encoded) == .memberOutsideFile("a"))
  }

  @Test func membersMayNotOverlap() throws {
    var second = Member("a", Self.text)
    second.announcedOffset = 0
    second.name = Array("b".utf8)
    #expect(try Self.fault(ZIPBytes([Member("a", Self.text), second]).encoded) == .overlap("a", "b"))
    var long = Member("a", Self.text)
    long.announcedPackedSize += 1
    long.announcedSize += 1
    #expect(try Self.fault(ZIPBytes([long, Member("b", [])]).encoded) == .overlap("a", "b"))
  }

  @Test func localHeadersMustAgree() throws {
    var member = Member("a", Self.text)
    member.localName = Array("b".utf8)
    #expect(try Self.fault(ZIPBytes([member]).encoded) == .headersDiffer("a"))
    member = Member("a", Self.text)
    member.localMethod = 8
    #expect(try Self.fault(ZIPBytes([member]).encoded) == .headersDiffer("a"))
    for isLocal in [true, false] {
      member = Member("a", Self.text)
      if isLocal { member.localFlags = 1 } else { member.flags = 1 }
      #expect(try Self.fault(ZIPBytes([member]).encoded) == .headersDiffer("a"))
    }
    var bytes = ZIPBytes([Member("a", Self.text)]).encoded
    bytes[3] = 5
    #expect(try Self.fault(bytes) == .noLocalHeader("a"))
  }

  @Test func encryptedMembersAreRefused() throws {
    var member = Member("a", Self.text)
    (member.flags, member.localFlags) = (1, 1)
    #expect(try Self.fault(ZIPBytes([member]).encoded) == .encrypted("a"))
  }

  @Test(arguments: [
    (9, "Deflate64"), (12, "BZip2"), (14, "LZMA"), (93, "Zstandard"), (99, "AES"), (1, "method 1"),
  ])
  func otherMethodsAreNamed(method: Int, name: String) throws {
    var member = Member("a", Self.text)
    (member.method, member.localMethod) = (method, method)
    let fault = try #require(try Self.fault(ZIPBytes([member]).encoded))
    #expect(fault == .unsupportedMethod("a", method: method))
    #expect("\(fault)".contains(name))
  }

  @Test func storedSizesMustAgree() throws {
    var member = Member("a", Self.text)
    member.announcedSize -= 1
    #expect(
      try Self.fault(ZIPBytes([member]).encoded)
        == .storedSizesDiffer("a", packed: Self.text.count, unpacked: Self.text.count - 1))
  }

  @Test func theContentsMustHaveTheAnnouncedSize() throws {
    var member = Member("a", Self.text, isDeflated: true)
    member.announcedSize += 1
    let (size, more) = (Self.text.count, Self.text.count + 1)
    #expect(
      try Self.damage(ZIPBytes([member]).encoded)
        == "\(ZIPFault.memberTooShort("a", expected: more, found: size))")
    member.announcedSize = size - 1
    #expect(
      try Self.damage(ZIPBytes([member]).encoded) == "\(ZIPFault.memberTooLong("a", expected: size - 1))")
    member = Member("a", [], isDeflated: true)
    member.packed = ZIPBytes.deflated(Self.text)
    member.announcedPackedSize = member.packed.count
    #expect(try Self.damage(ZIPBytes([member]).encoded) == "\(ZIPFault.memberTooLong("a", expected: 0))")
  }

  @Test(arguments: [false, true]) func theChecksumIsVerified(isDeflated: Bool) throws {
    var member = Member("a", Self.text, isDeflated: isDeflated)
    member.checksum ^= 1
    #expect(try Self.damage(ZIPBytes([member]).encoded) == "\(ZIPFault.wrongChecksum("a"))")
  }

  @Test func damagedDataAreFound() throws {
    var member = Member("a", Self.text, isDeflated: true)
    member.packed = [0xFF] + member.packed.dropFirst()
    #expect(try Self.damage(ZIPBytes([member]).encoded)?.contains("is damaged") == true)
    member = Member("a", Self.text, isDeflated: true)
    member.packed.append(0)
    member.announcedPackedSize += 1
    #expect(try Self.damage(ZIPBytes([member]).encoded)?.contains("bytes follow") == true)
    member = Member("a", Self.text, isDeflated: true)
    member.packed.removeLast()
    member.announcedPackedSize -= 1
    #expect(try Self.damage(ZIPBytes([member]).encoded) != nil)
  }

  @Test func aBombStopsAtTheAnnouncedSize() throws {
    var member = Member("a", [UInt8](repeating: 0, count: 50_000_000), isDeflated: true)
    member.announcedSize = 1000
    let archive = try Self.archive(ZIPBytes([member]).encoded)
    let stream = try archive.open(archive.members[0])
    #expect(try stream.read(upTo: 999).count == 999)
    #expect(throws: FileError.self) { try stream.read(upTo: .max) }
  }

  @Test func namesAreEscaped() {
    let faults: [ZIPFault] = [.duplicateName("\u{1B}[2J"), .overlap("a\n", "\u{202E}b")]
    for fault in faults { #expect("\(fault)" == "\(fault)".printable) }
  }
}
