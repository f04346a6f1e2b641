import Screen

extension KeyBinding {
  /// The keys that move sliders and change pictures and panels.
  static let slidersAndPictures: [KeyBinding] = [
    KeyBinding(
      "← →", "move", "move the selected slider: θ by 5°, a latent by 0.1 standard deviations",
      in: .panel(.sliders),
      [
        (.left, .decrease, "selected slider down one step (rotate)"),
        (.right, .increase, "selected slider up one step (rotate)"),
      ]),
    KeyBinding(
      "↑ ↓", "select", "select a slider", in: .panel(.sliders),
      [(.up, .previousSlider, "select the slider above"), (.down, .nextSlider, "select the slider below")]),
    KeyBinding(
      "0–9 -", "", "type a value for the selected slider", in: .panel(.sliders),
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
      synonyms: "random noise prior generate",
      [(.character("r"), .randomize, "sample the free latents at random")]),
    KeyBinding(
      "u U", "undo", "undo a change of the sliders, or redo it",
      [
        (.character("u"), .undo, "undo a change of the sliders"),
        (.character("U"), .redo, "redo a change of the sliders"),
      ]),
    KeyBinding(
      "← →", "sample", "pictures in focus: previous and next sample", in: .panel(.pictures),
      [(.left, .previousSample, "previous sample"), (.right, .nextSample, "next sample")]),
    KeyBinding(
      "↑ ↓", "ten", "pictures in focus: ten samples back or forward", in: .panel(.pictures),
      [(.up, .previousTenSamples, "ten samples back"), (.down, .nextTenSamples, "ten samples forward")]),
    KeyBinding(
      "n p", "sample", "next and previous sample; θ stays, latents are the sample's own",
      [(.character("n"), .nextSample, nil), (.character("p"), .previousSample, nil)]),
    KeyBinding(
      "g", "", "go to a sample by number or, with worst first, by rank", synonyms: "index jump",
      [(.character("g"), .goToSample, "go to a sample by number or rank")]),
    KeyBinding(
      "c", "class", "show samples of one class", synonyms: "label",
      [(.character("c"), .filterSamples, "filter samples by class")]),
    KeyBinding(
      "e", "by error",
      "sort samples, worst first: by error against the input, of the upright reconstruction or of the angle",
      synonyms: "rank order",
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
      "I", "", "show what was read from the data, and how", synonyms: "information dataset labels classes",
      [(.character("I"), .showData, "show what was read from the data")]),
    KeyBinding(
      "v", "view", "last picture: truth, difference, or rose",
      [(.character("v"), .switchView, "last picture: truth, difference, or rose")]),
    KeyBinding(
      "i", "invert", "invert the pictures, for light backgrounds",
      [(.character("i"), .invert, "invert pictures, for light backgrounds")]),
    KeyBinding(
      "{ }", "gamma", "show faint strokes darker or brighter", synonyms: "contrast brightness",
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
  ]

  /// The keys that play, open and write files, and train.
  static let playingAndTraining: [KeyBinding] = [
    KeyBinding(
      "a", "play", "sweep the selected slider, or stop", synonyms: "animate morph interpolate traversal",
      [(.character("a"), .play, "play: sweep the selected slider, or stop")]),
    KeyBinding(
      "< >", "speed", "play slower or faster",
      [
        (.character("<"), .playSlower, "play slower (speed)"),
        (.character(">"), .playFaster, "play faster (speed)"),
      ]),
    KeyBinding(
      "k", "set A", "set A; filmstrip and play interpolate from A to the current sliders; k again clears A",
      synonyms: "interpolation slerp lerp blend",
      [(.character("k"), .keepStart, "set A, to interpolate to another sample (morph)")]),
    KeyBinding(
      "m", "model", "open a model: bundled ones and files", synonyms: "checkpoint weights",
      [(.character("m"), .chooseModel, "open (load) a model: bundled ones and files")]),
    KeyBinding(
      "G", "", "fetch the model's training images, or MNIST, in the background; G again stops",
      synonyms: "dataset",
      [(.character("G"), .fetchData, "fetch (download) the model's images, or MNIST")]),
    KeyBinding(
      "w", "", "save the model to a file", synonyms: "checkpoint export weights",
      [(.character("w"), .saveModel, "save the model to a file (write)")]),
    KeyBinding(
      "E", "export", "export the picture, filmstrip, map or screen to a file",
      synonyms: "save image png svg gif animation filmstrip",
      [(.character("E"), .chooseFigure, "export picture, GIF, map or screenshot")]),
    KeyBinding(
      "t", "train", "train: continue, or from scratch; → edits the recipe",
      synonyms: "epochs batch size seed fine-tune optimizer hyperparameter restart",
      [(.character("t"), .chooseTraining, "train; edit recipe, learning rate, frozen parts")]),
    KeyBinding(
      "Space", "pause", "pause or resume training", [(.space, .pauseOrResume, "pause or resume training")]),
    KeyBinding(
      "o", "step", "train on one batch, then pause",
      [(.character("o"), .stepOnce, "train on one batch, then pause")]),
    KeyBinding(
      "x", "stop", "stop training and keep its weights", synonyms: "cancel abort interrupt",
      [(.character("x"), .stopTraining, "stop training and keep its weights")]),
    KeyBinding(
      "X", "discard", "stop training and restore the model before it", synonyms: "cancel abort interrupt",
      [(.character("X"), .discardTraining, "stop training, restore the model before it")]),
    KeyBinding(
      "f", "", "let training move the latent sliders (follow), or not (hold)", synonyms: "freeze latents",
      [(.character("f"), .switchFollowing, "follow or hold: training moves latent sliders")]),
    KeyBinding(
      "← →", "cursor", "training in focus: move a cursor in the chart; Home and End: its ends",
      in: .panel(.training),
      [
        (.left, .cursorLeft, "chart cursor left"), (.right, .cursorRight, "chart cursor right"),
        (.home, .cursorFirst, "chart cursor to the first step shown"),
        (.end, .cursorLast, "chart cursor to the last step shown"),
      ]),
    KeyBinding(
      "+ -", "zoom", "training in focus: zoom around the cursor; ↑ and ↓ do the same", in: .panel(.training),
      [
        (.character("+"), .zoomIn, "zoom into the chart"), (.character("="), .zoomIn, nil),
        (.character("-"), .zoomOut, "zoom out of the chart"), (.up, .zoomIn, nil), (.down, .zoomOut, nil),
      ]),
    KeyBinding(
      "0", "whole", "training in focus: show the whole run", in: .panel(.training),
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
      "S", "", "show the command that restores this screen (--state)", synonyms: "link share copy",
      [(.character("S"), .showState, "show the command that restores this screen")]),
    KeyBinding("Ctrl+Z", "", "suspend the explorer; fg in the shell resumes it", []),
    KeyBinding("Ctrl+L", "", "redraw the screen", [(.control("l"), .redraw, "redraw the screen")]),
    KeyBinding(
      "?", "actions", "list, search and run all actions; explains the readouts",
      [(.character("?"), .help, "list all actions (help)")]),
    KeyBinding("q", "quit", "quit", [(.character("q"), .quit, "quit (exit)")]),
  ]
}
