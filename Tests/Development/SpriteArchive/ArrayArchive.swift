import CZlib
import Primitives

/// A writer of an `.npz` file of bytes, uncompressed.
public struct ArrayArchive {
  private let file: PendingFile
  private var directory: [UInt8] = []
  private var offset = 0
  private var memberCount = 0

  /// Opens the file at `path`.
  public init(replacing path: String) throws { file = try PendingFile(replacing: path) }

  /// Writes an array of bytes.
  ///
  /// - Parameter row: the bytes of the row with an index; called twice for each, as the checksum comes first.
  public mutating func add(_ name: String, shape: [Int], row: (Int) -> [UInt8]) throws {
    let member = Array("\(name).npy".utf8)
    let header = Self.arrayHeader(shape: shape)
    var (checksum, size) = (crc32_z(0, header, header.count), header.count)
    for index in 0..<shape[0] {
      let bytes = row(index)
      checksum = crc32_z(checksum, bytes, bytes.count)
      size += bytes.count
    }
    // Version, flags, method, time, date (1 January 1980), checksum, sizes, lengths of name and extra field.
    let facts =
      Self.number(20, 2) + Self.number(0, 6) + Self.number(0x21, 2) + Self.number(Int(checksum), 4)
      + Self.number(size, 4) + Self.number(size, 4) + Self.number(member.count, 2) + Self.number(0, 2)
    directory +=
      [0x50, 0x4B, 1, 2] + Self.number(20, 2) + facts + Self.number(0, 10) + Self.number(offset, 4)
    directory += member
    memberCount += 1
    try write([0x50, 0x4B, 3, 4] + facts + member + header)
    for index in 0..<shape[0] { try write(row(index)) }
  }

  /// Writes the directory and publishes the file.
  public mutating func finish() throws {
    let (start, size) = (offset, directory.count)
    try write(directory)
    let counts = Self.number(memberCount, 2) + Self.number(memberCount, 2)
    try write([0x50, 0x4B, 5, 6] + Self.number(0, 4) + counts + Self.number(size, 4) + Self.number(start, 4))
    try write([0, 0])
    try file.publish()
  }

  private mutating func write(_ bytes: [UInt8]) throws {
    try file.write(bytes)
    offset += bytes.count
  }

  private static func arrayHeader(shape: [Int]) -> [UInt8] {
    let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(extents)), }"
    text += String(repeating: " ", count: -(text.utf8.count + 11) & 63) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + number(text.utf8.count, 2) + Array(text.utf8)
  }

  /// The bytes of a number, the lowest first.
  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
