import CZlib

/// Inflates a gzip file incrementally, as far as it is read.
///
/// The contents of several members are concatenated. Zeros after a member are padding.
public final class GzipReader {
  private let input: [UInt8]
  private var consumed = 0
  private var isAtEnd = false
  /// zlib stores the stream's address, so that the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Opens `input`, the bytes of a whole gzip file (below 4 GiB).
  public init(_ input: [UInt8]) throws(GzipFault) {
    precondition(input.count <= Int(UInt32.max), "zlib counts \(input.count) bytes of input in 32 bits")
    self.input = input
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzipWindowBits: Int32 = 15 + 16  // the largest window, in a gzip wrapper
    let status = inflateInit2_(
      stream, gzipWindowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .invalid(reason: "zlib does not start (status \(status))") }
    guard startsMember || input.count < Self.magic.count else { throw .wrongMagic }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Reads the next `count` bytes, or fewer at the end of the contents.
  ///
  /// A member's checksum is verified at its end; only a read of fewer than `count` bytes shows that the file
  /// is valid.
  public func read(upTo count: Int) throws(GzipFault) -> [UInt8] {
    // Deflate compresses at most 1032 to 1, so that a larger count needs no more memory.
    let maximumOutput = (input.count - consumed) * 1032 + Self.windowSize
    let capacity = min(count, maximumOutput)
    return try Array(capacity: capacity) { (output: inout OutputSpan<UInt8>) throws(GzipFault) in
      try output.withUnsafeMutableBufferPointer { (buffer, filled) throws(GzipFault) in
        while filled < capacity && !isAtEnd {
          filled += try inflate(into: UnsafeMutableBufferPointer(rebasing: buffer[filled..<capacity]))
        }
      }
    }
  }

  private static let magic: [UInt8] = [0x1F, 0x8B]
  private static let windowSize = 1 << 15

  private var startsMember: Bool {
    input[consumed...].starts(with: Self.magic)
  }

  /// Calls zlib once; returns the number of bytes written.
  private func inflate(into output: UnsafeMutableBufferPointer<UInt8>) throws(GzipFault) -> Int {
    let room = UInt32(clamping: output.count)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = room
    let status = input.withUnsafeBufferPointer { bytes in
      // zlib declares its input as mutable but only reads it.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress.map { $0 + consumed })
      stream.pointee.avail_in = UInt32(bytes.count - consumed)
      return CZlib.inflate(stream, Z_NO_FLUSH)
    }
    consumed = input.count - Int(stream.pointee.avail_in)
    switch status {
    case Z_OK: break
    case Z_STREAM_END: try endMember()
    case Z_BUF_ERROR: throw .truncated  // there is room for output, so it is input that lacks
    default: throw fault
    }
    return Int(room - stream.pointee.avail_out)
  }

  private func endMember() throws(GzipFault) {
    let left = input.count - consumed
    // Zeros pad a file to whole blocks, as on tapes.
    consumed = input[consumed...].firstIndex { $0 != 0 } ?? input.count
    if consumed == input.count {
      isAtEnd = true
    } else if startsMember {
      inflateReset(stream)
    } else {
      throw .trailingGarbage(count: left)
    }
  }

  private var fault: GzipFault {
    let reason = stream.pointee.msg.map { String(cString: $0) } ?? "invalid compressed data"
    return switch reason {
    case "unknown compression method": .unknownMethod
    case "unknown header flags set": .unknownFlags
    case "incorrect data check": .wrongChecksum
    case "incorrect length check": .wrongLength
    default: .invalid(reason: reason)
    }
  }
}
