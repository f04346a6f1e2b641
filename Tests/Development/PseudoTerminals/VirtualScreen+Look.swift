extension VirtualScreen {
  /// Colours and attributes.
  ///
  /// A colour is an index of the palette, a colour of 24 bits (see `truecolor`), or nil for the default one.
  public struct Look: Hashable, Sendable {
    /// The foreground.
    public var foreground: Int?
    /// The background.
    public var background: Int?
    /// Bold.
    public var isBold = false
    /// Dim.
    public var isDim = false
    /// Underlined.
    public var isUnderlined = false
    /// Foreground and background swapped.
    public var isReversed = false

    /// The number of black of 24 bits; other colours have red, green and blue in the bytes below.
    public static let truecolor = 1 << 24

    /// The default style on a background.
    public init(background: Int? = nil) {
      self.background = background
    }

    /// Applies the parameters of a sequence that sets styles.
    mutating func set(_ numbers: [Int]) {
      var rest = numbers[...]
      while let code = rest.popFirst() {
        switch code {
        case 0: self = Look()
        case 1: isBold = true
        case 2: isDim = true
        case 4: isUnderlined = true
        case 7: isReversed = true
        case 22: (isBold, isDim) = (false, false)
        case 24: isUnderlined = false
        case 27: isReversed = false
        case 30...37: foreground = code - 30
        case 39: foreground = nil
        case 40...47: background = code - 40
        case 49: background = nil
        case 90...97: foreground = code - 82
        case 100...107: background = code - 92
        case 38: foreground = Self.removeColor(from: &rest) ?? foreground
        case 48: background = Self.removeColor(from: &rest) ?? background
        default: break
        }
      }
    }

    /// The colour of the parameters after 38 or 48; nil for an unknown kind.
    private static func removeColor(from rest: inout ArraySlice<Int>) -> Int? {
      let kind = rest.popFirst()
      let count = kind == 5 ? 1 : kind == 2 ? 3 : 0
      let numbers = rest.prefix(count)
      rest = rest.dropFirst(count)
      guard count > 0, numbers.count == count else { return nil }
      return count == 1 ? numbers.first : numbers.reduce(1) { $0 << 8 | $1 & 255 }
    }
  }
}
