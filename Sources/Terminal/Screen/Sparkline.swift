/// Small vertical bars, one column each.
public enum Sparkline {
  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The bar for a fraction from 0 to 1, clamped; the lowest for NaN.
  public static func glyph(_ fraction: Double) -> Character {
    guard fraction > 0 else { return levels[0] }
    return levels[Int((min(fraction, 1) * Double(levels.count - 1)).rounded())]
  }
}
