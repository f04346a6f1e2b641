import Formats

/// The palette of a dark terminal.
enum TerminalPalette {
  /// The default background and foreground.
  static let background = PixelImage.RGB(13, 17, 23)
  static let foreground = PixelImage.RGB(208, 215, 222)
  /// The outline of the screen.
  static let frame = PixelImage.RGB(61, 68, 77)

  /// The colour of an index from 0 to 255: the 16 classic colours, then xterm's 6 × 6 × 6 cube (16 to 231)
  /// and 24 greys.
  static func color(_ number: Int) -> PixelImage.RGB {
    switch number {
    case 16...231:
      let (cube, intensities) = (number - 16, [0, 95, 135, 175, 215, 255] as [UInt8])
      return .init(intensities[cube / 36], intensities[cube / 6 % 6], intensities[cube % 6])
    case 232...255:
      let grey = UInt8(8 + 10 * (number - 232))
      return .init(grey, grey, grey)
    default:
      return classic[((number % 8) + 8) % 8]
    }
  }

  /// Black, red, green, yellow, blue, magenta, cyan and white, all visible on the background.
  private static let classic: [PixelImage.RGB] = [
    .init(72, 79, 88), .init(255, 123, 114), .init(63, 185, 80), .init(210, 153, 34), .init(88, 166, 255),
    .init(188, 140, 255), .init(57, 197, 207), .init(177, 186, 196),
  ]
}

extension PixelImage.RGB {
  /// The linear mixture with another colour; `amount` is from 0 to 1.
  func mixed(with other: PixelImage.RGB, fraction: Double) -> PixelImage.RGB {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + fraction * (Double(to) - Double(from))).rounded())
    }
    return .init(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  /// A number sign and six hexadecimal digits.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return [red, green, blue].reduce("#") { $0 + String(digits[Int($1 >> 4)]) + String(digits[Int($1 & 15)]) }
  }
}
