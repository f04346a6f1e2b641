import Primitives

/// A ZIP archive with stored and deflated members (APPNOTE.TXT of PKWARE, with 64-bit sizes).
///
/// Sizes, offsets and checksums are those of the central directory. Names are keys; nothing is ever extracted to
/// a path.
public struct ZIPArchive: Sendable {
  /// The file.
  public let file: RandomAccessFile
  /// The members in the order of the directory.
  public let members: [ZIPMember]

  /// The limit on the size of the central directory.
  static let directoryLimit = 1 << 26

  /// Reads the central directory, and checks it and the local headers.
  ///
  /// - Throws: `FormatError` for the first fault of the archive. An encrypted member, or one of an unsupported
  ///   method, is refused when it is opened.
  public init(_ file: RandomAccessFile) throws(FormatError<ZIPFault>) {
    self.file = file
    let end = try ZIPEndRecord.read(file)
    let bytes = try file.read(end.directory.count, at: end.directory.lowerBound, faults: ZIPFault.self)
    do {
      members = try ZIPDirectory.members(in: bytes, count: end.memberCount)
      try Self.requireDistinctNames(members)
    } catch { throw .invalid(path: file.path, error) }
    try requireNoOverlap(before: end.directory.lowerBound)
  }

  /// The member called `name`.
  public func member(named name: String) -> ZIPMember? { members.first { $0.name == name } }

  /// A stream of the contents of `member`, inflated as they are read. At their end, size and checksum are checked.
  public func open(_ member: ZIPMember) throws(FormatError<ZIPFault>) -> ByteStream {
    let start = try ZIPLocalHeader.read(of: member, in: file).dataStart
    let contents: ZIPMemberContents
    do {
      contents = try ZIPMemberContents(of: member, at: start, in: file)
    } catch { throw .invalid(path: file.path, error) }
    return ByteStream(path: file.path) { limit throws(FileError) in
      do throws(FormatError<ZIPFault>) { return try contents.read(upTo: limit) } catch {
        throw error.fileError
      }
    }
  }

  private static func requireDistinctNames(_ members: [ZIPMember]) throws(ZIPFault) {
    var names: Set<String> = []
    for member in members where !names.insert(member.name).inserted { throw .duplicateName(member.name) }
  }

  private func requireNoOverlap(before directory: Int) throws(FormatError<ZIPFault>) {
    var previous: (name: String, end: Int)?
    for member in members.sorted(by: { $0.offset < $1.offset }) {
      guard member.offset < directory else {
        throw .invalid(path: file.path, .memberOutsideFile(member.name))
      }
      if let previous, member.offset < previous.end {
        throw .invalid(path: file.path, .overlap(previous.name, member.name))
      }
      let start = try ZIPLocalHeader.read(of: member, in: file).dataStart
      guard start <= directory, member.packedSize <= directory - start else {
        throw .invalid(path: file.path, .memberOutsideFile(member.name))
      }
      previous = (member.name, start + member.packedSize)
    }
  }
}

/// A member of an archive, as the central directory describes it.
public struct ZIPMember: Sendable, Hashable {
  /// The name: a key, not a path.
  public let name: String
  /// The size of the contents in bytes.
  public let size: Int
  /// The size of the stored data in bytes.
  let packedSize: Int
  /// The offset of the local header.
  let offset: Int
  let method: Int
  let checksum: UInt32
  let isEncrypted: Bool
  /// The bytes of the name.
  let nameBytes: [UInt8]

  /// The methods of stored and deflated members.
  static let stored = 0
  static let deflated = 8
}

/// The header before a member's data.
struct ZIPLocalHeader {
  /// The offset of the data.
  let dataStart: Int

  private static let size = 30
  private static let signature: [UInt8] = [0x50, 0x4B, 3, 4]

  /// Reads the local header of `member`, which must have the same name and method as the directory's.
  static func read(
    of member: ZIPMember, in file: RandomAccessFile
  ) throws(FormatError<ZIPFault>) -> ZIPLocalHeader {
    func fail(_ fault: ZIPFault) -> FormatError<ZIPFault> { .invalid(path: file.path, fault) }
    guard member.offset <= file.size - size - member.nameBytes.count else {
      throw fail(.memberOutsideFile(member.name))
    }
    let bytes = try file.read(size + member.nameBytes.count, at: member.offset, faults: ZIPFault.self)
    guard bytes.starts(with: signature) else { throw fail(.noLocalHeader(member.name)) }
    guard let flags = LittleEndian.number(bytes, at: 6, width: 2),
      let method = LittleEndian.number(bytes, at: 8, width: 2),
      let nameSize = LittleEndian.number(bytes, at: 26, width: 2),
      let extraSize = LittleEndian.number(bytes, at: 28, width: 2),
      method == member.method, flags & 1 == (member.isEncrypted ? 1 : 0),
      nameSize == member.nameBytes.count, Array(bytes[size...]) == member.nameBytes
    else { throw fail(.headersDiffer(member.name)) }
    return ZIPLocalHeader(dataStart: member.offset + size + nameSize + extraSize)
  }
}

extension FormatError<ZIPFault> {
  /// The same error of a stream that knows no formats.
  var fileError: FileError {
    switch self {
    case .file(let error): error
    case .invalid(let path, let fault): .damaged(path: path, reason: "\(fault)")
    }
  }
}

extension RandomAccessFile {
  /// Reads bytes inside the file, with the error of a format.
  func read<Fault>(
    _ count: Int, at offset: Int, faults: Fault.Type
  ) throws(FormatError<Fault>) -> [UInt8] {
    do { return try read(count, at: offset) } catch { throw .file(error) }
  }
}
