import Foundation
import Primitives

extension EvaluationReport {
  /// One figure.
  struct Figure {
    /// The key in the JSON object.
    var key: String
    /// What people read.
    var words: String
    /// The number; absent where the model has no such coordinate, or a ratio by zero is undefined.
    var value: Double?
    var format = Format.error
    /// A Boolean value that says if the model has the figure, so that it is undefined without a number.
    var applies = false

    /// How people read the number.
    enum Format: String {
      case error = "%.4f"
      case degrees = "%.1f°"
      case percent = "%.1f %%"
      case ratio = "%.3f"
      case pixels = "%.2f px"
      case decibels = "%.1f dB"
    }

    /// The number for people.
    var text: String {
      guard let value else { return applies ? undefinedText : "–" }
      guard value.isFinite else { return undefinedText }
      return String(format: format.rawValue, format == .percent ? 100 * value : value)
    }
  }
}
