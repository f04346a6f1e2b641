import Primitives

/// The record at the end of an archive.
struct ZIPEndRecord {
  /// The bytes of the central directory.
  let directory: Range<Int>
  /// The number of its entries.
  let memberCount: Int

  private static let size = 22
  private static let longestComment = 0xFFFF
  private static let signature: [UInt8] = [0x50, 0x4B, 5, 6]

  static func read(_ file: RandomAccessFile) throws(FormatError<ZIPFault>) -> ZIPEndRecord {
    func fail(_ fault: ZIPFault) -> FormatError<ZIPFault> { .invalid(path: file.path, fault) }
    let tailSize = min(file.size, size + longestComment)
    let tail = try file.read(tailSize, at: file.size - tailSize, faults: ZIPFault.self)
    guard let position = position(in: tail) else { throw fail(.noEndRecord) }
    let fields = fields(in: tail, at: position)
    let recordOffset = file.size - tailSize + position
    var (count, bytes, offset, limit) = (fields.count, fields.bytes, fields.offset, recordOffset)
    if let wide = try ZIP64EndRecord.read(file, before: recordOffset) {
      // A 32-bit field either says the same or is all ones.
      guard [wide.count, 0xFFFF].contains(count), [wide.bytes, 0xFFFF_FFFF].contains(bytes),
        [wide.offset, 0xFFFF_FFFF].contains(offset)
      else { throw fail(.badZIP64EndRecord) }
      (count, bytes, offset, limit) = (wide.count, wide.bytes, wide.offset, wide.recordOffset)
    }
    guard fields.isOneDisk else { throw fail(.severalDisks) }
    guard offset <= limit, bytes <= limit - offset else { throw fail(.directoryOutsideFile) }
    guard bytes <= ZIPArchive.directoryLimit else {
      throw fail(.directoryTooLarge(bytes: bytes, limit: ZIPArchive.directoryLimit))
    }
    return ZIPEndRecord(directory: offset..<offset + bytes, memberCount: count)
  }

  /// The position of the last record whose comment ends the file.
  private static func position(in tail: [UInt8]) -> Int? {
    guard tail.count >= size else { return nil }
    return (0...tail.count - size).reversed().first { position in
      tail[position] == signature[0] && tail[position...].starts(with: signature)
        && LittleEndian.number(tail, at: position + 20, width: 2) == tail.count - size - position
    }
  }

  private static func fields(
    in tail: [UInt8], at position: Int
  ) -> (isOneDisk: Bool, count: Int, bytes: Int, offset: Int) {
    func number(_ offset: Int, _ width: Int) -> Int {
      LittleEndian.number(tail, at: position + offset, width: width) ?? 0
    }
    let (disk, first) = (number(4, 2), number(6, 2))
    let isOneDisk =
      [0, 0xFFFF].contains(disk) && [0, 0xFFFF].contains(first) && number(8, 2) == number(10, 2)
    return (isOneDisk, number(10, 2), number(12, 4), number(16, 4))
  }
}

/// The 64-bit record at the end of a large archive.
private struct ZIP64EndRecord {
  let count: Int
  let bytes: Int
  let offset: Int
  /// The offset of the record itself.
  let recordOffset: Int

  private static let size = 56
  private static let locatorSize = 20
  private static let signature: [UInt8] = [0x50, 0x4B, 6, 6]
  private static let locatorSignature: [UInt8] = [0x50, 0x4B, 6, 7]

  /// Reads the record that the locator before the end record names; nil without a locator.
  static func read(
    _ file: RandomAccessFile, before end: Int
  ) throws(FormatError<ZIPFault>) -> ZIP64EndRecord? {
    guard end >= locatorSize else { return nil }
    let locator = try file.read(locatorSize, at: end - locatorSize, faults: ZIPFault.self)
    guard locator.starts(with: locatorSignature) else { return nil }
    let fault = FormatError.invalid(path: file.path, ZIPFault.badZIP64EndRecord)
    guard let offset = LittleEndian.number(locator, at: 8, width: 8), offset <= end - locatorSize - size
    else {
      throw fault
    }
    let record = try file.read(size, at: offset, faults: ZIPFault.self)
    guard record.starts(with: signature),
      let disk = LittleEndian.number(record, at: 16, width: 4),
      let first = LittleEndian.number(record, at: 20, width: 4),
      let own = LittleEndian.number(record, at: 24, width: 8),
      let count = LittleEndian.number(record, at: 32, width: 8),
      let bytes = LittleEndian.number(record, at: 40, width: 8),
      let directory = LittleEndian.number(record, at: 48, width: 8)
    else { throw fault }
    guard disk == 0, first == 0, own == count else { throw .invalid(path: file.path, .severalDisks) }
    return ZIP64EndRecord(count: count, bytes: bytes, offset: directory, recordOffset: offset)
  }
}

/// The entries of the central directory.
enum ZIPDirectory {
  private static let entrySize = 46
  private static let signature: [UInt8] = [0x50, 0x4B, 1, 2]

  /// The `count` entries of which `bytes` consist.
  static func members(in bytes: [UInt8], count: Int) throws(ZIPFault) -> [ZIPMember] {
    var members: [ZIPMember] = []
    var position = 0
    while position < bytes.count {
      guard members.count < count, let (member, end) = entry(in: bytes, at: position) else {
        throw .malformedDirectory(offset: position)
      }
      members.append(member)
      position = end
    }
    guard members.count == count else { throw .malformedDirectory(offset: position) }
    return members
  }

  /// The entry at `position` and where it ends; nil for a malformed one.
  private static func entry(in bytes: [UInt8], at position: Int) -> (ZIPMember, end: Int)? {
    func number(_ offset: Int, _ width: Int) -> Int {
      LittleEndian.number(bytes, at: position + offset, width: width) ?? 0
    }
    guard position <= bytes.count - entrySize, bytes[position...].starts(with: signature) else { return nil }
    let (nameSize, extraSize, commentSize) = (number(28, 2), number(30, 2), number(32, 2))
    let nameEnd = position + entrySize + nameSize
    let end = nameEnd + extraSize + commentSize
    guard end <= bytes.count else { return nil }
    let extra = Array(bytes[nameEnd..<nameEnd + extraSize])
    guard let sizes = wideNumbers([number(24, 4), number(20, 4), number(42, 4)], extra: extra) else {
      return nil
    }
    let name = Array(bytes[position + entrySize..<nameEnd])
    let member = ZIPMember(
      name: String(decoding: name, as: UTF8.self), size: sizes[0], packedSize: sizes[1], offset: sizes[2],
      method: number(10, 2), checksum: UInt32(truncatingIfNeeded: number(16, 4)),
      isEncrypted: number(8, 2) & 1 != 0, nameBytes: name)
    return (member, end)
  }

  /// The unpacked size, packed size and offset, those of all ones replaced by what the extra field 0001 says.
  private static func wideNumbers(_ numbers: [Int], extra: [UInt8]) -> [Int]? {
    var numbers = numbers
    let missing = numbers.indices.filter { numbers[$0] == 0xFFFF_FFFF }
    guard !missing.isEmpty else { return numbers }
    var position = 0
    while let id = LittleEndian.number(extra, at: position, width: 2),
      let size = LittleEndian.number(extra, at: position + 2, width: 2), size <= extra.count - position - 4
    {
      if id == 1 {
        guard size >= 8 * missing.count else { return nil }
        for (place, index) in missing.enumerated() {
          guard let wide = LittleEndian.number(extra, at: position + 4 + 8 * place, width: 8) else {
            return nil
          }
          numbers[index] = wide
        }
        return numbers
      }
      position += 4 + size
    }
    return nil
  }
}
