import Primitives
import Testing

@Suite struct FingerprintTests {
  private func text(_ add: (inout Fingerprint) -> Void) -> String {
    var fingerprint = Fingerprint()
    add(&fingerprint)
    return fingerprint.text
  }

  private func text(_ bytes: [UInt8]) -> String { text { $0.add(bytes.span) } }

  @Test func equalContentsHaveEqualFingerprints() {
    #expect(text([1, 2, 3]) == text([1, 2, 3]))
    #expect(text([]).count == 16)
    #expect(text([]) != text([0]))
  }

  /// Every bit of every byte counts, and so do zeros at the end and where one content ends.
  @Test func everyChangeIsSeen() {
    let bytes = (1..<38).map { UInt8($0 * 6) }
    var seen: Set<String> = [text(bytes), text(bytes + [0]), text([]), text([0])]
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        seen.insert(text(changed))
      }
    }
    for count in bytes.indices.dropFirst() { seen.insert(text(Array(bytes.prefix(count)))) }
    #expect(seen.count == 4 + 37 * 8 + 36)
    #expect(
      text {
        $0.add("ab")
        $0.add("c")
      }
        != text {
          $0.add("a")
          $0.add("bc")
        })
  }

  @Test func numbersAreHashedByTheirBits() {
    #expect(text { $0.add([0 as Float]) } != text { $0.add([-0.0 as Float]) })
    #expect(text { $0.add([Float.nan]) } == text { $0.add([Float.nan]) })
    #expect(text { $0.add([1, 2] as [Float]) } != text { $0.add([2, 1] as [Float]) })
  }
}
