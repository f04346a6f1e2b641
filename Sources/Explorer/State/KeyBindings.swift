import Screen

/// A line of the key table: keys, what they do, and how footer, list of actions and README say it.
public struct KeyBinding: Sendable {
  /// The keys, each with its action.
  let keys: [(key: Key, action: Action)]
  /// The panel that must have the focus; absent for keys that mean the same everywhere.
  let panel: Panel?
  /// The keys as people read them.
  let title: String
  /// One or two words for the footer; empty where the footer leaves it out.
  let brief: String
  /// A phrase for the README.
  let help: String

  private init(
    _ title: String, _ brief: String, _ help: String, in panel: Panel? = nil,
    _ keys: [(key: Key, action: Action)]
  ) {
    self.keys = keys
    self.panel = panel
    self.title = title
    self.brief = brief
    self.help = help
  }

  /// All keys, in the order in which people learn them.
  static let all: [KeyBinding] = [
    KeyBinding(
      "← →", "turn", "move the selected slider: θ by 5°, a latent by 0.1 deviations", in: .sliders,
      [(.left, .decrease), (.right, .increase)]),
    KeyBinding(
      "↑ ↓", "select", "select a slider", in: .sliders, [(.up, .previousSlider), (.down, .nextSlider)]),
    KeyBinding(
      "0–9 -", "", "type a value for it", in: .sliders,
      "0123456789-".map { (.character($0), .typeValue($0)) }),
    KeyBinding(
      "H L", "×10", "move it ten times as far; Shift+← and Shift+→ do the same",
      [
        (.character("H"), .decreaseMuch), (.character("L"), .increaseMuch), (.shiftLeft, .decreaseMuch),
        (.shiftRight, .increaseMuch),
      ]),
    KeyBinding(
      ", .", "", "move it a tenth as far",
      [(.character(","), .decreaseLittle), (.character("."), .increaseLittle)]),
    KeyBinding(
      "b", "", "move the selected slider back to the encoder's reading, its mark",
      [(.character("b"), .resetOne)]),
    KeyBinding("Backspace", "reset", "move all sliders back to their marks", [(.backspace, .reset)]),
    KeyBinding(
      "r", "", "draw free latents at random, as the data have them", [(.character("r"), .randomize)]),
    KeyBinding(
      "u U", "undo", "take back what was done to the sliders, or do it again",
      [(.character("u"), .undo), (.character("U"), .redo)]),
    KeyBinding(
      "← →", "sample", "with the pictures in focus: previous and next sample", in: .pictures,
      [(.left, .previousSample), (.right, .nextSample)]),
    KeyBinding(
      "↑ ↓", "ten", "with the pictures in focus: ten samples back and on", in: .pictures,
      [(.up, .previousTenSamples), (.down, .nextTenSamples)]),
    KeyBinding(
      "n p", "sample", "next and previous sample; θ stays as it is",
      [(.character("n"), .nextSample), (.character("p"), .previousSample)]),
    KeyBinding("g", "", "go to a sample by its number", [(.character("g"), .goToSample)]),
    KeyBinding("c", "class", "show samples of one class only", [(.character("c"), .filterSamples)]),
    KeyBinding(
      "e", "by error", "sort samples by error, worst first, or as they are stored",
      [(.character("e"), .sortSamples)]),
    KeyBinding(
      "[ ]", "turn input", "turn what the encoder sees by 15°; the sliders go along",
      [(.character("["), .turnInputBack), (.character("]"), .turnInputForward)]),
    KeyBinding(
      "d", "", "switch between images and the model's stored readings",
      [(.character("d"), .switchSamples)]),
    KeyBinding(
      "v", "view", "last picture: truth, difference, or rose of angles", [(.character("v"), .switchView)]),
    KeyBinding("i", "invert", "invert the pictures, for light backgrounds", [(.character("i"), .invert)]),
    KeyBinding(
      "{ }", "gamma", "show faint ink weaker or stronger",
      [(.character("{"), .darken), (.character("}"), .brighten)]),
    KeyBinding(
      "Tab", "panel", "focus the next panel: sliders, pictures, training; Shift+Tab: the one before",
      [(.tab, .nextPanel), (.backTab, .previousPanel)]),
    KeyBinding(
      "z", "enlarge", "enlarge the focused panel, or show all panels again", [(.character("z"), .enlarge)]),
    KeyBinding("m", "model", "choose a model: bundled ones and files", [(.character("m"), .chooseModel)]),
    KeyBinding("w", "", "write the model in use to a file", [(.character("w"), .saveModel)]),
    KeyBinding(
      "t", "train", "train: afresh, or continue; → changes the recipe", [(.character("t"), .chooseTraining)]),
    KeyBinding("Space", "pause", "pause training, or go on", [(.space, .pauseOrResume)]),
    KeyBinding("o", "step", "learn from one batch, then pause", [(.character("o"), .stepOnce)]),
    KeyBinding("x", "stop", "stop training and keep its weights", [(.character("x"), .stopTraining)]),
    KeyBinding(
      "X", "", "stop training and go back to the model before it", [(.character("X"), .discardTraining)]),
    KeyBinding(
      "f", "", "let training move the latents' sliders (follow), or not (hold)",
      [(.character("f"), .switchFollowing)]),
    KeyBinding(
      "← →", "cursor", "with the training in focus: a cursor in the chart; Home and End: its ends",
      in: .training,
      [(.left, .cursorLeft), (.right, .cursorRight), (.home, .cursorFirst), (.end, .cursorLast)]),
    KeyBinding(
      "+ -", "zoom", "with the training in focus: zoom around the cursor; ↑ and ↓ do the same", in: .training,
      [
        (.character("+"), .zoomIn), (.character("="), .zoomIn), (.character("-"), .zoomOut), (.up, .zoomIn),
        (.down, .zoomOut),
      ]),
    KeyBinding(
      "0", "whole", "with the training in focus: show the whole run again", in: .training,
      [(.character("0"), .wholeRun)]),
    KeyBinding("y", "log", "losses on a logarithmic or a linear axis", [(.character("y"), .switchScale)]),
    KeyBinding("Y", "time", "losses by step or by time", [(.character("Y"), .switchPlace)]),
    KeyBinding(
      "s", "smooth", "smooth the losses: not, by 0.9, by 0.98", [(.character("s"), .switchSmoothing)]),
    KeyBinding(
      "S", "", "show the line that brings back this screen, for --state", [(.character("S"), .showState)]),
    KeyBinding("Ctrl+Z", "", "leave the explorer waiting; fg in the shell brings it back", []),
    KeyBinding("Ctrl+L", "", "draw the screen afresh", [(.control("l"), .redraw)]),
    KeyBinding("?", "actions", "list every action, search it and run it", [(.character("?"), .help)]),
    KeyBinding("q", "quit", "quit", [(.character("q"), .quit)]),
  ]

  /// What `key` does while no overlay is open and `panel` has the focus.
  static func action(for key: Key, in panel: Panel) -> Action? { actions[panel]?[key] }

  private static let actions = Dictionary(
    uniqueKeysWithValues: Panel.allCases.map { panel in
      let bindings = all.filter { $0.panel == panel } + all.filter { $0.panel == nil }
      return (
        panel,
        Dictionary(
          bindings.flatMap(\.keys).map { ($0.key, $0.action) }, uniquingKeysWith: { first, _ in first })
      )
    })

  /// Every action that can be picked from a list, with its keys as people read them: those that work
  /// everywhere, if there are any.
  static let entries: [(keys: String, action: Action)] = {
    let everywhere = Set(all.filter { $0.panel == nil }.flatMap(\.keys).map(\.action))
    var entries: [(keys: String, action: Action)] = []
    for binding in all {
      for (key, action) in binding.keys where binding.panel == nil || !everywhere.contains(action) {
        if case .typeValue = action { continue }
        if let index = entries.firstIndex(where: { $0.action == action }) {
          entries[index].keys += " \(key.symbol)"
        } else {
          entries.append((key.symbol, action))
        }
      }
    }
    return entries
  }()

  /// The entries in which all words of `query` occur, whatever their case.
  static func entries(matching query: String) -> [(keys: String, action: Action)] {
    let words = query.lowercased().split(separator: " ")
    return entries.filter { entry in
      let text = (entry.keys + " " + entry.action.title).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}

extension KeyBinding {
  /// The whole key table as text, a line each.
  public static var table: String {
    let width = all.map(\.title.count).max() ?? 0
    return all.map { binding in
      "  " + binding.title + String(repeating: " ", count: width - binding.title.count + 2) + binding.help
    }.joined(separator: "\n")
  }
}

extension Key {
  /// The key as the key table shows it: arrows as arrows.
  fileprivate var symbol: String {
    switch self {
    case .left: "←"
    case .right: "→"
    case .up: "↑"
    case .down: "↓"
    case .shiftLeft: "Shift+←"
    case .shiftRight: "Shift+→"
    default: name
    }
  }
}
