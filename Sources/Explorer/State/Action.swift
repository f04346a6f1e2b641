/// What a person can do.
enum Action: Hashable, Sendable {
  case decrease, increase, decreaseMuch, increaseMuch, decreaseLittle, increaseLittle
  case previousSlider, nextSlider
  case resetOne, reset, randomize, undo, redo
  case typeValue(Character)
  case nextSample, previousSample, nextTenSamples, previousTenSamples, goToSample
  case filterSamples, sortSamples, switchSamples
  case turnInputBack, turnInputForward
  case switchView, invert, brighten, darken
  case nextPanel, previousPanel, enlarge
  case chooseModel, saveModel
  case chooseTraining, pauseOrResume, stepOnce, stopTraining, discardTraining, switchFollowing
  case cursorLeft, cursorRight, cursorFirst, cursorLast, zoomIn, zoomOut, wholeRun
  case switchScale, switchPlace, switchSmoothing
  case showState, help, redraw, quit

  /// A phrase for the list of actions.
  var title: String {
    switch self {
    case .decrease: "move the selected slider down by a step"
    case .increase: "move the selected slider up by a step"
    case .decreaseMuch: "move it down by ten steps"
    case .increaseMuch: "move it up by ten steps"
    case .decreaseLittle: "move it down by a tenth of a step"
    case .increaseLittle: "move it up by a tenth of a step"
    case .previousSlider: "select the slider above"
    case .nextSlider: "select the slider below"
    case .resetOne: "reset the selected slider to the encoder's reading"
    case .reset: "reset all sliders to the encoder's reading"
    case .randomize: "draw free latents at random, as the data have them"
    case .undo: "undo: take back what was done to the sliders"
    case .redo: "redo: do it again"
    case .typeValue: "type a value for the selected slider"
    case .nextSample: "next sample"
    case .previousSample: "previous sample"
    case .nextTenSamples: "ten samples on"
    case .previousTenSamples: "ten samples back"
    case .goToSample: "go to a sample by its number"
    case .filterSamples: "filter samples by class"
    case .sortSamples: "sort samples by error, worst first, or as stored"
    case .switchSamples: "switch between images and the model's stored readings"
    case .turnInputBack: "turn the input clockwise by 15°"
    case .turnInputForward: "turn the input counter-clockwise by 15°"
    case .switchView: "last picture: truth, difference, or rose of angles"
    case .invert: "invert pictures, for light backgrounds"
    case .brighten: "show faint ink stronger (gamma)"
    case .darken: "show faint ink weaker (gamma)"
    case .nextPanel: "focus the next panel"
    case .previousPanel: "focus the previous panel"
    case .enlarge: "enlarge the focused panel, or all panels again"
    case .chooseModel: "choose a model: bundled ones and files"
    case .saveModel: "write the model in use to a file"
    case .chooseTraining: "train: afresh, or continue; change the recipe"
    case .pauseOrResume: "pause training, or go on"
    case .stepOnce: "learn from one batch, then pause"
    case .stopTraining: "stop training and keep its weights"
    case .discardTraining: "stop training and go back to the model before"
    case .switchFollowing: "follow or hold: may training move the latents' sliders?"
    case .cursorLeft: "chart: cursor to the left"
    case .cursorRight: "chart: cursor to the right"
    case .cursorFirst: "chart: cursor to the first step in sight"
    case .cursorLast: "chart: cursor to the last step in sight"
    case .zoomIn: "chart: zoom in around the cursor"
    case .zoomOut: "chart: zoom out"
    case .wholeRun: "chart: show the whole run, without a cursor"
    case .switchScale: "chart: logarithmic or linear losses"
    case .switchPlace: "chart: by steps or by time"
    case .switchSmoothing: "chart: smoothing none, 0.9 or 0.98"
    case .showState: "show the line that brings back this screen"
    case .help: "list all actions"
    case .redraw: "draw the screen afresh"
    case .quit: "quit"
    }
  }
}
