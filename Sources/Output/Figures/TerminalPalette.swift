import Formats
import Screen

/// The palette of a dark terminal.
enum TerminalPalette {
  /// The default background and foreground.
  static let background = PixelImage.RGB(13, 17, 23)
  static let foreground = PixelImage.RGB(208, 215, 222)
  /// The outline of the screen.
  static let frame = PixelImage.RGB(61, 68, 77)

  /// A colour of 24 bits, or one of the palette: the 16 classic colours, then xterm's cube and greys.
  static func color(_ color: TerminalColor) -> PixelImage.RGB {
    switch color {
    case .rgb(let red, let green, let blue): return .init(red, green, blue)
    case .palette(let number) where number < 16: return classic[Int(number % 8)]
    case .palette(let number):
      let (red, green, blue) = Palette.components(of: number)
      return .init(red, green, blue)
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
