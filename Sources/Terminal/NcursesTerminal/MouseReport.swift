import Screen

extension MouseEvent {
  /// Parses a mouse report of xterm's mode 1006: `CSI < button ; column ; row` and `M`, or `m` for a release.
  ///
  /// - Parameters:
  ///   - parameters: the bytes between `CSI` and the final byte.
  ///   - final: the final byte.
  /// - Returns: nil for an invalid report, another button, or a horizontal scroll.
  init?(report parameters: [UInt8], final: UInt8) {
    guard parameters.first == UInt8(ascii: "<"), [UInt8(ascii: "M"), UInt8(ascii: "m")].contains(final)
    else { return nil }
    let fields = parameters.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let numbers = fields.compactMap(Self.number)
    guard fields.count == 3, numbers.count == 3, numbers[1] > 0, numbers[2] > 0,
      let kind = Kind(code: numbers[0], isUp: final == UInt8(ascii: "m"))
    else { return nil }
    self.init(kind, column: numbers[1] - 1, row: numbers[2] - 1, isShifted: numbers[0] & Code.shift != 0)
  }

  /// Sixteen bits, so that arithmetic with a position cannot overflow.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self)).map(Int.init)
  }
}

/// The bits of the first number besides the button.
private enum Code {
  static let shift = 4
  static let alt = 8
  static let control = 16
  static let motion = 32
  static let wheel = 64
}

extension MouseEvent.Kind {
  fileprivate init?(code: Int, isUp: Bool) {
    switch (code & ~(Code.shift | Code.alt | Code.control), isUp) {
    case (0, false): self = .press
    case (Code.motion, false): self = .drag
    case (0, true), (Code.motion, true): self = .release
    case (Code.wheel, false): self = .wheelUp
    case (Code.wheel + 1, false): self = .wheelDown
    default: return nil
    }
  }
}
