import Primitives

/// A sequential reader of a NumPy array's rows, in row-major order for files of either order.
public final class NumPyRows {
  /// The array's header.
  public let header: NumPyHeader
  /// The source's name in error messages.
  public let path: String
  private let stream: ByteStream
  private var isOneRow = false
  private var rowsRead = 0
  /// All elements of an array in Fortran order, where a row is not contiguous.
  private var columns: [UInt8]?
  private let fortranLimit: Int
  /// The size of the header in bytes.
  public let headerSize: Int

  /// Reads the header; rows are along the first dimension.
  ///
  /// - Parameter fortranLimit: The limit on the size of an array in Fortran order, in bytes.
  public init(_ stream: ByteStream, fortranLimit: Int = 1 << 30) throws(FormatError<NumPyFault>) {
    (self.stream, self.fortranLimit) = (stream, fortranLimit)
    path = stream.path
    (header, headerSize) = try NumPyHeader.read(stream)
    // Even without rows, the size of one may overflow.
    var row = header
    row.shape = Array(header.shape.dropFirst())
    guard header.sizes != nil, row.sizes != nil else { throw fail(.shapeTooLarge) }
  }

  /// Treats the whole array as one row.
  public func treatAsOneRow() { isOneRow = true }

  /// The number of rows.
  public var count: Int { isOneRow ? 1 : header.shape.first ?? 1 }

  /// The extents of a row.
  public var rowShape: [Int] { isOneRow ? header.shape : Array(header.shape.dropFirst()) }

  /// The number of elements of a row.
  public var width: Int { rowShape.reduce(1, *) }

  /// Reads the next rows as 32-bit floats: at most `limit` rows, none after the last.
  ///
  /// - Throws: `FormatError` where the elements end early or continue after the last row.
  public func read(upTo limit: Int) throws(FormatError<NumPyFault>) -> [Float] {
    header.type.numbers(in: try readElements(upTo: limit))
  }

  /// Reads the bytes of the next rows' elements: at most `limit` rows, none after the last.
  ///
  /// - Throws: `FormatError` where the elements end early or continue after the last row.
  public func readElements(upTo limit: Int) throws(FormatError<NumPyFault>) -> [UInt8] {
    let asked = min(limit, count - rowsRead)
    guard asked > 0 else {
      if rowsRead == 0, count == 0 { try requireEnd() }
      return []
    }
    defer { rowsRead += asked }
    if header.isFortranOrder, header.shape.count > 1 { return try rowMajor(rowsRead..<rowsRead + asked) }
    let bytes = try elements(asked * width, after: rowsRead * width)
    if rowsRead + asked == count { try requireEnd() }
    return bytes
  }

  /// Passes over the next `number` rows.
  ///
  /// - Throws: `FormatError` where the elements end early.
  public func skip(_ number: Int) throws(FormatError<NumPyFault>) {
    let skipped = min(number, count - rowsRead)
    guard skipped > 0 else { return }
    if !header.isFortranOrder || header.shape.count <= 1 {
      let bytes = skipped * width * header.type.size
      let found: Int
      do { found = try stream.skip(bytes) } catch { throw .file(error) }
      guard found == bytes else { throw cut(after: rowsRead * width, found: found) }
    }
    rowsRead += skipped
  }

  private func elements(_ elementCount: Int, after done: Int) throws(FormatError<NumPyFault>) -> [UInt8] {
    let size = header.type.size
    let bytes = try stream.read(upTo: elementCount * size, faults: NumPyFault.self)
    guard bytes.count == elementCount * size else { throw cut(after: done, found: bytes.count) }
    return bytes
  }

  private func cut(after done: Int, found: Int) -> FormatError<NumPyFault> {
    let size = header.type.size
    return fail(.elementsCut(expected: count * width * size, found: done * size + found))
  }

  private func requireEnd() throws(FormatError<NumPyFault>) {
    guard try stream.read(upTo: 1, faults: NumPyFault.self).isEmpty else {
      throw fail(.elementsLeftOver(expected: count * width * header.type.size))
    }
  }

  /// The elements of some rows of an array in Fortran order.
  private func rowMajor(_ rows: Range<Int>) throws(FormatError<NumPyFault>) -> [UInt8] {
    let (elements, width, size) = (try wholeArray(), width, header.type.size)
    guard width > 0 else { return [] }
    // The offsets of a row's elements from its first, in row-major order.
    var offsets = [0]
    var distance = isOneRow ? 1 : count
    for extent in rowShape {
      offsets = offsets.flatMap { offset in (0..<extent).map { offset + $0 * distance } }
      distance *= extent
    }
    return [UInt8](unsafeUninitializedCapacity: rows.count * width * size) { target, filled in
      elements.withUnsafeBufferPointer { source in
        // Elements of adjacent rows are adjacent.
        for (column, offset) in offsets.enumerated() {
          for row in rows {
            let from = (row + offset) * size
            let to = ((row - rows.lowerBound) * width + column) * size
            for byte in 0..<size { target[to + byte] = source[from + byte] }
          }
        }
      }
      filled = rows.count * width * size
    }
  }

  private func wholeArray() throws(FormatError<NumPyFault>) -> [UInt8] {
    if let columns { return columns }
    let bytes = count * width * header.type.size
    guard bytes <= fortranLimit else {
      throw fail(.tooLargeForFortranOrder(bytes: bytes, limit: fortranLimit))
    }
    let elements = try elements(count * width, after: 0)
    try requireEnd()
    columns = elements
    return elements
  }

  /// The error for a fault of this file.
  public func fail(_ fault: NumPyFault) -> FormatError<NumPyFault> { .invalid(path: path, fault) }
}
