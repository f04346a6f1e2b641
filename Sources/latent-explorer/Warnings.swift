import Foundation

/// What went wrong without ending the program: said once for each kind when it happens, and again at the end.
struct Warnings {
  /// What could not be done.
  enum Kind: String, CaseIterable {
    case checkpoint = "checkpoints could not be written"
    case phaseModel = "the weights after a phase could not be written"
    case metrics = "metrics could not be written"
  }

  private var counts: [Kind: Int] = [:]

  /// Counts one more failure; the sentence to show, where it is the first of its kind.
  mutating func note(_ kind: Kind, _ error: any Error) -> String? {
    counts[kind, default: 0] += 1
    guard counts[kind] == 1 else { return nil }
    return "warning: \(kind.rawValue), training continues: \(error.sentence)"
  }

  /// A sentence for each kind that came up.
  var summary: [String] {
    Kind.allCases.compactMap { kind in
      counts[kind].map { "warning: \(kind.rawValue), \($0) \($0 == 1 ? "time" : "times") in all" }
    }
  }
}
