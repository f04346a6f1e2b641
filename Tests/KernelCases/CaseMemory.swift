/// The memory of one case: blocks between guard bytes that no kernel may change.
final class CaseMemory {
  private static let guardBytes = 64
  private static let guardValue: UInt8 = 0xA5
  private var blocks: [(start: UnsafeMutableRawPointer, bytes: Int)] = []

  /// A block of zeros, aligned to 64 bytes.
  private func block(bytes: Int) -> UnsafeMutableRawPointer {
    let total = bytes + 2 * Self.guardBytes
    let start = UnsafeMutableRawPointer.allocate(byteCount: total, alignment: 64)
    for place in 0..<total {
      let isInside = place >= Self.guardBytes && place < Self.guardBytes + bytes
      start.storeBytes(of: isInside ? 0 : Self.guardValue, toByteOffset: place, as: UInt8.self)
    }
    blocks.append((start, bytes))
    return start + Self.guardBytes
  }

  deinit {
    for block in blocks { block.start.deallocate() }
  }

  func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
    block(bytes: 4 * count).bindMemory(to: Float.self, capacity: count)
  }

  func integers(_ count: Int) -> UnsafeMutablePointer<Int32> {
    block(bytes: 4 * count).bindMemory(to: Int32.self, capacity: count)
  }

  func bytes(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    block(bytes: count).bindMemory(to: UInt8.self, capacity: count)
  }

  /// A Boolean value that says if all guard bytes are as they were.
  var isIntact: Bool {
    for block in blocks {
      for place in 0..<Self.guardBytes {
        let after = place + Self.guardBytes + block.bytes
        guard block.start.load(fromByteOffset: place, as: UInt8.self) == Self.guardValue,
          block.start.load(fromByteOffset: after, as: UInt8.self) == Self.guardValue
        else { return false }
      }
    }
    return true
  }
}

/// A seeded stream of numbers (SplitMix64).
struct CaseNumbers {
  private var state: UInt64

  init(seed: Int) {
    state = UInt64(truncatingIfNeeded: seed)
  }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number in [−1, 1).
  mutating func next() -> Float { Float(bits() >> 40) * 0x1p-23 - 1 }

  mutating func fill(_ memory: UnsafeMutablePointer<Float>, _ count: Int, factor: Float = 1) {
    for index in 0..<count { memory[index] = factor * next() }
  }
}

/// e^x in double precision.
func exponential(_ x: Double) -> Double {
  // e^(x ÷ 1024) by its series, squared ten times.
  let small = x / 1024
  var (sum, term) = (1.0, 1.0)
  for index in 1...14 {
    term *= small / Double(index)
    sum += term
  }
  for _ in 0..<10 { sum *= sum }
  return sum
}
