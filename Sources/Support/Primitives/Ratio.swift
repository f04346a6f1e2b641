/// The quotient of two numbers; nil, which is shown as "undefined", where the divisor is 0 or the quotient is not
/// a finite number.
public func ratio(_ dividend: Double, to divisor: Double) -> Double? {
  guard divisor != 0 else { return nil }
  let quotient = dividend / divisor
  return quotient.isFinite ? quotient : nil
}

/// A variance; 0 where it is no more than rounding to `Float` leaves of equal numbers with this mean square.
public func varianceBeyondRounding(_ variance: Double, meanSquare: Double) -> Double {
  let unit = Double(Float.ulpOfOne)
  return variance > 8 * unit * unit * meanSquare ? variance : 0
}

/// The word for a ratio by zero, in all texts.
public let undefinedText = "undefined"
