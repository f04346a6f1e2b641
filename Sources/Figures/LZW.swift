/// The compression of GIF: codes for strings that have come before (Welch, "A technique for high-performance
/// data compression", 1984), of 3 to 12 bits, the lowest bit first.
enum LZW {
  private static let mostBits = 12

  /// The codes of `bytes`, each below 2^`bits`, as bytes; `bits` is from 2 to 8.
  static func encode(_ bytes: [UInt8], bits: Int) -> [UInt8] {
    let clear = 1 << bits
    let end = clear + 1
    var output = BitWriter()
    // The code of a known string and the byte after it, by both; 0 where that string is new.
    var table = [UInt16](repeating: 0, count: 256 << mostBits)
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
      if next < 1 << mostBits {
        table[key] = UInt16(next)
        // The reader knows a string one code later, and then needs room for this one.
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
    // The reader takes one more string in before the last code.
    if next == 1 << width, width < mostBits { width += 1 }
    output.write(end, width)
    return output.finished()
  }
}

/// Numbers of some bits in a row of bytes, the lowest bit first.
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

  /// All bytes, the last one filled with zeros.
  func finished() -> [UInt8] { count > 0 ? bytes + [UInt8(truncatingIfNeeded: pending)] : bytes }
}
