import CZlib

/// The PNG file `bytes` with the right checksum behind each chunk and, where `compresses`, its pixels in zlib's
/// format instead of plain: so that changes to a file reach what lies behind both.
func mendedPNG(_ bytes: [UInt8], compresses: Bool) -> [UInt8] {
  let signatureLength = 8
  var file = Array(bytes.prefix(signatureLength))
  var rest = bytes.dropFirst(signatureLength)
  while rest.count >= 12 {
    let length = min(rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }, rest.count - 12)
    let name = rest.dropFirst(4).prefix(4)
    var contents = Array(rest.dropFirst(8).prefix(length))
    if compresses, name.elementsEqual("IDAT".utf8) { contents = deflated(contents) }
    let checked = name + contents
    let sum = checked.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    file += bigEndian(contents.count) + checked + bigEndian(Int(sum))
    rest = rest.dropFirst(12 + length)
  }
  return file + rest
}

private func bigEndian(_ number: Int) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
}

private func deflated(_ bytes: [UInt8]) -> [UInt8] {
  var length = compressBound(UInt(bytes.count))
  var result = [UInt8](repeating: 0, count: Int(length))
  compress2(&result, &length, bytes, UInt(bytes.count), Z_BEST_SPEED)
  return Array(result[..<Int(length)])
}
