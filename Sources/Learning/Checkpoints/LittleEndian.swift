#if _endian(big)
  #error("Elements are copied as they lie in memory, which must be little-endian")
#endif

/// Converts numbers to and from little-endian bytes by copying memory.
enum LittleEndian {
  /// The elements in `bytes`, whose count must be a multiple of an element's size.
  static func elements<Element: BitwiseCopyable & Numeric>(
    _ bytes: ArraySlice<UInt8>, of type: Element.Type
  ) -> [Element] {
    precondition(
      bytes.count.isMultiple(of: MemoryLayout<Element>.size),
      "\(bytes.count) bytes do not make numbers of \(MemoryLayout<Element>.size) bytes")
    let count = bytes.count / MemoryLayout<Element>.size
    // Writing to the shared empty array would be a data race.
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
