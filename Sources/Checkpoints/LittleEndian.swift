#if _endian(big)
  #error("Elements are copied as they lie in memory, which must be little-endian")
#endif

/// Numbers as little-endian bytes, copied whole: bit for bit, and fast in debug builds too.
enum LittleEndian {
  /// The numbers whose bytes are `bytes`; their count must be a multiple of a number's size.
  static func elements<Element: BitwiseCopyable & Numeric>(
    _ bytes: ArraySlice<UInt8>, of type: Element.Type
  ) -> [Element] {
    precondition(
      bytes.count.isMultiple(of: MemoryLayout<Element>.size),
      "\(bytes.count) bytes do not make numbers of \(MemoryLayout<Element>.size) bytes")
    let count = bytes.count / MemoryLayout<Element>.size
    // Even the empty array, which all threads share, would be written to.
    guard count > 0 else { return [] }
    return Array(unsafeUninitializedCapacity: count) { elements, initializedCount in
      UnsafeMutableRawBufferPointer(elements).copyBytes(from: bytes)
      initializedCount = count
    }
  }

  /// The bytes of `elements`.
  static func bytes<Element: BitwiseCopyable & Numeric>(of elements: [Element]) -> [UInt8] {
    elements.withUnsafeBytes { Array($0) }
  }
}
