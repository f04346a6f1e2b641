import CZlib

/// An incremental gzip compressor with deterministic output.
public final class GzipWriter {
  /// zlib stores the stream's address, so that the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Starts a file.
  public init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let gzipWindowBits: Int32 = 15 + 16  // the largest window, in a gzip wrapper
    let status = deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory (status \(status))")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Compresses `bytes`; returns the bytes of the file that are ready, possibly none.
  public func compress(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, Z_NO_FLUSH) }

  /// Returns the rest of the file.
  public func finish() -> [UInt8] { deflate([], Z_FINISH) }

  private func deflate(_ bytes: [UInt8], _ flush: Int32) -> [UInt8] {
    var result: [UInt8] = []
    bytes.withUnsafeBufferPointer { input in
      // zlib declares its input as mutable but only reads it.
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      var hasFilled = true
      while hasFilled {
        result += [UInt8](unsafeUninitializedCapacity: 1 << 16) { output, filled in
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          _ = CZlib.deflate(stream, flush)
          filled = output.count - Int(stream.pointee.avail_out)
          hasFilled = stream.pointee.avail_out == 0
        }
      }
    }
    return result
  }
}
