import Screen

extension ExplorerState {
  /// A key while an overlay is open: Escape closes it, and keys that mean nothing to it are ignored.
  mutating func handle(_ key: Key) -> [ExplorerEffect] {
    if key == .escape || key == .character("q") {
      overlay = nil
      return []
    }
    if key == .control("l") { return [.redraw] }
    switch overlay {
    case .help(let first):
      scrollHelp(key, first: first)
    case .value(let text):
      typeValue(key, text: text)
    case .goTo(let digits):
      typeSampleNumber(key, digits: digits)
    case .models(let entries, let selected):
      return chooseModel(key, entries: entries ?? [], selected: selected)
    case .training(let selected):
      return chooseTraining(key, selected: selected)
    case nil:
      break
    }
    return []
  }

  /// How many lines of help fit.
  var helpLines: Int { max(1, min(KeyBinding.all.count, size.height - 3)) }

  /// Any key that does not scroll closes the help.
  private mutating func scrollHelp(_ key: Key, first: Int) {
    let steps: [Key: Int] = [
      .up: -1, .down: 1, .pageUp: -helpLines, .pageDown: helpLines, .home: -first,
      .end: KeyBinding.all.count,
    ]
    guard let step = steps[key], helpLines < KeyBinding.all.count else {
      overlay = nil
      return
    }
    overlay = .help(first: min(max(0, first + step), KeyBinding.all.count - helpLines))
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
        message = text.isEmpty ? nil : "'\(text)' is no number"
        return
      }
      setSlider(to: number)
    default:
      break
    }
  }

  /// Moves the selected slider to a number in the unit shown, or as near to it as it goes.
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
      guard number < samples.count else {
        message = "samples are numbered from 0 to \(samples.count - 1)"
        return
      }
      go(toSample: number)
    default:
      break
    }
  }

  private mutating func chooseModel(_ key: Key, entries: [ModelEntry], selected: Int) -> [ExplorerEffect] {
    switch choose(key, count: entries.count, selected: selected) {
    case .moved(let selected): overlay = .models(entries, selected: selected)
    case .chosen(let index):
      overlay = nil
      return [.open(entries[index])]
    case .ignored: break
    }
    return []
  }

  private mutating func chooseTraining(_ key: Key, selected: Int) -> [ExplorerEffect] {
    switch choose(key, count: trainingTitles.count, selected: selected) {
    case .moved(let selected): overlay = .training(selected: selected)
    case .chosen(let index):
      overlay = nil
      return train(choice: index)
    case .ignored: break
    }
    return []
  }

  private enum Choice {
    case moved(Int), chosen(Int), ignored
  }

  private func choose(_ key: Key, count: Int, selected: Int) -> Choice {
    guard count > 0 else { return .ignored }
    switch key {
    case .up: return .moved((selected + count - 1) % count)
    case .down: return .moved((selected + 1) % count)
    case .home: return .moved(0)
    case .end: return .moved(count - 1)
    case .enter, .space: return .chosen(selected)
    default: return .ignored
    }
  }
}
