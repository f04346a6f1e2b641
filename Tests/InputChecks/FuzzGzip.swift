import Formats

/// Contents do not depend on the pieces in which they are read, a cut is always found, and members are joined.
func fuzzGzip(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
  let limit = 1 << 18
  let whole = inflate(bytes, limit: limit, piece: limit)
  let pieces = inflate(bytes, limit: limit, piece: 1 + bytes.count % 613)
  try promise(whole == pieces, "read whole: \(whole.summary), in pieces: \(pieces.summary)")
  // Contents that fill the limit may go on, unread.
  guard case .success(let contents) = whole, contents.count < limit else { return false }
  let cut = inflate(bytes.dropLast(), limit: limit, piece: limit)
  // The last byte may have been padding.
  try promise(cut == .failure(.truncated) || (bytes.last == 0 && cut == whole), "a cut is not found")
  try promise(inflate(bytes + [0], limit: limit, piece: limit) == whole, "padding is not passed over")
  guard case .failure(.trailingGarbage) = inflate(bytes + [0, 1], limit: limit, piece: limit) else {
    throw BrokenPromise("a byte after the end is not found")
  }
  guard 2 * contents.count < limit else { return true }
  try promise(
    inflate(bytes + bytes, limit: limit, piece: limit) == .success(contents + contents),
    "two members are not joined")
  return true
}

/// The contents of the file `bytes` up to `limit`, read in chunks of `piece` bytes.
func inflate(_ bytes: [UInt8], limit: Int, piece: Int) -> Result<[UInt8], GzipFault> {
  Result { () throws(GzipFault) in
    let reader = try GzipReader(bytes)
    var contents: [UInt8] = []
    while contents.count < limit {
      let count = min(piece, limit - contents.count)
      let found = try reader.read(upTo: count)
      contents += found
      if found.count < count { break }
    }
    return contents
  }
}

extension Result<[UInt8], GzipFault> {
  fileprivate var summary: String {
    switch self {
    case .success(let contents): "\(contents.count) bytes"
    case .failure(let fault): "\(fault)"
    }
  }
}
