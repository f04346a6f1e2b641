/// Short texts of numbers, for every floating-point value.
public enum NumberText {
  /// A number with a fixed count of decimals, such as `-0.50`; scientific where it has too many digits.
  public static func fixed(_ value: Double, decimals: Int, showsPlus: Bool = false) -> String {
    guard value.isFinite else { return notFinite(value) }
    let places = min(max(0, decimals), 9)
    let scale = powerOfTen(places)
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 1e15 else { return scientific(value, digits: 3) }
    let units = Int(scaled)
    let divisor = Int(scale)
    // A number that rounds to zero has no sign.
    let sign = units == 0 ? "" : value < 0 ? "-" : showsPlus ? "+" : ""
    guard places > 0 else { return sign + String(units) }
    let fraction = String(units % divisor)
    return sign + String(units / divisor) + "."
      + String(repeating: "0", count: places - fraction.count) + fraction
  }

  /// A number with about `digits` significant digits, such as `0.0312`, `148` or `3.1e-07`.
  public static func significant(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return notFinite(value) }
    guard value != 0 else { return "0" }
    let exponent = decimalExponent(value)
    guard (-5..<6).contains(exponent) else { return scientific(value, digits: max(1, digits - 1)) }
    let places = digits - 1 - exponent
    // A number rounded up to the next power of ten has one more digit before the point.
    let carries = (value.magnitude * powerOfTen(places)).rounded() >= powerOfTen(digits)
    return fixed(value, decimals: max(0, carries ? places - 1 : places))
  }

  /// A count with a unit prefix and without trailing zeros, such as `500`, `1.5k`, `30k` or `2M`.
  public static func compact(_ value: Double) -> String {
    guard value.isFinite else { return notFinite(value) }
    for (limit, unit) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where value.magnitude >= limit {
      return value.magnitude < 1e15
        ? trimmed(fixed(value / limit, decimals: value.magnitude < 1e5 || limit > 1e3 ? 2 : 1)) + unit
        : scientific(value, digits: 2)
    }
    return trimmed(fixed(value, decimals: 2))
  }

  /// A count with commas between groups of three digits, such as `10,000`.
  public static func grouped(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    let text = digits.indices.map { index in
      let follows = digits.count - index
      return index > 0 && follows % 3 == 0 ? ",\(digits[index])" : String(digits[index])
    }
    return (count < 0 ? "-" : "") + text.joined()
  }

  /// The text without trailing zeros in its fraction, and without a trailing point.
  public static func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var result = text
    while result.last == "0" { result.removeLast() }
    if result.last == "." { result.removeLast() }
    return result
  }

  /// The exponent of the power of ten at or below a magnitude; 0 for zero and for values that are not finite.
  static func decimalExponent(_ value: Double) -> Int {
    guard value.isFinite, value != 0 else { return 0 }
    var exponent = 0
    var rest = value.magnitude
    while rest >= 10 {
      rest /= 10
      exponent += 1
    }
    while rest < 1 {
      rest *= 10
      exponent -= 1
    }
    return exponent
  }

  static func powerOfTen(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) {
      result *= 10
    }
    return exponent < 0 ? 1 / result : result
  }

  private static func scientific(_ value: Double, digits: Int) -> String {
    var exponent = decimalExponent(value)
    // In halves, so that neither the power nor its inverse leaves the range of Double.
    var mantissa = value
    mantissa /= powerOfTen(exponent / 2)
    mantissa /= powerOfTen(exponent - exponent / 2)
    var text = fixed(mantissa, decimals: digits - 1)
    if text.hasPrefix("10") || text.hasPrefix("-10") {
      exponent += 1
      text = fixed(mantissa / 10, decimals: digits - 1)
    }
    let magnitude = String(abs(exponent))
    return text + "e" + (exponent < 0 ? "-" : "+") + (magnitude.count < 2 ? "0" : "") + magnitude
  }

  private static func notFinite(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf"
  }
}
