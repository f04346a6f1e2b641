/// Training times as short text.
enum ChartTime {
  private static let minute = 60.0
  private static let hour = 3600.0
  private static let day = 86_400.0

  /// Round tick distances from a second to a day.
  private static let tickLengths: [Double] = [
    1, 2, 5, 10, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,
    2 * hour,
    3 * hour, 6 * hour, 12 * hour, day,
  ]

  /// The shortest round tick distance that is not below a number of seconds.
  static func tickLength(atLeast seconds: Double) -> Double {
    if seconds <= 0.5 { return ChartAxis.roundStep(atLeast: seconds) }
    return tickLengths.first { $0 >= seconds * 0.999999 } ?? day * ChartAxis.roundStep(atLeast: seconds / day)
  }

  /// The time as `0:30`, `2:00`, `1 h`, `1:30:00` or `2 d`.
  static func clock(_ seconds: Double) -> String {
    let whole = seconds.magnitude.rounded()
    guard whole < 1e12 else { return NumberText.significant(seconds) + " s" }
    let sign = seconds < 0 && whole > 0 ? "-" : ""
    let count = Int(whole)
    if count > 0, count % Int(day) == 0 { return sign + "\(count / Int(day)) d" }
    if count > 0, count % Int(hour) == 0 { return sign + "\(count / Int(hour)) h" }
    let minutes = count / 60
    let rest = ":" + twoDigits(count % 60)
    return sign + (minutes < 60 ? "\(minutes)" : "\(minutes / 60):" + twoDigits(minutes % 60)) + rest
  }

  /// The text of a single time, with tenths of a second where it is short.
  static func duration(_ seconds: Double) -> String {
    seconds.magnitude < 10 ? NumberText.fixed(seconds, decimals: 1) + " s" : clock(seconds)
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

extension ChartAxis {
  /// Ticks at round times, about `count` at most, for an axis of seconds, and the unit of their labels.
  func timeTicks(count: Int) -> (ticks: [ChartTick], unit: String) {
    guard count > 0 else { return ([], "") }
    let length = ChartTime.tickLength(atLeast: (upper - lower) / Double(count))
    let isShort = length < 1
    let decimals = max(0, -NumberText.decimalExponent(length))
    let ticks = multiples(of: length).map { seconds in
      ChartTick(
        value: seconds,
        label: isShort ? NumberText.fixed(seconds, decimals: decimals) : ChartTime.clock(seconds))
    }
    return (ticks, isShort ? "seconds" : upper < 3600 ? "min:s" : "h:min:s")
  }
}
