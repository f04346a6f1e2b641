import Explorer
import Training

/// Training in the loop: commands to the run, its updates, and requests for its weights.
extension ExplorerLoop {
  /// The shortest interval between updates of the training display, in seconds.
  private static let trainingInterval = 0.125

  func train(_ state: TrainingState) {
    // Before the new run has started, updates could only be those of the old one.
    nextTrainingUpdate = nil
    waitingCommands = []
    backgroundTasks.train(state)
  }

  /// Sends a command to the run, or keeps it while the run is being prepared.
  func send(_ command: TrainingSession.Command) {
    if waitingCommands != nil {
      waitingCommands?.append(command)
    } else {
      training.send(command)
    }
  }

  /// Records that the requested run has started.
  func noteStart() {
    weightRequests.beginRun()
    nextTrainingUpdate = now
    let commands = waitingCommands ?? []
    waitingCommands = nil
    for command in commands { training.send(command) }
  }

  /// Records that there may be an update.
  ///
  /// Background tasks wake too; an update without changes is harmless. Before a new run has started, updates
  /// could only be those of the old one.
  func noteTrainingUpdate() {
    if state.isTraining, nextTrainingUpdate == nil, waitingCommands == nil { nextTrainingUpdate = now }
  }

  /// Applies a training update, at most once per interval.
  func applyTrainingUpdate() {
    guard let due = nextTrainingUpdate, now >= due else { return }
    let update = training.receiveUpdate()
    let isRunning = update.status == .running
    // The end of training is shown at once: the user may wait for it.
    if isRunning { pacer.noteUpdate() } else { pacer.noteAnswer() }
    carryOut(state.update(.training(update)))
    if let snapshot = update.snapshot { backgroundTasks.prepare(snapshot, isLast: !isRunning) }
    guard state.isTraining else {
      nextTrainingUpdate = nil
      return
    }
    if !update.reports.isEmpty { weightRequests.noteSteps() }
    requestWeights(isRunning: isRunning)
    nextTrainingUpdate = isRunning ? now + Self.trainingInterval : nil
    if !isRunning { training.wakeOnUpdate() }
  }

  func requestWeights(isRunning: Bool) {
    if weightRequests.request(isRunning: isRunning, at: now) { training.send(.snapshot) }
  }
}
