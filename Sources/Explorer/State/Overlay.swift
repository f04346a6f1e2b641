/// What lies over the panels and takes the keys.
enum Overlay: Equatable {
  /// The actions in which the query occurs.
  case actions(query: String, selected: Int)
  /// A value is typed for the selected slider, in the unit shown.
  case value(text: String)
  /// A number is typed: the sample to go to.
  case goTo(digits: String)
  /// Models or drawings to choose from; absent until they have been looked up.
  case library(Library, [LibraryEntry]?, selected: Int)
  /// How to train.
  case training(selected: Int)
  /// The recipe that training would take, line by line, from a line of the training menu on.
  case recipe(RecipeEditor, selected: Int)
  /// The classes to choose from.
  case classes(selected: Int)
  /// The orders of the samples to choose from.
  case orders(selected: Int)
  /// Whether weights that are in no file may be lost.
  case question(WeightReplacement, selected: Int)
  /// What can be written to a file.
  case figures(selected: Int)
  /// The line that brings back this screen.
  case state

  /// Whether text is typed into it.
  var isTextField: Bool {
    switch self {
    case .actions, .value, .goTo: true
    default: false
    }
  }
}

/// What is chosen from a list, and what for.
public enum Library: Equatable, Sendable {
  /// The model in use.
  case models
  /// The model that it is compared with.
  case otherModels
  /// Drawings.
  case sketches

  /// What the list is headed by.
  var title: String {
    switch self {
    case .models: "models"
    case .otherModels: "compare with"
    case .sketches: "drawings"
    }
  }

  /// What an empty list says.
  var emptyText: String {
    switch self {
    case .models, .otherModels: "no models"
    case .sketches: "no drawings: W saves one"
    }
  }
}

/// A model or a drawing that can be opened.
public struct LibraryEntry: Equatable, Sendable {
  /// What people read.
  public var title: String
  /// What opens it: a bundled model's name, or a file's path.
  public var reference: String

  /// Names what can be opened.
  public init(title: String, reference: String) {
    self.title = title
    self.reference = reference
  }
}
