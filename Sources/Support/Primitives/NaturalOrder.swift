/// The order of names in which numbers count as numbers and case does not: `2` before `10`, `a` before `B`.
public enum NaturalOrder {
  /// Tells whether `one` comes before `other`.
  public static func precedes(_ one: String, _ other: String) -> Bool {
    let (left, right) = (Array(one.lowercased().utf8), Array(other.lowercased().utf8))
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
      if isDigit(left[first]), isDigit(right[second]) {
        let (number, otherNumber) = (digits(left, &first), digits(right, &second))
        if number.count != otherNumber.count { return number.count < otherNumber.count }
        if number != otherNumber { return number.lexicographicallyPrecedes(otherNumber) }
      } else {
        if left[first] != right[second] { return left[first] < right[second] }
        first += 1
        second += 1
      }
    }
    if left.count - first != right.count - second { return left.count - first < right.count - second }
    // The same but for case or leading zeros.
    return one.utf8.lexicographicallyPrecedes(other.utf8)
  }

  /// The digits at `place`, without leading zeros; moves `place` behind them.
  private static func digits(_ text: [UInt8], _ place: inout Int) -> ArraySlice<UInt8> {
    let start = place
    while place < text.count, isDigit(text[place]) { place += 1 }
    return text[start..<place].drop { $0 == UInt8(ascii: "0") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
