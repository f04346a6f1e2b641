/// The LZW compression of GIF (Welch, "A technique for high-performance data compression", 1984): codes of 3
/// to 12 bits, least significant bit first.
enum LZW {
  private static let maximumBits = 12

  /// Compresses `bytes`, each below 2^`bits`; `bits` is from 2 to 8.
  static func encode(_ bytes: [UInt8], bits: Int) -> [UInt8] {
    let clear = 1 << bits
    let end = clear + 1
    var output = BitWriter()
    // The code of a known prefix and the next byte; 0 where that string is new.
    var table = [UInt16](repeating: 0, count: 256 << maximumBits)
    var next = end + 1
    var width = bits + 1
    output.write(clear, width)
    guard var string = bytes.first.map(Int.init) else {
      output.write(end, width)
      return output.finished()
    }
    for byte in bytes.dropFirst() {
      let key = string << 8 | Int(byte)
      if table[key] != 0 {
        string = Int(table[key])
        continue
      }
      output.write(string, width)
      if next < 1 << maximumBits {
        table[key] = UInt16(next)
        // The decoder learns a string one code later, and widens its codes then.
        if next == 1 << width { width += 1 }
        next += 1
      } else {
        output.write(clear, width)
        table = [UInt16](repeating: 0, count: table.count)
        (next, width) = (end + 1, bits + 1)
      }
      string = Int(byte)
    }
    output.write(string, width)
    // The decoder adds one more string before the last code.
    if next == 1 << width, width < maximumBits { width += 1 }
    output.write(end, width)
    return output.finished()
  }
}

/// A bit stream, least significant bit first.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending = 0
  private var count = 0

  mutating func write(_ number: Int, _ bits: Int) {
    pending |= number << count
    count += bits
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  /// All bytes, the last one padded with zeros.
  func finished() -> [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
}
