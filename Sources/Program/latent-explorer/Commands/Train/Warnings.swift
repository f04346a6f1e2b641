import Essentials
import Libraries

/// Errors that do not end the program: reported once for each kind when they happen, and again at the end.
struct Warnings {
  /// A kind of error.
  enum Kind: String, CaseIterable {
    case checkpoint = "checkpoints could not be written"
    case phaseModel = "the weights after a phase could not be written"
    case metrics = "metrics could not be written"
  }

  private var counts: [Kind: Int] = [:]

  /// Counts an error; returns a sentence for the first one of its kind.
  mutating func note(_ kind: Kind, _ error: any Error) -> String? {
    counts[kind, default: 0] += 1
    guard counts[kind] == 1 else { return nil }
    return "warning: \(kind.rawValue), training continues: \(error.sentence)"
  }

  /// A sentence for each kind of error that happened.
  var summary: [String] {
    Kind.allCases.compactMap { kind in
      counts[kind].map { "warning: \(kind.rawValue), \($0) \($0 == 1 ? "time" : "times") in all" }
    }
  }
}
