import CZlib

/// ZIP archives as bytes, laid out as `numpy.savez` does, with a fault where a test asks for one.
public struct ZIPBytes {
  /// A member of an archive.
  public struct Member {
    /// The name in the directory.
    public var name: [UInt8]
    /// The name in the local header.
    public var localName: [UInt8]
    /// The contents.
    public var contents: [UInt8]
    /// The stored bytes.
    public var packed: [UInt8]
    /// The method in the directory: 0 or 8.
    public var method: Int
    /// The method in the local header.
    public var localMethod: Int
    /// The flags in the directory.
    public var flags = 0
    /// The flags in the local header.
    public var localFlags = 0
    /// The checksum in both headers.
    public var checksum: UInt32
    /// The size in the directory.
    public var announcedSize: Int
    /// The size of the stored bytes in the directory.
    public var announcedPackedSize: Int
    /// The offset that the directory says, where it is another than the true one.
    public var announcedOffset: Int?

    /// A stored or deflated member.
    public init(_ name: String, _ contents: [UInt8], isDeflated: Bool = false) {
      (self.name, localName, self.contents) = (Array(name.utf8), Array(name.utf8), contents)
      packed = isDeflated ? ZIPBytes.deflated(contents) : contents
      method = isDeflated ? 8 : 0
      localMethod = method
      checksum = ZIPBytes.checksum(of: contents)
      (announcedSize, announcedPackedSize) = (contents.count, packed.count)
    }
  }

  /// The members.
  public var members: [Member]
  /// The comment at the end.
  public var comment: [UInt8] = []
  /// Tells whether checksum and sizes follow the data, as they do in a pipe.
  public var hasDescriptors = false
  /// Tells whether sizes and offsets in the directory and its end have 64 bits.
  public var isWide = false
  /// The number of members that the end record says, where it is another than the true one.
  public var announcedCount: Int?

  /// Creates an archive.
  public init(_ members: [Member]) { self.members = members }

  /// The bytes of the archive.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      directory += entry(member, offset: member.announcedOffset ?? bytes.count)
      bytes += local(member)
    }
    return bytes + directory + end(offset: bytes.count, size: directory.count)
  }

  private func local(_ member: Member) -> [UInt8] {
    let flags = member.localFlags | (hasDescriptors ? 8 : 0)
    let (size, packed) = hasDescriptors ? (0, 0) : (member.contents.count, member.packed.count)
    let extra = [1, 0, 16, 0] + number(size, 8) + number(packed, 8)
    let checksum = number(Int(member.checksum), 4)
    let head =
      [0x50, 0x4B, 3, 4] + number(45, 2) + number(flags, 2) + number(member.localMethod, 2) + [0, 0, 0x21, 0]
      + (hasDescriptors ? [0, 0, 0, 0] : checksum) + [UInt8](repeating: 0xFF, count: 8)
      + number(member.localName.count, 2) + number(extra.count, 2)
    let descriptor =
      [0x50, 0x4B, 7, 8] + checksum + number(member.packed.count, 8) + number(member.contents.count, 8)
    return head + member.localName + extra + member.packed + (hasDescriptors ? descriptor : [])
  }

  private func entry(_ member: Member, offset: Int) -> [UInt8] {
    let (size, packed) = (member.announcedSize, member.announcedPackedSize)
    let extra = isWide ? [1, 0, 24, 0] + number(size, 8) + number(packed, 8) + number(offset, 8) : []
    let all = [UInt8](repeating: 0xFF, count: 4)
    return [0x50, 0x4B, 1, 2] + number(45, 2) + number(45, 2)
      + number(member.flags | (hasDescriptors ? 8 : 0), 2) + number(member.method, 2) + [0, 0, 0x21, 0]
      + number(Int(member.checksum), 4) + (isWide ? all : number(packed, 4))
      + (isWide ? all : number(size, 4)) + number(member.name.count, 2) + number(extra.count, 2)
      + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + (isWide ? all : number(offset, 4)) + member.name + extra
  }

  private func end(offset: Int, size: Int) -> [UInt8] {
    let count = announcedCount ?? members.count
    let wide =
      [0x50, 0x4B, 6, 6] + number(44, 8) + number(45, 2) + number(45, 2) + [0, 0, 0, 0, 0, 0, 0, 0]
      + number(count, 8) + number(count, 8) + number(size, 8) + number(offset, 8)
      + [0x50, 0x4B, 6, 7, 0, 0, 0, 0] + number(offset + size, 8) + [1, 0, 0, 0]
    let all = [UInt8](repeating: 0xFF, count: 12)
    let narrow = number(count, 2) + number(count, 2) + number(size, 4) + number(offset, 4)
    return (isWide ? wide : []) + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + (isWide ? all : narrow)
      + number(comment.count, 2) + comment
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// The CRC-32 of bytes.
  public static func checksum(of bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
  }

  /// Deflate data without a wrapper.
  public static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let rawWindowBits: Int32 = -15
    deflateInit2_(
      &stream, 6, Z_DEFLATED, rawWindowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    return [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count))) + 32) {
      output, filled in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        deflate(&stream, Z_FINISH)
        filled = output.count - Int(stream.avail_out)
      }
    }
  }

  /// The archive of `numpy.savez_compressed` or `numpy.savez` with these NumPy files.
  public static func npz(_ arrays: [(key: String, file: [UInt8])], isDeflated: Bool = true) -> [UInt8] {
    ZIPBytes(arrays.map { Member("\($0.key).npy", $0.file, isDeflated: isDeflated) }).encoded
  }
}
