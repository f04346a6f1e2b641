import Screen

/// A line of the key table: keys, what they do, and how footer, list of actions and documents say it.
public struct KeyBinding: Sendable {
  /// The keys, each with its action and, with the action's first key, what the list of actions calls it.
  let keys: [(key: Key, action: Action, title: String?)]
  /// The panel that must have the focus; absent for keys that mean the same everywhere.
  let panel: Panel?
  /// The keys as people read them.
  let title: String
  /// One or two words for the footer; empty where the footer leaves it out.
  let brief: String
  /// A phrase for the key table of help and documents.
  let help: String

  private init(
    _ title: String, _ brief: String, _ help: String, in panel: Panel? = nil,
    _ keys: [(key: Key, action: Action, title: String?)]
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
      [
        (.left, .decrease, "move the selected slider down by a step (θ: rotate)"),
        (.right, .increase, "move the selected slider up by a step (θ: rotate)"),
      ]),
    KeyBinding(
      "↑ ↓", "select", "select a slider", in: .sliders,
      [(.up, .previousSlider, "select the slider above"), (.down, .nextSlider, "select the slider below")]),
    KeyBinding(
      "0–9 -", "", "type a value for it", in: .sliders,
      "0123456789-".map { (.character($0), .typeValue($0), nil) }),
    KeyBinding(
      "h l", "slider", "move it by a step, also where ← and → do something else",
      [(.character("h"), .decrease, nil), (.character("l"), .increase, nil)]),
    KeyBinding(
      "H L", "×10", "move it ten times as far; Shift+← and Shift+→ do the same",
      [
        (.character("H"), .decreaseMuch, "move it down by ten steps"),
        (.character("L"), .increaseMuch, "move it up by ten steps"), (.shiftLeft, .decreaseMuch, nil),
        (.shiftRight, .increaseMuch, nil),
      ]),
    KeyBinding(
      ", .", "", "move it a tenth as far",
      [
        (.character(","), .decreaseLittle, "move it down by a tenth of a step"),
        (.character("."), .increaseLittle, "move it up by a tenth of a step"),
      ]),
    KeyBinding(
      "b", "", "move the selected slider back to the encoder's reading, its mark",
      [(.character("b"), .resetOne, "reset the selected slider to the encoder's reading")]),
    KeyBinding(
      "Backspace", "reset", "move all sliders back to their marks",
      [(.backspace, .reset, "reset all sliders to the encoder's reading")]),
    KeyBinding(
      "r", "", "draw free latents at random, as the data have them",
      [(.character("r"), .randomize, "draw free latents at random, as the data have them")]),
    KeyBinding(
      "u U", "undo", "take back what was done to the sliders, or do it again",
      [
        (.character("u"), .undo, "undo: take back what was done to the sliders"),
        (.character("U"), .redo, "redo: do it again"),
      ]),
    KeyBinding(
      "← →", "sample", "with the pictures in focus: previous and next sample", in: .pictures,
      [(.left, .previousSample, "previous sample"), (.right, .nextSample, "next sample")]),
    KeyBinding(
      "↑ ↓", "ten", "with the pictures in focus: ten samples back and on", in: .pictures,
      [(.up, .previousTenSamples, "ten samples back"), (.down, .nextTenSamples, "ten samples on")]),
    KeyBinding(
      "n p", "sample", "next and previous sample; θ stays as it is, latents are the sample's own",
      [(.character("n"), .nextSample, nil), (.character("p"), .previousSample, nil)]),
    KeyBinding(
      "g", "", "go to a sample by its number or, with the worst first, by its rank",
      [(.character("g"), .goToSample, "go to a sample by its number or rank")]),
    KeyBinding(
      "c", "class", "show samples of one class only",
      [(.character("c"), .filterSamples, "filter samples by class")]),
    KeyBinding(
      "e", "by error",
      "worst first: sort samples by an error against the input, of the upright reconstruction or of the angle",
      [(.character("e"), .sortSamples, "worst first: sort samples by an error, or as stored")]),
    KeyBinding(
      "[ ]", "turn input",
      "turn what the encoder sees by 15°; θ goes to the same angle, all other sliders to the input as well",
      [
        (.character("["), .turnInputBack, "turn (rotate) the input clockwise by 15°"),
        (.character("]"), .turnInputForward, "turn (rotate) the input counter-clockwise by 15°"),
      ]),
    KeyBinding(
      "d", "", "switch between images and the model's stored readings",
      [(.character("d"), .switchSamples, "switch between images and the model's stored readings")]),
    KeyBinding(
      "v", "view", "last picture: truth, difference, or rose of angles",
      [(.character("v"), .switchView, "last picture: truth, difference, or rose of angles")]),
    KeyBinding(
      "i", "invert", "invert the pictures, for light backgrounds",
      [(.character("i"), .invert, "invert pictures, for light backgrounds")]),
    KeyBinding(
      "{ }", "gamma", "show faint ink weaker or stronger",
      [
        (.character("{"), .darken, "show faint ink weaker (gamma)"),
        (.character("}"), .brighten, "show faint ink stronger (gamma)"),
      ]),
    KeyBinding(
      "Tab", "panel", "focus the next panel: sliders, pictures, training; Shift+Tab: the one before",
      [(.tab, .nextPanel, "focus the next panel"), (.backTab, .previousPanel, "focus the previous panel")]),
    KeyBinding(
      "z", "enlarge", "enlarge the focused panel, or show all panels again",
      [(.character("z"), .enlarge, "enlarge the focused panel, or all panels again")]),
    KeyBinding(
      "F", "filmstrip", "pictures along the selected slider from end to end; F or Esc goes back",
      [(.character("F"), .showFilmstrip, "filmstrip: the selected slider, such as every angle")]),
    KeyBinding(
      "Esc", "back", "leave the filmstrip", in: .filmstrip,
      [(.escape, .closePage, "leave a page that has the screen for itself")]),
    KeyBinding(
      "M", "map", "a thousand samples in two dimensions of the latent space; M or Esc goes back",
      [(.character("M"), .showMap, "map of many samples' latents")]),
    KeyBinding(
      "← → ↑ ↓", "move", "on the map: move there, and the sliders along", in: .map,
      [
        (.left, .mapLeft, "map: to the left"), (.right, .mapRight, "map: to the right"),
        (.up, .mapUp, "map: up"), (.down, .mapDown, "map: down"),
      ]),
    KeyBinding(
      "Enter", "nearest", "on the map: open the nearest sample", in: .map,
      [(.enter, .openNearest, "map: open the nearest sample")]),
    KeyBinding(
      "P", "plane", "on the map: principal components, or the selected slider and the next", in: .map,
      [(.character("P"), .switchPlane, "map: principal components, or two sliders")]),
    KeyBinding("Esc", "back", "leave the map", in: .map, [(.escape, .closePage, nil)]),
    KeyBinding(
      "D", "draw", "draw a digit yourself, by mouse or keys; D or Esc goes back",
      [(.character("D"), .showSketch, "draw: a sheet for a digit of your own")]),
    KeyBinding(
      "← → ↑ ↓", "pen", "on the sheet: move the pen; where it is down, this draws", in: .sketch,
      [
        (.left, .penLeft, "draw: pen to the left"), (.right, .penRight, "draw: pen to the right"),
        (.up, .penUp, "draw: pen up"), (.down, .penDown, "draw: pen down"),
      ]),
    KeyBinding(
      "Space", "down", "on the sheet: put the pen down, or lift it", in: .sketch,
      [(.space, .switchPen, "draw: put the pen down, or lift it")]),
    KeyBinding(
      "e", "eraser", "on the sheet: brush or eraser", in: .sketch,
      [(.character("e"), .switchEraser, "draw: brush or eraser")]),
    KeyBinding(
      "N", "new", "on the sheet: an empty one", in: .sketch,
      [(.character("N"), .clearSketch, "draw: an empty sheet")]),
    KeyBinding(
      "W", "write", "on the sheet: write the drawing to a file", in: .sketch,
      [(.character("W"), .saveSketch, "draw: write the drawing to a file")]),
    KeyBinding(
      "o", "open", "on the sheet: open a drawing", in: .sketch,
      [(.character("o"), .chooseSketch, "draw: open a drawing")]),
    KeyBinding(
      "u U", "undo", "on the sheet: take back a stroke, or do it again", in: .sketch,
      [
        (.character("u"), .undoStroke, "draw: take back a stroke"),
        (.character("U"), .redoStroke, "draw: do it again"),
      ]),
    KeyBinding(
      "+ -", "size", "on the sheet: a thicker or a thinner brush", in: .sketch,
      [
        (.character("+"), .thickerBrush, "draw: thicker brush"), (.character("="), .thickerBrush, nil),
        (.character("-"), .thinnerBrush, "draw: thinner brush"),
      ]),
    KeyBinding("Esc", "back", "leave the sheet", in: .sketch, [(.escape, .closePage, nil)]),
    KeyBinding(
      "T", "time", "leaf through the weights of a run, from its start to now; T or Esc goes back",
      [(.character("T"), .showTime, "time travel: a run's weights, phase by phase")]),
    KeyBinding(
      "← →", "leaf", "on the page of times: an earlier or a later moment; Home and End: the first, the last",
      in: .time,
      [
        (.left, .timeBack, "time: an earlier moment"), (.right, .timeForward, "time: a later moment"),
        (.home, .timeFirst, "time: the first moment"), (.end, .timeLast, "time: the newest moment"),
      ]),
    KeyBinding(
      "Enter", "use", "on the page of times: take the moment's weights for the model in use", in: .time,
      [(.enter, .takeMoment, "time: take the moment's weights for the model in use")]),
    KeyBinding("Esc", "back", "leave the page of times", in: .time, [(.escape, .closePage, nil)]),
    KeyBinding(
      "C", "compare", "a learned decoder beside an exact one, for the same code; C or Esc goes back",
      [(.character("C"), .showDecoders, "compare: a learned decoder beside an exact one")]),
    KeyBinding(
      "Enter", "other model", "while comparing: choose the other model", in: .decoders,
      [(.enter, .chooseCounterpart, "compare: choose the other model")]),
    KeyBinding("Esc", "back", "leave the comparison", in: .decoders, [(.escape, .closePage, nil)]),
    KeyBinding(
      "a", "play", "sweep the selected slider in time, or stop",
      [(.character("a"), .play, "play: sweep the selected slider in time, or stop")]),
    KeyBinding(
      "< >", "speed", "play slower or faster",
      [
        (.character("<"), .playSlower, "play slower (speed)"),
        (.character(">"), .playFaster, "play faster (speed)"),
      ]),
    KeyBinding(
      "k", "A → B",
      "keep what is shown as A; filmstrip and play go from there to what is shown; again lets go",
      [(.character("k"), .keepStart, "keep this as A, to go from A to another sample")]),
    KeyBinding(
      "m", "model", "choose a model: bundled ones and files",
      [(.character("m"), .chooseModel, "choose a model: bundled ones and files (load, open)")]),
    KeyBinding(
      "G", "", "fetch the images that the model learnt from, or MNIST, in the background; again stops",
      [(.character("G"), .fetchData, "fetch the model's images, or MNIST, in the background")]),
    KeyBinding(
      "w", "", "write the model in use to a file",
      [(.character("w"), .saveModel, "write the model in use to a file (save)")]),
    KeyBinding(
      "E", "export", "write the picture, the filmstrip, the map or the screen to a file",
      [(.character("E"), .chooseFigure, "export: save picture, filmstrip, GIF, map or screen")]),
    KeyBinding(
      "t", "train", "train: afresh, or continue; → changes the recipe",
      [(.character("t"), .chooseTraining, "train: afresh, or continue; change recipe, freeze parts")]),
    KeyBinding(
      "Space", "pause", "pause training, or go on", [(.space, .pauseOrResume, "pause training, or go on")]),
    KeyBinding(
      "o", "step", "learn from one batch, then pause",
      [(.character("o"), .stepOnce, "learn from one batch, then pause")]),
    KeyBinding(
      "x", "stop", "stop training and keep its weights",
      [(.character("x"), .stopTraining, "stop training and keep its weights")]),
    KeyBinding(
      "X", "", "stop training and go back to the model before it",
      [(.character("X"), .discardTraining, "stop training and go back to the model before")]),
    KeyBinding(
      "f", "", "let training move the latents' sliders (follow), or not (hold)",
      [(.character("f"), .switchFollowing, "follow or hold: may training move the latents' sliders?")]),
    KeyBinding(
      "← →", "cursor", "with the training in focus: a cursor in the chart; Home and End: its ends",
      in: .training,
      [
        (.left, .cursorLeft, "chart: cursor to the left"),
        (.right, .cursorRight, "chart: cursor to the right"),
        (.home, .cursorFirst, "chart: cursor to the first step in sight"),
        (.end, .cursorLast, "chart: cursor to the last step in sight"),
      ]),
    KeyBinding(
      "+ -", "zoom", "with the training in focus: zoom around the cursor; ↑ and ↓ do the same", in: .training,
      [
        (.character("+"), .zoomIn, "chart: zoom in around the cursor"), (.character("="), .zoomIn, nil),
        (.character("-"), .zoomOut, "chart: zoom out"), (.up, .zoomIn, nil),
        (.down, .zoomOut, nil),
      ]),
    KeyBinding(
      "0", "whole", "with the training in focus: show the whole run again", in: .training,
      [(.character("0"), .wholeRun, "chart: show the whole run, without a cursor")]),
    KeyBinding(
      "y", "log", "losses on a logarithmic or a linear axis",
      [(.character("y"), .switchScale, "chart: logarithmic or linear losses")]),
    KeyBinding(
      "Y", "time", "losses by step or by time",
      [(.character("Y"), .switchPlace, "chart: by steps or by time")]),
    KeyBinding(
      "s", "smooth", "smooth the losses: not, by 0.9, by 0.98",
      [(.character("s"), .switchSmoothing, "chart: smoothing none, 0.9 or 0.98")]),
    KeyBinding(
      "S", "", "show the line that brings back this screen, for --state",
      [(.character("S"), .showState, "show the line that brings back this screen")]),
    KeyBinding("Ctrl+Z", "", "leave the explorer waiting; fg in the shell brings it back", []),
    KeyBinding("Ctrl+L", "", "draw the screen afresh", [(.control("l"), .redraw, "draw the screen afresh")]),
    KeyBinding(
      "?", "actions", "list every action, search it and run it",
      [(.character("?"), .help, "list all actions")]),
    KeyBinding("q", "quit", "quit", [(.character("q"), .quit, "quit (exit)")]),
  ]

  /// What `key` does while no overlay is open and `panel` has the focus.
  static func action(for key: Key, in panel: Panel) -> Action? { actions[panel]?[key] }

  private static let actions = Dictionary(
    uniqueKeysWithValues: Panel.allCases.map { panel in
      // On a page the arrows move the sliders.
      let bindings =
        all.filter { $0.panel == panel } + (panel.isPage ? all.filter { $0.panel == .sliders } : [])
        + all.filter { $0.panel == nil }
      return (
        panel,
        Dictionary(
          bindings.flatMap(\.keys).map { ($0.key, $0.action) }, uniquingKeysWith: { first, _ in first })
      )
    })

  /// Every action that can be picked from a list, with its keys as people read them: those that work
  /// everywhere, if there are any.
  static let entries: [Entry] = {
    let everywhere = Set(all.filter { $0.panel == nil }.flatMap(\.keys).map(\.action))
    var entries: [Entry] = []
    for (_, action, title) in all.flatMap(\.keys) {
      guard let title else { continue }
      let keys = all.flatMap { binding in
        binding.keys.filter {
          $0.action == action && (binding.panel == nil || !everywhere.contains(action))
        }
      }
      // Every page is left by the same key.
      var symbols: [String] = []
      for symbol in keys.map(\.key.symbol) where !symbols.contains(symbol) { symbols.append(symbol) }
      entries.append(Entry(keys: symbols.joined(separator: " "), title: title, action: action))
    }
    return entries
  }()

  /// A line of the list of actions.
  struct Entry {
    /// The keys as people read them.
    let keys: String
    /// What the action does.
    let title: String
    let action: Action
  }

  /// The entries in which all words of `query` occur, whatever their case; on a page its own come first.
  static func entries(matching query: String, on panel: Panel = .sliders) -> [Entry] {
    let words = query.lowercased().split(separator: " ")
    let found = entries.filter { entry in
      let text = (entry.keys + " " + entry.title).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    guard panel.isPage else { return found }
    let own = Set(all.filter { $0.panel == panel }.flatMap(\.keys).map(\.action))
    return found.filter { own.contains($0.action) } + found.filter { !own.contains($0.action) }
  }
}

extension KeyBinding {
  /// The whole key table: keys, and what they do.
  public static var table: [(keys: String, help: String)] { all.map { ($0.title, $0.help) } }
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
