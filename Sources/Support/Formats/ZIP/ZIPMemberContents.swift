import CZlib
import Primitives

/// The contents of a member, read or inflated piece by piece. Not thread-safe.
final class ZIPMemberContents {
  private let file: RandomAccessFile
  private let member: ZIPMember
  private let inflater: Inflater?
  /// The stored bytes that are not read yet.
  private var rest: Range<Int>
  private var read = 0
  private var checksum = crc32(0, nil, 0)
  private var isComplete = false

  private static let pieceSize = 1 << 17

  /// Starts at `start`, where the stored bytes of `member` begin.
  init(of member: ZIPMember, at start: Int, in file: RandomAccessFile) throws(ZIPFault) {
    guard !member.isEncrypted else { throw .encrypted(member.name) }
    switch member.method {
    case ZIPMember.stored:
      guard member.packedSize == member.size else {
        throw .storedSizesDiffer(member.name, packed: member.packedSize, unpacked: member.size)
      }
      inflater = nil
    case ZIPMember.deflated:
      do { inflater = try Inflater() } catch { throw .damaged(member.name, reason: error.reason) }
    default:
      throw .unsupportedMethod(member.name, method: member.method)
    }
    (self.member, self.file, rest) = (member, file, start..<start + member.packedSize)
  }

  /// Reads at least one and at most `limit` bytes, none after the last; size and checksum are checked with it.
  func read(upTo limit: Int) throws(FormatError<ZIPFault>) -> [UInt8] {
    let wanted = min(limit, member.size - read)
    let bytes: [UInt8] =
      if let inflater { try inflated(upTo: wanted, by: inflater) } else { try stored(upTo: wanted) }
    read += bytes.count
    checksum = bytes.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
    if read == member.size, !isComplete { try finish() }
    return bytes
  }

  private func stored(upTo count: Int) throws(FormatError<ZIPFault>) -> [UInt8] {
    defer { rest = rest.lowerBound + count..<rest.upperBound }
    return try file.read(count, at: rest.lowerBound, faults: ZIPFault.self)
  }

  private func inflated(upTo count: Int, by inflater: Inflater) throws(FormatError<ZIPFault>) -> [UInt8] {
    guard count > 0 else { return [] }
    while true {
      let bytes = try output(upTo: count, of: inflater)
      if !bytes.isEmpty { return bytes }
      guard !inflater.isAtEnd, try feed(inflater) else {
        throw fail(.memberTooShort(member.name, expected: member.size, found: read))
      }
    }
  }

  /// Requires that nothing follows the announced bytes, and that they are those of the checksum.
  private func finish() throws(FormatError<ZIPFault>) {
    if let inflater {
      while !inflater.isAtEnd {
        guard try output(upTo: 1, of: inflater).isEmpty else {
          throw fail(.memberTooLong(member.name, expected: member.size))
        }
        if !inflater.isAtEnd, try !feed(inflater) {
          throw fail(.damaged(member.name, reason: "the compressed data are cut"))
        }
      }
      guard rest.isEmpty, inflater.isInputConsumed else {
        throw fail(.damaged(member.name, reason: "bytes follow the compressed data"))
      }
    }
    guard UInt32(truncatingIfNeeded: checksum) == member.checksum else {
      throw fail(.wrongChecksum(member.name))
    }
    isComplete = true
  }

  private func output(upTo count: Int, of inflater: Inflater) throws(FormatError<ZIPFault>) -> [UInt8] {
    do { return try inflater.output(upTo: count) } catch {
      throw fail(.damaged(member.name, reason: error.reason))
    }
  }

  /// Gives the next stored bytes to the inflater; false without any.
  private func feed(_ inflater: Inflater) throws(FormatError<ZIPFault>) -> Bool {
    let count = min(rest.count, Self.pieceSize)
    guard count > 0 else { return false }
    inflater.input = try file.read(count, at: rest.lowerBound, faults: ZIPFault.self)
    rest = rest.lowerBound + count..<rest.upperBound
    return true
  }

  private func fail(_ fault: ZIPFault) -> FormatError<ZIPFault> { .invalid(path: file.path, fault) }
}

/// Inflates deflate data without a wrapper (RFC 1951). Not thread-safe.
final class Inflater {
  /// Invalid compressed data; the reason is zlib's.
  struct Fault: Error { let reason: String }

  /// The bytes to inflate; replaced when they are consumed.
  var input: [UInt8] = [] {
    didSet { consumed = 0 }
  }
  private var consumed = 0
  /// A Boolean value that is true after the last block.
  private(set) var isAtEnd = false
  /// zlib stores the stream's address, so that the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  init() throws(Fault) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let rawWindowBits: Int32 = -15  // the largest window, no wrapper
    let status = inflateInit2_(stream, rawWindowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw Fault(reason: "zlib does not start (status \(status))") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Tells whether all input is consumed.
  var isInputConsumed: Bool { consumed == input.count }

  /// The next `count` bytes, or fewer where more input is needed or the data end.
  func output(upTo count: Int) throws(Fault) -> [UInt8] {
    guard !isAtEnd else { return [] }
    return try Array(capacity: count) { (output: inout OutputSpan<UInt8>) throws(Fault) in
      try output.withUnsafeMutableBufferPointer { (buffer, filled) throws(Fault) in
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = UInt32(clamping: count)
        let room = Int(stream.pointee.avail_out)
        let status = input.withUnsafeBufferPointer { bytes in
          // zlib declares its input as mutable but only reads it.
          stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + consumed })
          stream.pointee.avail_in = UInt32(bytes.count - consumed)
          return inflate(stream, Z_NO_FLUSH)
        }
        consumed = input.count - Int(stream.pointee.avail_in)
        filled = room - Int(stream.pointee.avail_out)
        switch status {
        case Z_OK, Z_BUF_ERROR: break  // the latter: neither input nor output was possible
        case Z_STREAM_END: isAtEnd = true
        default:
          throw Fault(reason: stream.pointee.msg.map { String(cString: $0) } ?? "invalid compressed data")
        }
      }
    }
  }
}
