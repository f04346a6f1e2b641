/// An action of the user.
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
  case show(PageID), closePage
  case page(PageOperation)
  case keepStart, play, playFaster, playSlower
  case fetchData
  case chooseModel, saveModel, chooseFigure
  case chooseTraining, pauseOrResume, stepOnce, stopTraining, discardTraining, switchFollowing
  case cursorLeft, cursorRight, cursorFirst, cursorLast, zoomIn, zoomOut, wholeRun
  case switchScale, switchPlace, switchSmoothing
  case showData, showState, help, redraw, quit
}
