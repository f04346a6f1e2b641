import Primitives

/// The numbers of a NumPy array, some rows at a time, in the order of C whatever the file's own order is.
public final class NumPyRows {
  /// What the file says about the array.
  public let header: NumPyHeader
  /// What a person knows the file by.
  let path: String
  private let stream: ByteStream
  private var isOneRow = false
  private var rowsRead = 0
  /// All elements of an array in Fortran's order: the numbers of a row are all over it.
  private var columns: [Float]?

  /// More bytes than these are not turned from Fortran's order.
  private static let fortranLimit = 1 << 30

  /// Reads the header; the rows are what the first index counts.
  public init(_ stream: ByteStream) throws(ExchangeError) {
    self.stream = stream
    path = stream.path
    header = try NumPyHeader.read(stream)
    // Where there are no rows, one alone may still be beyond all numbers.
    for shape in [header.shape, Array(header.shape.dropFirst())] {
      guard Self.product(of: shape + [header.type.size]) != nil else { throw fail(.shapeTooLarge) }
    }
  }

  /// Takes the whole array for one row.
  func treatAsOneRow() { isOneRow = true }

  /// How many rows there are.
  public var count: Int { isOneRow ? 1 : header.shape.first ?? 1 }

  /// The extents of a row.
  var rowShape: [Int] { isOneRow ? header.shape : Array(header.shape.dropFirst()) }

  /// How many numbers a row has.
  public var width: Int { rowShape.reduce(1, *) }

  /// The numbers of the next rows, row by row: at most `limit`, and none after the last.
  ///
  /// - Throws: `ExchangeError` where the elements end early or go on after the last row.
  public func read(upTo limit: Int) throws(ExchangeError) -> [Float] {
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

  private func elements(_ elementCount: Int, after done: Int) throws(ExchangeError) -> [Float] {
    let size = header.type.size
    let bytes = try stream.bytes(upTo: elementCount * size)
    guard bytes.count == elementCount * size else {
      throw fail(.elementsCut(expected: count * width * size, found: done * size + bytes.count))
    }
    return header.type.numbers(in: bytes)
  }

  private func requireEnd() throws(ExchangeError) {
    guard try stream.bytes(upTo: 1).isEmpty else {
      throw fail(.elementsLeftOver(expected: count * width * header.type.size))
    }
  }

  /// Some rows of an array in Fortran's order.
  private func rowMajor(_ rows: Range<Int>) throws(ExchangeError) -> [Float] {
    let elements = try wholeArray()
    guard width > 0 else { return [] }
    // Where the elements of a row stand, from its first one: in C's order of a row's indices.
    var offsets = [0]
    var distance = isOneRow ? 1 : count
    for extent in rowShape {
      offsets = offsets.flatMap { offset in (0..<extent).map { offset + $0 * distance } }
      distance *= extent
    }
    return rows.flatMap { row in offsets.map { elements[row + $0] } }
  }

  private func wholeArray() throws(ExchangeError) -> [Float] {
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

  func fail(_ fault: NumPyFault) -> ExchangeError { .numPy(path: path, fault) }

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

extension ByteStream {
  /// `read`, with the error that this module throws.
  func bytes(upTo count: Int) throws(ExchangeError) -> [UInt8] {
    do { return try read(upTo: count) } catch { throw .file(error) }
  }
}
