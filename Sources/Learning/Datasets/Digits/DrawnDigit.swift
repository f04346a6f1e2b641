import Primitives

/// A digit generated from one random stream.
struct DrawnDigit {
  /// The digit, 0 to 9 with equal probability.
  let label: Int
  private var random: RandomStream

  /// Creates the digit determined by `random`.
  init(from random: RandomStream) {
    self.random = random
    label = Int(10 * self.random.uniform())
  }

  /// The pixels, row by row.
  func pixels() -> [UInt8] {
    var random = random
    let hand = Handwriting(random: &random)
    var pen = Pen(random: random, jitter: hand.jitter)
    pen.write(digit: label)
    return hand.ink(for: pen.strokes).pixels()
  }
}

extension Pen {
  /// Writes one of the digits 0 to 9.
  mutating func write(digit: Int) {
    switch digit {
    case 0: writeZero()
    case 1: writeOne()
    case 2: writeTwo()
    case 3: writeThree()
    case 4: writeFour()
    case 5: writeFive()
    case 6: writeSix()
    case 7: writeSeven()
    case 8: writeEight()
    case 9: writeNine()
    default: preconditionFailure("\(digit) is no digit")
    }
    lift()
  }
}

extension RandomStream {
  /// Returns the next number of the standard normal distribution, clamped to ±2.2 to keep digits
  /// recognisable.
  mutating func truncatedNormal() -> Double {
    min(max(normal(), -2.2), 2.2)
  }
}
