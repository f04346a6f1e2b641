/// A description of the common subset of xterm-like terminals, for systems without a database: 256 colours,
/// cursor motion, erasing, styles, and keys.
///
/// A compiled terminfo entry in memory (see term(5), "legacy storage format"). Excludes capabilities that
/// differ between those terminals: erasing in the background's colour (`bce`), repeated characters (`rep`),
/// cursor motion by backspace (`cub1`), changed palettes (`ccc`), the meta mode (`smm`), and initialization
/// strings (`is2`).
enum OwnDescription {
  /// The name to look up in ncurses.
  static let name = "latent-explorer-256color"

  /// The description in the format of the variable `TERMINFO`.
  static let hexadecimal =
    "hex:"
    + bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return byte < 16 ? "0" + digits : digits
    }.joined()

  /// The indices of the capabilities in an entry.
  private enum Place {
    /// `am`, `xenl`, `mir` and `msgr`.
    static let flags = [1, 4, 13, 14]
    /// `cols`, `it`, `lines`, `colors` and `pairs`.
    static let numbers = [0: 80, 1: 8, 2: 24, 13: 256, 14: 32767]
  }

  private static let strings: [Int: String] = [
    // bel, cr, clear, el, ed, el1
    1: "\u{07}", 2: "\r", 5: "\u{1B}[H\u{1B}[2J", 6: "\u{1B}[K", 7: "\u{1B}[J", 269: "\u{1B}[1K",
    // hpa, vpa, cup, cud1, home, cuf1, cuu1, cud, cub, cuf, cuu
    8: "\u{1B}[%i%p1%dG", 127: "\u{1B}[%i%p1%dd", 10: "\u{1B}[%i%p1%d;%p2%dH", 11: "\n", 12: "\u{1B}[H",
    17: "\u{1B}[C", 19: "\u{1B}[A", 107: "\u{1B}[%p1%dB", 111: "\u{1B}[%p1%dD", 112: "\u{1B}[%p1%dC",
    114: "\u{1B}[%p1%dA",
    // civis, cnorm, smcup, rmcup, smam, rmam, rmkx, smkx
    13: "\u{1B}[?25l", 16: "\u{1B}[?25h", 28: "\u{1B}[?1049h", 40: "\u{1B}[?1049l", 151: "\u{1B}[?7h",
    152: "\u{1B}[?7l",
    88: "\u{1B}[?1l\u{1B}>", 89: "\u{1B}[?1h\u{1B}=",
    // bold, dim, rev, smul, sgr0, rmul, op, setaf, setab
    27: "\u{1B}[1m", 30: "\u{1B}[2m", 34: "\u{1B}[7m", 36: "\u{1B}[4m", 39: "\u{1B}[m", 44: "\u{1B}[24m",
    297: "\u{1B}[39;49m", 359: color("3", "9", "38"), 360: color("4", "10", "48"),
    // Keys: backspace, delete, insert, the arrows, with Shift as well, the ends and pages, Enter, Shift with Tab.
    55: "\u{7F}", 59: "\u{1B}[3~", 77: "\u{1B}[2~", 61: "\u{1B}OB", 79: "\u{1B}OD", 83: "\u{1B}OC",
    87: "\u{1B}OA", 84: "\u{1B}[1;2B", 85: "\u{1B}[1;2A", 201: "\u{1B}[1;2D", 210: "\u{1B}[1;2C",
    76: "\u{1B}OH", 164: "\u{1B}OF", 81: "\u{1B}[6~", 82: "\u{1B}[5~", 165: "\u{1B}OM", 148: "\u{1B}[Z",
    // F1 to F12, and the mouse.
    66: "\u{1B}OP", 68: "\u{1B}OQ", 69: "\u{1B}OR", 70: "\u{1B}OS", 71: "\u{1B}[15~", 72: "\u{1B}[17~",
    73: "\u{1B}[18~", 74: "\u{1B}[19~", 75: "\u{1B}[20~", 67: "\u{1B}[21~", 216: "\u{1B}[23~",
    217: "\u{1B}[24~", 355: "\u{1B}[<",
  ]

  /// A palette colour by its number: eight normal, eight bright, and the others.
  private static func color(_ first: String, _ bright: String, _ other: String) -> String {
    "\u{1B}[%?%p1%{8}%<%t\(first)%p1%d%e%p1%{16}%<%t\(bright)%p1%{8}%-%d%e\(other);5;%p1%d%;m"
  }

  /// The compiled entry: header, names, flags, numbers, offsets of the strings, and strings.
  static let bytes: [UInt8] = {
    let names = Array("\(name)|what terminals like xterm have in common".utf8) + [0]
    let flags = (0...(Place.flags.max() ?? 0)).map { UInt8(Place.flags.contains($0) ? 1 : 0) }
    let numbers = (0...(Place.numbers.keys.max() ?? 0)).map { Place.numbers[$0] ?? -1 }
    var table: [UInt8] = []
    let places = (0...(strings.keys.max() ?? 0)).map { index -> Int in
      guard let text = strings[index] else { return -1 }
      table += Array(text.utf8) + [0]
      return table.count - text.utf8.count - 1
    }
    let header = [0o432, names.count, flags.count, numbers.count, places.count, table.count]
    // Numbers are aligned to even offsets.
    let padding = [UInt8](repeating: 0, count: (names.count + flags.count) % 2)
    return shorts(header) + names + flags + padding + shorts(numbers) + shorts(places) + table
  }()

  /// Little-endian 16-bit numbers; −1 means absent.
  private static func shorts(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in
      let bits = UInt16(truncatingIfNeeded: number)
      return [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
    }
  }
}
