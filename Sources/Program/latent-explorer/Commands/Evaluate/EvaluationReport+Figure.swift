import Essentials
import Primitives

extension EvaluationReport {
  /// One figure.
  struct Figure {
    /// The key in the JSON object.
    var key: String
    /// The description in the table.
    var words: String
    /// The number; nil if the model has no such coordinate, or for a division by zero.
    var value: Double?
    var format = Format.error
    /// True if the model has the figure, so that a missing number means undefined.
    var applies = false

    /// The number format in the table.
    enum Format: String {
      case error = "%.4f"
      case degrees = "%.1f°"
      case percent = "%.1f %%"
      case ratio = "%.3f"
      case pixels = "%.2f px"
      case decibels = "%.1f dB"
    }

    /// The formatted number.
    var text: String {
      guard let value else { return applies ? undefinedText : "–" }
      guard value.isFinite else { return undefinedText }
      return formatted(format.rawValue, format == .percent ? 100 * value : value)
    }
  }
}
