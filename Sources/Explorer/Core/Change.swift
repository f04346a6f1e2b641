/// A change of the explorer that a page, a panel or an overlay requests.
enum Change {
  /// A change of the session.
  case session((inout Session) -> [ExplorerEffect])
  /// Performs an action; nil does nothing.
  case perform(Action?)
  /// Shows an overlay in place of the current one, or none.
  case overlay(Overlay?)
  /// Opens a list and requests its entries.
  case list(Library)
  case closePage
  /// Selects a slider.
  case select(Int)
  /// Writes the figure on a line of the list.
  case writeFigure(Int)
  /// Replaces weights, after a question if unsaved ones would be lost.
  case replaceWeights(WeightReplacement)
  case effects([ExplorerEffect])

  /// A change of the session without effects.
  static func change(_ change: @escaping (inout Session) -> Void) -> Change {
    .session {
      change(&$0)
      return []
    }
  }

  static func message(_ text: String) -> Change { .change { $0.message = text } }
}
