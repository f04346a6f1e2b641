/// A 64-bit hash that detects accidental changes of contents. It is not cryptographic.
///
/// FNV-1a (Fowler, Noll and Vo) over words of up to 64 bits instead of bytes, with the finaliser of
/// SplitMix64, as the product alone never carries a high bit down.
public struct Fingerprint: Sendable, Hashable {
  private var sum: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The fingerprint of no contents.
  public init() {}

  /// Adds one word.
  public mutating func add(_ word: UInt64) {
    sum = (sum ^ word) &* 0x100_0000_01B3
    sum ^= sum >> 32
  }

  /// Adds bytes, eight to a word, then their count.
  public mutating func add(_ bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count {
      let end = min(index + 8, bytes.count)
      var word: UInt64 = 0
      while index < end {
        word = word << 8 | UInt64(bytes[index])
        index += 1
      }
      add(word)
    }
    add(UInt64(bytes.count))
  }

  /// Adds a text's UTF-8.
  public mutating func add(_ text: String) {
    let bytes = Array(text.utf8)
    add(bytes.span)
  }

  /// Adds the bit patterns of numbers, then their count.
  public mutating func add(_ values: [Float]) {
    for value in values { add(UInt64(value.bitPattern)) }
    add(UInt64(values.count))
  }

  /// The fingerprint in 16 hexadecimal digits.
  public var text: String {
    var mixed = sum
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    let digits = String(mixed, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
