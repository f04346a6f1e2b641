import Screen

/// A colour in the sequences of ncurses and of terminals.
enum ColorCode: Equatable {
  /// The terminal's default colour, of code 39 or 49.
  case standard
  /// One of the first 16 colours, of codes 30–37 and 90–97 or 40–47 and 100–107.
  case basic(UInt8)
  /// A colour of the palette by its number.
  case palette(UInt8)
  /// A colour of 24 bits.
  case rgb(UInt8, UInt8, UInt8)

  init(_ color: TerminalColor?) {
    switch color {
    case nil: self = .standard
    case .palette(let number): self = .palette(number)
    case .rgb(let red, let green, let blue): self = .rgb(red, green, blue)
    }
  }

  /// The number in the palette; nil for other colours.
  var number: Int? {
    switch self {
    case .basic(let number), .palette(let number): Int(number)
    case .standard, .rgb: nil
    }
  }

  /// Appends the parameters after a semicolon where `bytes` already has some.
  ///
  /// - Parameter base: 30 for a foreground, 40 for a background.
  func append(to bytes: inout [UInt8], base: Int, after start: Int) {
    func add(_ number: Int) { ColorCode.append(number, to: &bytes, after: start) }
    switch self {
    case .standard: add(base + 9)
    case .basic(let number): add(number < 8 ? base + Int(number) : base + 52 + Int(number))
    case .palette(let number):
      add(base + 8)
      add(5)
      add(Int(number))
    case .rgb(let red, let green, let blue):
      add(base + 8)
      add(2)
      for level in [red, green, blue] { add(Int(level)) }
    }
  }

  /// Appends a parameter, with a semicolon before it unless `bytes` ends at `start`.
  static func append(_ number: Int, to bytes: inout [UInt8], after start: Int) {
    if bytes.count > start { bytes.append(UInt8(ascii: ";")) }
    if number >= 100 { bytes.append(48 + UInt8(number / 100)) }
    if number >= 10 { bytes.append(48 + UInt8(number / 10 % 10)) }
    bytes.append(48 + UInt8(number % 10))
  }
}

/// The parameters of a sequence that sets styles, as one of the two separators divides them.
struct StyleParameters {
  private(set) var numbers: [Int] = []

  /// Parses `bytes`; nil where it is no list of numbers.
  init?(_ bytes: ArraySlice<UInt8>) {
    var number = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        number = 10 * number + Int(byte) - 48
        guard number < 1000 else { return nil }
      case UInt8(ascii: ";"), UInt8(ascii: ":"):
        numbers.append(number)
        number = 0
      default: return nil
      }
    }
    numbers.append(number)
  }
}
