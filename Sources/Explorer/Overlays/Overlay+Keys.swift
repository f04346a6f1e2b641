import Screen

/// Keys of overlays: Escape closes an overlay, keys without a meaning are ignored.
extension Overlay {
  /// The changes of a key.
  func changes(for key: Key, in explorer: ExplorerState) -> [Change] {
    if key == .control("l") { return [.effects([.redraw])] }
    if case .actions(let query, let selected) = self {
      return searchActions(key, query: query, selected: selected, explorer)
    }
    if key == .escape || key == .character("q") { return [.overlay(closed(explorer.session))] }
    let session = explorer.session
    switch self {
    case .value(let text): return typeValue(key, text: text)
    case .goTo(let digits): return typeSampleNumber(key, digits: digits)
    case .library(let library, let entries, _): return chooseEntry(key, library, entries ?? [])
    case .training(let selected): return chooseTraining(key, selected: selected, session)
    case .recipe(let editor, let selected): return changeRecipe(key, editor, selected: selected)
    case .classes: return chooseClass(key, session)
    case .orders:
      return choose(key, count: session.orderTitles.count) { index in [.change { $0.sort(choice: index) }] }
    case .question(let replacement, _): return answer(key, to: replacement, session)
    case .figures:
      // The written screen excludes the list.
      return choose(key, count: explorer.figures.count) { [.writeFigure($0)] }
    case .data:
      return choose(key, count: explorer.dataLines(width: session.display.size.width).count) { _ in [] }
    case .state: return [.overlay(nil)]
    case .actions: return []
    }
  }

  /// The changes of a pasted character in a text field, in which no letter closes it.
  func changes(forPasted key: Key, in explorer: ExplorerState) -> [Change] {
    switch self {
    case .value(let text): typeValue(key, text: text)
    case .goTo(let digits): typeSampleNumber(key, digits: digits)
    default: changes(for: key, in: explorer)
    }
  }

  /// The overlay after Escape: a recipe returns to its menu.
  private func closed(_ session: Session) -> Overlay? {
    guard case .recipe(let editor, _) = self else { return nil }
    return .training(selected: min(editor.menuLine, session.trainingTitles.count - 1))
  }

  // MARK: Typed text

  /// Handles a key of the action list: text filters the list, Enter performs the selected action.
  private func searchActions(
    _ key: Key, query: String, selected: Int, _ explorer: ExplorerState
  ) -> [Change] {
    switch key {
    case .escape: return [.overlay(nil)]
    case .character(let character) where query.count < 30:
      return [.overlay(.actions(query: query + String(character), selected: 0))]
    case .space:
      return query.count < 30 ? [.overlay(.actions(query: query + " ", selected: 0))] : []
    case .backspace:
      return [.overlay(.actions(query: String(query.dropLast()), selected: 0))]
    default:
      let entries = KeyBinding.entries(matching: query, in: explorer.place)
      return choose(key, count: entries.count) { index in
        guard let action = entries[index].action else { return [.message(entries[index].title)] }
        return [.perform(action)]
      }
    }
  }

  private func typeValue(_ key: Key, text: String) -> [Change] {
    switch key {
    case .character(let character) where "0123456789.-".contains(character) && text.count < 9:
      return [.overlay(.value(text: text + String(character)))]
    case .backspace:
      return [.overlay(.value(text: String(text.dropLast())))]
    case .enter:
      guard let number = Double(text) else {
        return [.overlay(nil)] + (text.isEmpty ? [] : [.message("'\(text)' is not a number")])
      }
      return [.overlay(nil), .change { $0.setSelectedSlider(toShown: number) }]
    default:
      return []
    }
  }

  private func typeSampleNumber(_ key: Key, digits: String) -> [Change] {
    switch key {
    case .character(let character) where character.isASCII && character.isNumber && digits.count < 9:
      return [.overlay(.goTo(digits: digits + String(character)))]
    case .backspace:
      return [.overlay(.goTo(digits: String(digits.dropLast())))]
    case .enter:
      return [.overlay(nil)] + (Int(digits).map { number in [.change { $0.go(toNumber: number) }] } ?? [])
    default:
      return []
    }
  }

  // MARK: Lists

  /// Handles a key of a list: moves the selection, or closes the list and applies the changes of the chosen
  /// line.
  private func choose(_ key: Key, count: Int, _ changes: (Int) -> [Change]) -> [Change] {
    guard count > 0, let selected else { return [] }
    // The list may have become shorter while it was open.
    let line = min(selected, count - 1)
    switch key {
    case .up: return [.overlay(selecting((line + count - 1) % count))]
    case .down: return [.overlay(selecting((line + 1) % count))]
    case .pageUp: return [.overlay(selecting(max(0, line - 10)))]
    case .pageDown: return [.overlay(selecting(min(count - 1, line + 10)))]
    case .home: return [.overlay(selecting(0))]
    case .end: return [.overlay(selecting(count - 1))]
    case .enter, .space: return [.overlay(nil)] + changes(line)
    default: return []
    }
  }

  private func chooseEntry(_ key: Key, _ library: Library, _ entries: [LibraryEntry]) -> [Change] {
    choose(key, count: entries.count) { index in
      library == .models
        ? [.replaceWeights(.open(entries[index]))] : [.effects([.open(library, entries[index])])]
    }
  }

  private func chooseTraining(_ key: Key, selected: Int, _ session: Session) -> [Change] {
    if key == .right, let editor = session.recipeEditor(choice: selected) {
      return [.overlay(.recipe(editor, selected: 0))]
    }
    return choose(key, count: session.trainingTitles.count) { session.trainingChange(choice: $0) }
  }

  /// Handles a key of the recipe: ← → change a line, Enter trains.
  private func changeRecipe(_ key: Key, _ editor: RecipeEditor, selected: Int) -> [Change] {
    var editor = editor
    switch key {
    case .left, .right, .space:
      editor.change(editor.fields[selected], by: key == .left ? -1 : 1)
      return [.overlay(.recipe(editor, selected: selected))]
    case .enter:
      if let fault = editor.fault { return [.message(fault)] }
      return [
        .overlay(nil), .replaceWeights(.train(editor.recipe, phase: editor.phase, seed: editor.seed)),
      ]
    default:
      return choose(key, count: editor.fields.count) { _ in [] }
    }
  }

  private func chooseClass(_ key: Key, _ session: Session) -> [Change] {
    let classes = session.selection.list.classes
    // Digits choose a class directly.
    if case .character(let character) = key, let label = character.wholeNumberValue,
      classes.contains(where: { $0.label == label })
    {
      return [.overlay(nil), .change { $0.filter(label) }]
    }
    return choose(key, count: classes.count + 1) { index in
      let label = index == 0 ? nil : classes[index - 1].label
      return [.change { $0.filter(label) }]
    }
  }

  /// Handles a key or a line that answers the question before weights are lost.
  private func answer(_ key: Key, to replacement: WeightReplacement, _ session: Session) -> [Change] {
    let answers = session.answers(to: replacement)
    func changes(_ index: Int) -> [Change] {
      switch answers[index].key {
      case "y": [.session { $0.carryOut(replacement) }]
      case "w": [.effects(session.modelsLost(by: replacement).map { .save($0.model) })]
      default: [.message("the weights are kept; w saves them")]
      }
    }
    guard case .character(let character) = key else { return choose(key, count: answers.count, changes) }
    return answers.firstIndex { $0.key == character }.map { [.overlay(nil)] + changes($0) } ?? []
  }
}

extension Overlay {
  /// The selected line; nil without a list.
  var selected: Int? {
    switch self {
    case .actions(_, let selected), .library(_, _, let selected), .training(let selected),
      .recipe(_, let selected), .classes(let selected), .orders(let selected), .question(_, let selected),
      .figures(let selected), .data(let selected):
      selected
    case .value, .goTo, .state: nil
    }
  }

  /// The overlay with another selected line.
  func selecting(_ line: Int) -> Overlay {
    switch self {
    case .actions(let query, _): .actions(query: query, selected: line)
    case .library(let library, let entries, _): .library(library, entries, selected: line)
    case .training: .training(selected: line)
    case .recipe(let editor, _): .recipe(editor, selected: line)
    case .classes: .classes(selected: line)
    case .orders: .orders(selected: line)
    case .question(let replacement, _): .question(replacement, selected: line)
    case .figures: .figures(selected: line)
    case .data: .data(selected: line)
    case .value, .goTo, .state: self
    }
  }
}
