import Datasets
import Screen
import Training

/// The state of the explorer without a terminal.
///
/// `update` handles an event and returns effects for the program to carry out; `draw` draws the state on a
/// canvas. Neither reads a clock, a file or a terminal.
public struct ExplorerState {
  var session: Session
  var pages = Pages()
  /// The page that fills the screen; nil for the panels.
  var route: PageID?
  /// The panel that has the focus, also after a page is closed.
  var focus = Panel.sliders
  /// Tells whether the focused panel fills the screen.
  var isEnlarged = false
  var overlay: Overlay?
  /// The target of the current drag.
  var dragTarget: DragTarget?
  /// Keys, mouse events and ticks deferred until the awaited inference.
  var deferredEvents: [ExplorerEvent] = []
  var queries = QuerySender()
  var readoutRequest = Request<ReadoutQuery>()
  /// Tells whether the last key warned that quitting loses weights.
  var hasWarnedOfLoss = false
  /// The text that restores the screen at the time of the request.
  public internal(set) var shownState: StateText?
  let startsTraining: Bool

  /// Opens on the first sample of a data set, or on the model's stored latents without one.
  ///
  /// - Parameters:
  ///   - dataReference: the value of `--data`, nil for a data set without a name.
  ///   - dataRemarks: what was read from it, and how.
  ///   - prefersImages: true if the user requested the data set; otherwise the stored latents of a model
  ///     that was trained on other images replace it.
  ///   - startsTraining: true if `start` begins to train afresh.
  ///   - showsHints: true to show the first steps to a new user.
  public init(
    model: ModelInUse, dataset: Dataset?, dataReference: String? = nil,
    dataRemarks: [DataRemark] = [], size: Size, capabilities: Capabilities, prefersImages: Bool = false,
    startsTraining: Bool = false,
    showsHints: Bool = false
  ) {
    self.startsTraining = startsTraining
    session = Session(
      model: model,
      data: Session.AvailableData(
        dataset: dataset, reference: dataReference, isPreferred: prefersImages, remarks: dataRemarks),
      display: Session.Display(capabilities: capabilities, size: size, showsHints: showsHints))
  }

  /// Returns the effects of opening.
  public mutating func start() -> [ExplorerEffect] {
    session.survey.isWanted = true
    return (startsTraining ? apply(session.trainingChange(choice: 0)) : []) + sendQueries()
  }

  /// The screen's size.
  public var size: Size { session.display.size }

  /// The message that replaces the readouts in the status line.
  public var message: String? { session.message }

  /// Tells whether the playback runs and needs ticks.
  public var isPlaying: Bool { session.path.playback != nil }

  /// Tells whether a run is currently learning.
  public var isLearning: Bool { session.training?.status == .running }

  /// Tells whether a run is learning or paused.
  public var isTraining: Bool { session.isTraining }

  /// The models that would be lost if the program ended now: unsaved weights from training.
  public var unsavedModels: [TypedModel] { session.unsaved.map(\.model) }

  /// Tells whether an inference runs on another thread.
  public var awaitsInference: Bool { session.inference.request.awaited != nil }

  /// True while events wait for an inference.
  public var hasDeferredEvents: Bool { !deferredEvents.isEmpty }

  /// The part of the screen that keys act on.
  var place: Place { route.map { .page($0) } ?? .panel(focus) }

  /// Sends the queries whose answers the screen lacks.
  mutating func sendQueries() -> [ExplorerEffect] {
    session.sendInference(through: &queries)
    queries.isBlocked = session.inference.isPending
    readoutRequest.update(wanted: session.readoutQuery, through: &queries)
    if readoutRequest.answer == nil { session.readouts.apply(Readouts()) }
    pages.sendQueries(shown: layout.page, session, through: &queries)
    session.sendPhaseSummary(through: &queries)
    session.survey.send(for: session, through: &queries)
    session.selection.sendRanking(through: &queries)
    return queries.removeEffects()
  }

  /// Receives the answer of a query; answers that are no longer awaited are ignored.
  mutating func receive(_ answer: QueryAnswer) -> [ExplorerEffect] {
    if case .failure(let failure) = answer.result { session.message = failure.sentence }
    session.receiveInference(answer)
    session.survey.receive(answer)
    session.receiveRanking(answer)
    if let readouts = readoutRequest.receive(answer, wanted: session.subject) {
      session.readouts.apply(readouts)
    }
    session.receivePhaseSummary(answer)
    return apply(pages.receive(answer, session))
  }
}
