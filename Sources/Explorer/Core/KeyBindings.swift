import Screen

/// A line of the key table: keys, actions, and their texts in footer, list of actions and documents.
public struct KeyBinding: Sendable {
  /// The keys, each with its action and, for the action's first key, its title in the list of actions.
  let keys: [(key: Key, action: Action, title: String?)]
  /// The panel that must have the focus; nil for keys with the same meaning everywhere.
  let panel: Panel?
  /// The keys as text.
  let title: String
  /// One or two words for the footer; empty if the footer omits it.
  let brief: String
  /// A phrase for the key table of help and documents.
  let help: String

  /// Tells whether it pauses, stops or discards an active run.
  var commandsRun: Bool {
    keys.contains { [.pauseOrResume, .stopTraining, .discardTraining].contains($0.action) }
  }

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

  /// All keys, the basic ones first.
  static let all: [KeyBinding] = [
    KeyBinding(
      "← →", "move", "move the selected slider: θ by 5°, a latent by 0.1 standard deviations", in: .sliders,
      [
        (.left, .decrease, "selected slider down one step (rotate)"),
        (.right, .increase, "selected slider up one step (rotate)"),
      ]),
    KeyBinding(
      "↑ ↓", "select", "select a slider", in: .sliders,
      [(.up, .previousSlider, "select the slider above"), (.down, .nextSlider, "select the slider below")]),
    KeyBinding(
      "0–9 -", "", "type a value for the selected slider", in: .sliders,
      "0123456789-".map { (.character($0), .typeValue($0), nil) }),
    KeyBinding(
      "h l", "slider", "move the selected slider by a step, in every panel",
      [(.character("h"), .decrease, nil), (.character("l"), .increase, nil)]),
    KeyBinding(
      "H L", "×10", "move it by ten steps; Shift+← and Shift+→ do the same",
      [
        (.character("H"), .decreaseMuch, "selected slider down ten steps"),
        (.character("L"), .increaseMuch, "selected slider up ten steps"), (.shiftLeft, .decreaseMuch, nil),
        (.shiftRight, .increaseMuch, nil),
      ]),
    KeyBinding(
      ", .", "", "move it by a tenth of a step",
      [
        (.character(","), .decreaseLittle, "selected slider down a tenth of a step"),
        (.character("."), .increaseLittle, "selected slider up a tenth of a step"),
      ]),
    KeyBinding(
      "b", "", "reset the selected slider to the encoder's value, the mark ◇",
      [(.character("b"), .resetOne, "reset the selected slider to the encoder's value")]),
    KeyBinding(
      "Backspace", "reset", "reset all sliders to the encoder's values",
      [(.backspace, .reset, "reset all sliders to the encoder's values")]),
    KeyBinding(
      "r", "", "sample each free latent at random from its distribution in the data",
      [(.character("r"), .randomize, "sample the free latents at random")]),
    KeyBinding(
      "u U", "undo", "undo a change of the sliders, or redo it",
      [
        (.character("u"), .undo, "undo a change of the sliders"),
        (.character("U"), .redo, "redo a change of the sliders"),
      ]),
    KeyBinding(
      "← →", "sample", "pictures in focus: previous and next sample", in: .pictures,
      [(.left, .previousSample, "previous sample"), (.right, .nextSample, "next sample")]),
    KeyBinding(
      "↑ ↓", "ten", "pictures in focus: ten samples back or forward", in: .pictures,
      [(.up, .previousTenSamples, "ten samples back"), (.down, .nextTenSamples, "ten samples forward")]),
    KeyBinding(
      "n p", "sample", "next and previous sample; θ stays, latents are the sample's own",
      [(.character("n"), .nextSample, nil), (.character("p"), .previousSample, nil)]),
    KeyBinding(
      "g", "", "go to a sample by number or, with worst first, by rank",
      [(.character("g"), .goToSample, "go to a sample by number or rank")]),
    KeyBinding(
      "c", "class", "show samples of one class",
      [(.character("c"), .filterSamples, "filter samples by class")]),
    KeyBinding(
      "e", "by error",
      "sort samples, worst first: by error against the input, of the upright reconstruction or of the angle",
      [(.character("e"), .sortSamples, "sort samples by error, worst first, or as stored")]),
    KeyBinding(
      "[ ]", "turn input",
      "rotate the encoder's input by 15°; all sliders move to the encoder's values for it, θ to the same angle",
      [
        (.character("["), .turnInputBack, "rotate (turn) the input clockwise by 15°"),
        (.character("]"), .turnInputForward, "rotate (turn) the input counter-clockwise by 15°"),
      ]),
    KeyBinding(
      "d", "", "switch between images and the latents stored in the model file",
      [(.character("d"), .switchSamples, "switch between images and stored latents")]),
    KeyBinding(
      "v", "view", "last picture: truth, difference, or rose",
      [(.character("v"), .switchView, "last picture: truth, difference, or rose")]),
    KeyBinding(
      "i", "invert", "invert the pictures, for light backgrounds",
      [(.character("i"), .invert, "invert pictures, for light backgrounds")]),
    KeyBinding(
      "{ }", "gamma", "show faint strokes darker or brighter",
      [
        (.character("{"), .darken, "gamma: show faint strokes darker"),
        (.character("}"), .brighten, "gamma: show faint strokes brighter"),
      ]),
    KeyBinding(
      "Tab", "panel", "focus the next panel: sliders, pictures, training; Shift+Tab: the previous one",
      [(.tab, .nextPanel, "focus the next panel"), (.backTab, .previousPanel, "focus the previous panel")]),
    KeyBinding(
      "z", "enlarge", "enlarge the focused panel, or show all panels again",
      [(.character("z"), .enlarge, "enlarge the focused panel, or show all")]),
    KeyBinding(
      "F", "filmstrip", "filmstrip: pictures along the selected slider; F or Esc closes it",
      [(.character("F"), .showFilmstrip, "filmstrip: pictures along the selected slider")]),
    KeyBinding(
      "Esc", "back", "close the filmstrip", in: .filmstrip,
      [(.escape, .closePage, "close the page")]),
    KeyBinding(
      "M", "map", "map: a thousand samples in two dimensions of the latent space; M or Esc closes it",
      [(.character("M"), .showMap, "map of many samples' latents")]),
    KeyBinding(
      "← → ↑ ↓", "move", "map: move the current point, and the sliders with it", in: .map,
      [
        (.left, .mapLeft, "move left"), (.right, .mapRight, "move right"), (.up, .mapUp, "move up"),
        (.down, .mapDown, "move down"),
      ]),
    KeyBinding(
      "Enter", "nearest", "map: open the nearest sample", in: .map,
      [(.enter, .openNearest, "open the nearest sample")]),
    KeyBinding(
      "P", "plane", "map: principal components, or the selected slider and the next", in: .map,
      [(.character("P"), .switchPlane, "principal components, or two sliders")]),
    KeyBinding("Esc", "back", "close the map", in: .map, [(.escape, .closePage, nil)]),
    KeyBinding(
      "D", "draw", "draw a digit by mouse or keys; D or Esc closes the page",
      [(.character("D"), .showDrawing, "draw a digit of your own")]),
    KeyBinding(
      "← → ↑ ↓", "pen", "drawing: move the pen; while it is down, it draws", in: .sketch,
      [
        (.left, .penLeft, "pen left"), (.right, .penRight, "pen right"), (.up, .penUp, "pen up"),
        (.down, .penDown, "pen down"),
      ]),
    KeyBinding(
      "Space", "lower", "drawing: lower or raise the pen", in: .sketch,
      [(.space, .switchPen, "lower or raise the pen")]),
    KeyBinding(
      "e", "eraser", "drawing: brush or eraser", in: .sketch,
      [(.character("e"), .switchEraser, "brush or eraser")]),
    KeyBinding(
      "N", "new", "drawing: start an empty one", in: .sketch,
      [(.character("N"), .clearDrawing, "new, empty drawing")]),
    KeyBinding(
      "W", "save", "drawing: save it to a file", in: .sketch,
      [(.character("W"), .saveDrawing, "save the drawing to a file (write)")]),
    KeyBinding(
      "o", "open", "drawing: open one from a file", in: .sketch,
      [(.character("o"), .chooseDrawing, "open a drawing")]),
    KeyBinding(
      "u U", "undo", "drawing: undo a stroke, or redo it", in: .sketch,
      [(.character("u"), .undoStroke, "undo a stroke"), (.character("U"), .redoStroke, "redo a stroke")]),
    KeyBinding(
      "+ -", "size", "drawing: thicker or thinner brush", in: .sketch,
      [
        (.character("+"), .thickerBrush, "thicker brush"), (.character("="), .thickerBrush, nil),
        (.character("-"), .thinnerBrush, "thinner brush"),
      ]),
    KeyBinding("Esc", "back", "close the drawing page", in: .sketch, [(.escape, .closePage, nil)]),
    KeyBinding(
      "T", "history", "history: snapshots of a run's weights, from its start to now; T or Esc closes it",
      [(.character("T"), .showHistory, "history: snapshots of a run's weights")]),
    KeyBinding(
      "← →", "snapshot", "history: earlier or later snapshot; Home and End: the first, the last", in: .time,
      [
        (.left, .previousSnapshot, "earlier snapshot"), (.right, .nextSnapshot, "later snapshot"),
        (.home, .firstSnapshot, "first snapshot"), (.end, .lastSnapshot, "newest snapshot"),
      ]),
    KeyBinding(
      "Enter", "use", "history: use the snapshot's weights", in: .time,
      [(.enter, .useSnapshot, "use the snapshot's weights")]),
    KeyBinding("Esc", "back", "close the history", in: .time, [(.escape, .closePage, nil)]),
    KeyBinding(
      "C", "compare", "compare a learned decoder with an exact one on the same sample; C or Esc closes it",
      [(.character("C"), .showDecoders, "compare a learned and an exact decoder")]),
    KeyBinding(
      "Enter", "other model", "comparison: choose the other model", in: .decoders,
      [(.enter, .chooseOtherModel, "choose the other model")]),
    KeyBinding("Esc", "back", "close the comparison", in: .decoders, [(.escape, .closePage, nil)]),
    KeyBinding(
      "a", "play", "sweep the selected slider, or stop",
      [(.character("a"), .play, "play: sweep the selected slider, or stop")]),
    KeyBinding(
      "< >", "speed", "play slower or faster",
      [
        (.character("<"), .playSlower, "play slower (speed)"),
        (.character(">"), .playFaster, "play faster (speed)"),
      ]),
    KeyBinding(
      "k", "set A", "set A; filmstrip and play interpolate from A to the current sliders; k again clears A",
      [(.character("k"), .keepStart, "set A, to interpolate to another sample (morph)")]),
    KeyBinding(
      "m", "model", "open a model: bundled ones and files",
      [(.character("m"), .chooseModel, "open (load) a model: bundled ones and files")]),
    KeyBinding(
      "G", "", "fetch the model's training images, or MNIST, in the background; G again stops",
      [(.character("G"), .fetchData, "fetch (download) the model's images, or MNIST")]),
    KeyBinding(
      "w", "", "save the model to a file",
      [(.character("w"), .saveModel, "save the model to a file (write)")]),
    KeyBinding(
      "E", "export", "export the picture, filmstrip, map or screen to a file",
      [(.character("E"), .chooseFigure, "export picture, GIF, map or screenshot")]),
    KeyBinding(
      "t", "train", "train: continue, or from scratch; → edits the recipe",
      [(.character("t"), .chooseTraining, "train; edit recipe, learning rate, frozen parts")]),
    KeyBinding(
      "Space", "pause", "pause or resume training", [(.space, .pauseOrResume, "pause or resume training")]),
    KeyBinding(
      "o", "step", "train on one batch, then pause",
      [(.character("o"), .stepOnce, "train on one batch, then pause")]),
    KeyBinding(
      "x", "stop", "stop training and keep its weights",
      [(.character("x"), .stopTraining, "stop training and keep its weights")]),
    KeyBinding(
      "X", "discard", "stop training and restore the model before it",
      [(.character("X"), .discardTraining, "stop training, restore the model before it")]),
    KeyBinding(
      "f", "", "let training move the latent sliders (follow), or not (hold)",
      [(.character("f"), .switchFollowing, "follow or hold: training moves latent sliders")]),
    KeyBinding(
      "← →", "cursor", "training in focus: move a cursor in the chart; Home and End: its ends",
      in: .training,
      [
        (.left, .cursorLeft, "chart cursor left"), (.right, .cursorRight, "chart cursor right"),
        (.home, .cursorFirst, "chart cursor to the first step shown"),
        (.end, .cursorLast, "chart cursor to the last step shown"),
      ]),
    KeyBinding(
      "+ -", "zoom", "training in focus: zoom around the cursor; ↑ and ↓ do the same", in: .training,
      [
        (.character("+"), .zoomIn, "zoom into the chart"), (.character("="), .zoomIn, nil),
        (.character("-"), .zoomOut, "zoom out of the chart"), (.up, .zoomIn, nil), (.down, .zoomOut, nil),
      ]),
    KeyBinding(
      "0", "whole", "training in focus: show the whole run", in: .training,
      [(.character("0"), .wholeRun, "show the whole run in the chart")]),
    KeyBinding(
      "y", "log", "logarithmic or linear loss axis",
      [(.character("y"), .switchScale, "chart: logarithmic or linear losses")]),
    KeyBinding(
      "Y", "time", "losses by step or by time",
      [(.character("Y"), .switchPlace, "chart: losses by step or by time")]),
    KeyBinding(
      "s", "smooth", "smooth the losses: not, by 0.9, by 0.98",
      [(.character("s"), .switchSmoothing, "chart: smoothing none, 0.9 or 0.98")]),
    KeyBinding(
      "S", "", "show the command that restores this screen (--state)",
      [(.character("S"), .showState, "show the command that restores this screen")]),
    KeyBinding("Ctrl+Z", "", "suspend the explorer; fg in the shell resumes it", []),
    KeyBinding("Ctrl+L", "", "redraw the screen", [(.control("l"), .redraw, "redraw the screen")]),
    KeyBinding(
      "?", "actions", "list, search and run all actions; explains the readouts",
      [(.character("?"), .help, "list all actions (help)")]),
    KeyBinding("q", "quit", "quit", [(.character("q"), .quit, "quit (exit)")]),
  ]

  /// The action of `key` while no overlay is open and `panel` has the focus.
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
}

extension KeyBinding {
  /// The whole key table: keys and their descriptions.
  public static var table: [(keys: String, help: String)] { all.map { ($0.title, $0.help) } }
}
