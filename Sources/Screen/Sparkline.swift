/// A row of small bars, one column each.
public enum Sparkline {
  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The bar for a share from 0 to 1; what lies outside, or is no number, is cut.
  public static func glyph(_ fraction: Double) -> Character {
    guard fraction > 0 else { return levels[0] }
    return levels[Int((min(fraction, 1) * Double(levels.count - 1)).rounded())]
  }
}
