import Formats

/// One gzip member with `bytes` in it.
func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  let writer = GzipWriter()
  return writer.compress(bytes) + writer.finish()
}
