extension String {
  /// The text with `printable` applied to each line.
  public var printableLines: String {
    // By scalars, as a carriage return with a line feed is one character.
    unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0).printable }.joined(separator: "\n")
  }

  /// Equivalent JSON in which terminal control characters are escaped.
  public var printableJSON: String {
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isControlOrBidirectional, scalar != "\n" {
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text without control characters that could act on a terminal or reorder the surrounding text.
  ///
  /// Applied to external text (paths, names in files) before it is shown. Control characters (C0, DEL, C1),
  /// line and paragraph separators and bidirectional controls become U+FFFD; everything else stays.
  public var printable: String {
    guard unicodeScalars.contains(where: \.isControlOrBidirectional) else { return self }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      text.append(scalar.isControlOrBidirectional ? "\u{FFFD}" : scalar)
    }
    return String(text)
  }
}

extension Unicode.Scalar {
  fileprivate var isControlOrBidirectional: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL and C1
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // bidirectional controls
    case 0x2028, 0x2029: true  // line and paragraph separator
    default: false
    }
  }
}
