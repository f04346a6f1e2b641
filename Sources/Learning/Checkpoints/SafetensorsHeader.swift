/// The header of a safetensors file: the tensors' types and positions, and the metadata.
struct SafetensorsHeader: Equatable {
  /// The description of one tensor.
  struct Entry: Equatable {
    var name: String
    var elementType: ElementType
    var shape: [Int]
    /// The tensor's bytes, counted from the end of the header.
    var byteRange: Range<Int>
  }

  /// The tensors, in the order of the header.
  var entries: [Entry] = []
  var metadata: [String: String] = [:]

  /// Checks that the tensors have the sizes of their shapes and together fill `dataSize` bytes.
  func checkLayout(dataSize: Int) throws(SafetensorsFault) {
    var end = 0
    for entry in entries.sorted(by: Self.precedes) {
      try entry.checkSize()
      guard entry.byteRange.lowerBound <= end else { throw .hole(before: entry.name) }
      guard entry.byteRange.lowerBound == end else { throw .overlap(tensor: entry.name) }
      end = entry.byteRange.upperBound
    }
    guard end <= dataSize else { throw .dataCut(expected: end, found: dataSize) }
    guard end == dataSize else { throw .dataLeftOver(expected: end, found: dataSize) }
  }

  private static func precedes(_ first: Entry, _ second: Entry) -> Bool {
    let (one, other) = (first.byteRange, second.byteRange)
    return (one.lowerBound, one.upperBound) < (other.lowerBound, other.upperBound)
  }
}

extension SafetensorsHeader.Entry {
  /// Checks that the offsets span the bytes of shape and element type.
  fileprivate func checkSize() throws(SafetensorsFault) {
    var bitCount = 1
    for factor in shape + [elementType.bitCount] {
      let (product, overflow) = bitCount.multipliedReportingOverflow(by: factor)
      guard !overflow else { throw .sizeOverflow(tensor: name) }
      bitCount = product
    }
    guard bitCount.isMultiple(of: 8) && bitCount / 8 == byteRange.count else {
      throw .sizeDisagrees(tensor: name)
    }
  }
}
