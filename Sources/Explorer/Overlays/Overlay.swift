/// An overlay above the panels, which receives the keys.
enum Overlay: Equatable {
  /// The actions that match the query.
  case actions(query: String, selected: Int)
  /// A text field for the selected slider's value, in the unit shown.
  case value(text: String)
  /// A text field for the number of a sample.
  case goTo(digits: String)
  /// A list of models or drawings; nil until it has been loaded.
  case library(Library, [LibraryEntry]?, selected: Int)
  /// The training menu.
  case training(selected: Int)
  /// The recipe of a line of the training menu, line by line.
  case recipe(RecipeEditor, selected: Int)
  /// The list of classes.
  case classes(selected: Int)
  /// The list of sample orders.
  case orders(selected: Int)
  /// A question before unsaved weights are lost.
  case question(WeightReplacement, selected: Int)
  /// The figures that can be written to a file.
  case figures(selected: Int)
  /// The remarks about the data.
  case data(selected: Int)
  /// The text that restores this screen.
  case state

  /// Tells whether it is a list that another model may not have.
  var dependsOnModel: Bool {
    switch self {
    case .training, .recipe, .classes, .orders, .question: true
    case .actions, .value, .goTo, .library, .figures, .data, .state: false
    }
  }

  /// Tells whether it has a text field.
  var isTextField: Bool {
    switch self {
    case .actions, .value, .goTo: true
    default: false
    }
  }
}

/// The kinds of entries, and the purpose of the choice.
public enum Library: Equatable, Sendable {
  /// The model in use.
  case models
  /// The model that it is compared with.
  case otherModels
  /// Drawings.
  case drawings

  /// The heading of the list.
  var title: String {
    switch self {
    case .models: "models"
    case .otherModels: "compare with"
    case .drawings: "drawings"
    }
  }

  /// The text of an empty list.
  var emptyText: String {
    switch self {
    case .models, .otherModels: "no models"
    case .drawings: "no drawings: W saves one"
    }
  }
}

/// A model or a drawing that can be opened.
public struct LibraryEntry: Equatable, Sendable {
  /// The display name.
  public var title: String
  /// The reference that opens it: a bundled model's name, or a file's path.
  public var reference: String

  /// Creates an entry.
  public init(title: String, reference: String) {
    self.title = title
    self.reference = reference
  }
}
