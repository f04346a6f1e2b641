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
  private var columns: [Float]?

  /// The limit on the size of an array in Fortran order, in bytes.
  private static let fortranLimit = 1 << 30

  /// Reads the header; rows are along the first dimension.
  public init(_ stream: ByteStream) throws(FormatError<NumPyFault>) {
    self.stream = stream
    path = stream.path
    header = try NumPyHeader.read(stream)
    // Even without rows, the size of one may overflow.
    for shape in [header.shape, Array(header.shape.dropFirst())] {
      guard Self.product(of: shape + [header.type.size]) != nil else { throw fail(.shapeTooLarge) }
    }
  }

  /// Treats the whole array as one row.
  public func treatAsOneRow() { isOneRow = true }

  /// The number of rows.
  public var count: Int { isOneRow ? 1 : header.shape.first ?? 1 }

  /// The extents of a row.
  public var rowShape: [Int] { isOneRow ? header.shape : Array(header.shape.dropFirst()) }

  /// The number of elements of a row.
  public var width: Int { rowShape.reduce(1, *) }

  /// Reads the next rows: at most `limit`, none after the last.
  ///
  /// - Throws: `FormatError` where the elements end early or continue after the last row.
  public func read(upTo limit: Int) throws(FormatError<NumPyFault>) -> [Float] {
    let asked = min(limit, count - rowsRead)
    guard asked > 0 else {
      if rowsRead == 0, count == 0 { try requireEnd() }
      return []
    }
    defer { rowsRead += asked }
    if header.isFortranOrder, header.shape.count > 1 { return try rowMajor(rowsRead..<rowsRead + asked) }
    let numbers = try elements(asked * width, after: rowsRead * width)
    if rowsRead + asked == count { try requireEnd() }
    return numbers
  }

  private func elements(_ elementCount: Int, after done: Int) throws(FormatError<NumPyFault>) -> [Float] {
    let size = header.type.size
    let bytes = try stream.read(upTo: elementCount * size, faults: NumPyFault.self)
    guard bytes.count == elementCount * size else {
      throw fail(.elementsCut(expected: count * width * size, found: done * size + bytes.count))
    }
    return header.type.numbers(in: bytes)
  }

  private func requireEnd() throws(FormatError<NumPyFault>) {
    guard try stream.read(upTo: 1, faults: NumPyFault.self).isEmpty else {
      throw fail(.elementsLeftOver(expected: count * width * header.type.size))
    }
  }

  /// The elements of some rows of an array in Fortran order.
  private func rowMajor(_ rows: Range<Int>) throws(FormatError<NumPyFault>) -> [Float] {
    let elements = try wholeArray()
    guard width > 0 else { return [] }
    // The offsets of a row's elements from its first, in row-major order.
    var offsets = [0]
    var distance = isOneRow ? 1 : count
    for extent in rowShape {
      offsets = offsets.flatMap { offset in (0..<extent).map { offset + $0 * distance } }
      distance *= extent
    }
    return rows.flatMap { row in offsets.map { elements[row + $0] } }
  }

  private func wholeArray() throws(FormatError<NumPyFault>) -> [Float] {
    if let columns { return columns }
    let bytes = count * width * header.type.size
    guard bytes <= Self.fortranLimit else {
      throw fail(.tooLargeForFortranOrder(bytes: bytes, limit: Self.fortranLimit))
    }
    let elements = try elements(count * width, after: 0)
    try requireEnd()
    columns = elements
    return elements
  }

  /// The error for a fault of this file.
  public func fail(_ fault: NumPyFault) -> FormatError<NumPyFault> { .invalid(path: path, fault) }

  private static func product(of extents: [Int]) -> Int? {
    var product = 1
    for extent in extents {
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      guard !overflows else { return nil }
      product = next
    }
    return product
  }
}
