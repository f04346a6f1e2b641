import Screen

extension ExplorerState {
  /// Handles a key while an overlay is open: Escape closes it, keys without a meaning are ignored.
  mutating func handle(_ key: Key) -> [ExplorerEffect] {
    if key == .control("l") { return [.redraw] }
    if case .actions(let query, let selected) = overlay {
      return searchActions(key, query: query, selected: selected)
    }
    if key == .escape || key == .character("q") {
      closeOverlay()
      return []
    }
    switch overlay {
    case .value(let text): typeValue(key, text: text)
    case .goTo(let digits): typeSampleNumber(key, digits: digits)
    case .library(let library, let entries, let selected):
      return choose(from: library, key, entries: entries ?? [], selected: selected)
    case .training(let selected): return chooseTraining(key, selected: selected)
    case .recipe(let editor, let selected): return changeRecipe(key, editor, selected: selected)
    case .classes(let selected): chooseClass(key, selected: selected)
    case .orders(let selected): return chooseOrder(key, selected: selected)
    case .question(let replacement, let selected):
      return answer(key, to: replacement, selected: selected)
    case .figures(let selected): return chooseFigure(key, selected: selected)
    case .state: overlay = nil
    case .actions, nil: break
    }
    return []
  }

  /// Closes the overlay; a recipe returns to its menu.
  private mutating func closeOverlay() {
    if case .recipe(let editor, _) = overlay {
      overlay = .training(selected: min(editor.menuLine, trainingTitles.count - 1))
    } else {
      overlay = nil
    }
  }

  // MARK: Typed text

  /// Inserts the first line of pasted text into the open text field; elsewhere it would act as keys.
  mutating func paste(_ line: String) -> [ExplorerEffect] {
    guard overlay?.isTextField ?? false else {
      message = "a pasted text was dropped: it is not run as keys"
      return []
    }
    message = nil
    return line.flatMap { insert($0 == " " ? .space : .character($0)) }
  }

  /// Inserts a pasted character into the open text field, in which no letter closes it.
  private mutating func insert(_ key: Key) -> [ExplorerEffect] {
    switch overlay {
    case .value(let text): typeValue(key, text: text)
    case .goTo(let digits): typeSampleNumber(key, digits: digits)
    default: return handle(key)
    }
    return []
  }

  /// Handles a key of the action list: text filters the list, Enter performs the selected action.
  private mutating func searchActions(_ key: Key, query: String, selected: Int) -> [ExplorerEffect] {
    switch key {
    case .escape:
      overlay = nil
    case .character(let character) where query.count < 30:
      overlay = .actions(query: query + String(character), selected: 0)
    case .space:
      if query.count < 30 { overlay = .actions(query: query + " ", selected: 0) }
    case .backspace:
      overlay = .actions(query: String(query.dropLast()), selected: 0)
    default:
      let entries = KeyBinding.entries(matching: query, on: focus)
      switch choose(key, count: entries.count, selected: selected) {
      case .moved(let selected): overlay = .actions(query: query, selected: selected)
      case .chosen(let index):
        overlay = nil
        if entries[index].action == nil { message = entries[index].title }
        return perform(entries[index].action)
      case .ignored: break
      }
    }
    return []
  }

  private mutating func typeValue(_ key: Key, text: String) {
    switch key {
    case .character(let character) where "0123456789.-".contains(character) && text.count < 9:
      overlay = .value(text: text + String(character))
    case .backspace:
      overlay = .value(text: String(text.dropLast()))
    case .enter:
      overlay = nil
      guard let number = Double(text) else {
        message = text.isEmpty ? nil : "'\(text)' is not a number"
        return
      }
      setSlider(to: number)
    default:
      break
    }
  }

  /// Moves the selected slider to a number in the unit shown, limited to its range.
  private mutating func setSlider(to number: Double) {
    history.keep(sliders)
    let scale = scales[selected]
    let value = scale.value(ofShown: number)
    if abs(scale.shown(value) - number) > 1e-6, !scale.isCyclic {
      message = "\(scale.label) ends at \(scale.text(value))"
    }
    setSlider(selected, to: value)
    decode()
  }

  private mutating func typeSampleNumber(_ key: Key, digits: String) {
    switch key {
    case .character(let character) where character.isASCII && character.isNumber && digits.count < 9:
      overlay = .goTo(digits: digits + String(character))
    case .backspace:
      overlay = .goTo(digits: String(digits.dropLast()))
    case .enter:
      overlay = nil
      guard let number = Int(digits) else { return }
      go(toNumber: number)
    default:
      break
    }
  }

  // MARK: Lists

  /// Opens a list and requests its entries.
  mutating func show(_ library: Library) -> [ExplorerEffect] {
    overlay = .library(library, nil, selected: 0)
    return [.list(library)]
  }

  private mutating func choose(
    from library: Library, _ key: Key, entries: [LibraryEntry], selected: Int
  ) -> [ExplorerEffect] {
    switch choose(key, count: entries.count, selected: selected) {
    case .moved(let selected): overlay = .library(library, entries, selected: selected)
    case .chosen(let index):
      overlay = nil
      return library == .models ? replaceWeights(.open(entries[index])) : [.open(library, entries[index])]
    case .ignored: break
    }
    return []
  }

  private mutating func chooseTraining(_ key: Key, selected: Int) -> [ExplorerEffect] {
    if key == .right, let editor = recipeEditor(choice: selected) {
      overlay = .recipe(editor, selected: 0)
      return []
    }
    switch choose(key, count: trainingTitles.count, selected: selected) {
    case .moved(let selected): overlay = .training(selected: selected)
    case .chosen(let index):
      overlay = nil
      return train(choice: index)
    case .ignored: break
    }
    return []
  }

  /// Handles a key of the recipe: ← → change a line, Enter trains.
  private mutating func changeRecipe(
    _ key: Key, _ editor: RecipeEditor, selected: Int
  ) -> [ExplorerEffect] {
    var editor = editor
    let fields = editor.fields
    switch key {
    case .left, .right, .space:
      editor.change(fields[selected], by: key == .left ? -1 : 1)
      overlay = .recipe(editor, selected: selected)
    case .enter:
      if let fault = editor.fault {
        message = fault
        return []
      }
      overlay = nil
      return replaceWeights(.train(editor.recipe, phase: editor.phase, seed: editor.seed))
    default:
      if case .moved(let selected) = choose(key, count: fields.count, selected: selected) {
        overlay = .recipe(editor, selected: selected)
      }
    }
    return []
  }

  /// The line of the current class in the class list; the first is for all samples.
  var classChoice: Int {
    guard let filter = list.filter else { return 0 }
    return (list.classes.firstIndex { $0.label == filter } ?? -1) + 1
  }

  private mutating func chooseClass(_ key: Key, selected: Int) {
    let classes = list.classes
    // Digits choose a class directly.
    if case .character(let character) = key, let label = character.wholeNumberValue,
      classes.contains(where: { $0.label == label })
    {
      overlay = nil
      return filter(label)
    }
    switch choose(key, count: classes.count + 1, selected: selected) {
    case .moved(let selected): overlay = .classes(selected: selected)
    case .chosen(let index):
      overlay = nil
      filter(index == 0 ? nil : classes[index - 1].label)
    case .ignored: break
    }
  }

  private mutating func chooseOrder(_ key: Key, selected: Int) -> [ExplorerEffect] {
    switch choose(key, count: orderTitles.count, selected: selected) {
    case .moved(let selected): overlay = .orders(selected: selected)
    case .chosen(let index):
      overlay = nil
      return sort(choice: index)
    case .ignored: break
    }
    return []
  }

  private mutating func chooseFigure(_ key: Key, selected: Int) -> [ExplorerEffect] {
    switch choose(key, count: figures.count, selected: selected) {
    case .moved(let selected): overlay = .figures(selected: selected)
    case .chosen(let index):
      // The written screen excludes the list.
      overlay = nil
      return write(figure: index)
    case .ignored: break
    }
    return []
  }

  enum Choice {
    case moved(Int), chosen(Int), ignored
  }

  func choose(_ key: Key, count: Int, selected: Int) -> Choice {
    guard count > 0 else { return .ignored }
    // The list may have become shorter while it was open.
    let selected = min(selected, count - 1)
    switch key {
    case .up: return .moved((selected + count - 1) % count)
    case .down: return .moved((selected + 1) % count)
    case .pageUp: return .moved(max(0, selected - 10))
    case .pageDown: return .moved(min(count - 1, selected + 10))
    case .home: return .moved(0)
    case .end: return .moved(count - 1)
    case .enter, .space: return .chosen(selected)
    default: return .ignored
    }
  }
}
