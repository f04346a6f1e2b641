import Networks
import Screen
import Training

/// The weights in use, and weights that are not saved.
extension Session {
  /// The name of the model in use for headings.
  var modelTitle: String {
    switch training?.weightsInUse {
    case nil, .earlier: modelInUse.name
    case .newest: isTraining ? "being trained" : "trained"
    case .snapshot(let snapshot):
      "\(isUntrained(snapshot) ? "untrained" : "trained"), \(snapshotMark(snapshot))"
    }
  }

  /// Uses weights of the run: its newest ones or those of a requested snapshot.
  mutating func use(_ trained: ModelInUse) {
    let weights = trained.model.weights
    let requested = training?.requested.flatMap { $0.kept.snapshot.weights == weights ? $0 : nil }
    let known = [training?.newest, models.beforeTraining].compactMap { $0 }.first {
      $0.model.weights == weights
    }
    models.inUse = trained
    models.inUse.isTrained = known?.isTrained ?? !(requested.map(isUntrained) ?? false)
    models.inUse.reference = known?.reference ?? requested?.reference
    if let snapshot = requested, training?.newest?.model.weights != weights {
      training?.requested = nil
      training?.weightsInUse = .snapshot(snapshot)
      showLosses(of: snapshot)
    } else {
      if requested != nil {
        training?.requested = nil
        training?.zoom.removeCursor()
      }
      training?.weightsInUse = .newest
      let newest = modelInUse
      training?.newest = newest
    }
    if let requested {
      message = "in use: weights of \(snapshotName(requested)); End, Enter: the last ones"
    }
  }

  /// Tells whether a snapshot's weights are the random ones that a run began with.
  private func isUntrained(_ snapshot: SnapshotTimeline.Snapshot) -> Bool {
    training?.isFresh == true && snapshot.kept.snapshot.position == TrainingPosition()
  }

  /// Moves the chart's cursor to a snapshot to show its losses.
  private mutating func showLosses(of snapshot: SnapshotTimeline.Snapshot) {
    guard let training, let chart = lossChart, !training.curve.losses.isEmpty else { return }
    self.training?.zoom.reset()
    self.training?.zoom.moveCursor(
      to: Double(snapshot.step - training.earlierSteps), within: chart.learntSteps)
  }

  /// Records the file that weights were written to.
  mutating func note(_ path: String, of model: TypedModel) {
    if modelInUse.model.weights == model.weights { models.inUse.reference = path }
    if training?.newest?.model.weights == model.weights { training?.newest?.reference = path }
    if models.beforeTraining?.model.weights == model.weights { models.beforeTraining?.reference = path }
    training?.timeline.note(path, of: model.weights)
  }

  // MARK: Unsaved weights

  /// All models with unsaved weights from training, the one in use first.
  var unsaved: [ModelInUse] {
    var found: [ModelInUse] = []
    for model in [modelInUse, training?.newest, models.beforeTraining].compactMap({ $0 })
    where model.isUnsaved && !found.contains(where: { $0.model.weights == model.model.weights }) {
      found.append(model)
    }
    return found
  }

  /// The unsaved models that cannot be restored after a replacement.
  ///
  /// `X` restores the model before a run, and `T` the weights at its start, but only until the next run:
  /// weights that a new run replaces count as lost.
  func modelsLost(by replacement: WeightReplacement) -> [ModelInUse] {
    let kept: [ModelInUse?]
    switch replacement {
    case .train(_, nil, _): kept = isTraining ? [models.beforeTraining] : []
    case .train: kept = isTraining ? [models.beforeTraining, keepsStart ? modelInUse : nil] : [modelInUse]
    case .discardRun: kept = [models.beforeTraining]
    case .open: kept = []
    case .useSnapshot:
      kept = [models.beforeTraining] + (isKept(modelInUse) ? [modelInUse] : []) + [training?.newest]
    case .fetch: kept = [modelInUse, models.beforeTraining]
    }
    let weights = kept.compactMap { $0?.model.weights }
    return unsaved.filter { !weights.contains($0.model.weights) }
  }

  /// Tells whether a replacement ends a run that has trained weights.
  private func losesRun(by replacement: WeightReplacement) -> Bool {
    guard let training, training.isActive, !training.curve.losses.isEmpty else { return false }
    return switch replacement {
    case .train(_, let phase, _): phase == nil || training.newest == nil
    case .discardRun, .open: true
    case .useSnapshot, .fetch: false
    }
  }

  /// Tells whether a snapshot of the run has the weights of a model.
  private func isKept(_ model: ModelInUse) -> Bool {
    snapshots.contains { $0.kept.snapshot.weights == model.model.weights }
  }

  /// Tells whether the initial weights of a run fit in memory.
  private var keepsStart: Bool { !(training?.timeline.hasNoRoom ?? false) }

  /// Tells whether a replacement loses no unsaved weights.
  func canReplace(by replacement: WeightReplacement) -> Bool {
    modelsLost(by: replacement).isEmpty && !losesRun(by: replacement)
  }

  mutating func carryOut(_ replacement: WeightReplacement) -> [ExplorerEffect] {
    switch replacement {
    case .train(let recipe, let phase, let seed): return train(recipe, phase: phase, seed: seed)
    case .discardRun: return discardTraining()
    case .open(let entry): return [.open(.models, entry)]
    case .useSnapshot(let step): return requestSnapshot(ofStep: step)
    case .fetch: return startFetching()
    }
  }

  // MARK: The question

  /// The answers to the question, in order; the first loses nothing.
  func answers(to replacement: WeightReplacement) -> [(key: Character, brief: String, title: String)] {
    var answers = [
      (key: Character("n"), brief: "no", title: "no, keep them"), ("y", "yes", "yes, \(replacement.title)"),
    ]
    if !modelsLost(by: replacement).isEmpty { answers.append(("w", "save", "only save them to a file")) }
    return answers
  }
}

/// An action that may lose unsaved weights.
enum WeightReplacement: Equatable {
  /// Trains by a recipe: from the current weights in a phase, or afresh.
  case train(Recipe, phase: Int?, seed: UInt64)
  /// Restores the model before the run.
  case discardRun
  /// Opens another model.
  case open(LibraryEntry)
  /// Uses the weights of the snapshot at a step.
  case useSnapshot(step: Int)
  /// Downloads a data set, whose images end the run's history.
  case fetch

  /// The rest of a line that begins with "yes".
  var title: String {
    switch self {
    case .train(_, nil, _): "train from scratch"
    case .train: "train the current weights further"
    case .discardRun: "restore the model before the run"
    case .open(let entry): "open \(entry.title)"
    case .useSnapshot: "use the other weights"
    case .fetch: "fetch the images"
    }
  }
}
