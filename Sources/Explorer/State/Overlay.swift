/// What lies over the panels and takes the keys.
enum Overlay: Equatable {
  /// Every key with what it does, from some line on.
  case help(first: Int)
  /// A value is typed for the selected slider, in the unit shown.
  case value(text: String)
  /// A number is typed: the sample to go to.
  case goTo(digits: String)
  /// Models to choose from; absent until they have been looked up.
  case models([ModelEntry]?, selected: Int)
  /// How to train.
  case training(selected: Int)
}

/// A model that can be opened.
public struct ModelEntry: Equatable, Sendable {
  /// What people read.
  public var title: String
  /// What opens it: a bundled model's name, or a file's path.
  public var reference: String

  /// Names a model.
  public init(title: String, reference: String) {
    self.title = title
    self.reference = reference
  }
}
