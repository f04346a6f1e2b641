import Networks
import Screen
import Training

extension Session {
  /// A line of the training menu.
  private struct TrainingChoice {
    var title: String
    var recipe: Recipe
    /// The phase in which to continue from the current weights; nil to start afresh.
    var phase: Int?
    /// The state of a stopped run to resume.
    var state: TrainingState?
    /// Tells whether the line resumes the active run.
    var isRun = false
  }

  /// The lines of the training menu.
  var trainingTitles: [String] { trainingChoices.map(\.title) }

  /// The active or stopped run, then the recipes for the network.
  private var trainingChoices: [TrainingChoice] {
    if let training, training.isActive {
      let (position, recipe) = (training.position, training.configuration.recipe)
      let epochs = training.phase.map { " of \($0.epochs)" } ?? ""
      let run = TrainingChoice(
        title: "continue this run: phase \(position.phase + 1), epoch \(position.epoch + 1)\(epochs)",
        recipe: recipe, isRun: true)
      return [run] + recipeChoices
    }
    guard let state = training?.progress.stoppedState,
      state.position.phase < state.configuration.recipe.phases.count
    else { return recipeChoices }
    let (position, recipe) = (state.position, state.configuration.recipe)
    let stopped = TrainingChoice(
      title: "resume the stopped run: phase \(position.phase + 1), epoch \(position.epoch + 1)",
      recipe: recipe, state: state)
    return [stopped] + recipeChoices
  }

  /// The recipes for the network, afresh or from the current weights; the model's own comes first.
  private var recipeChoices: [TrainingChoice] {
    let details = modelInUse.model.details
    let architecture = modelInUse.model.architecture
    let preset = Preset.all.first {
      $0.architecture(for: architecture.imageShape) == architecture && $0.recipe.name == "joint"
    }
    var joint = Recipe.joint(
      for: architecture, epochs: preset?.recipe.phases[0].epochs ?? Recipe.jointEpochs)
    joint.interpolation = details.interpolation
    if let own = details.recipe, own.name == joint.name, own.phases.count == 1 {
      let epochs = joint.phases[0].epochs
      joint = own
      joint.phases[0].epochs = epochs
    }
    // The maximum of the learning-rate cycle would destroy the weights.
    var further = joint
    further.schedule = .constant
    further.learningRate /= 10
    var article = Recipe.article()
    article.interpolation = details.interpolation
    let together = [
      TrainingChoice(
        title: "from scratch, all parts at once: \(joint.phases[0].epochs) epochs", recipe: joint),
      TrainingChoice(
        title: "continue, all parts at once: \(further.phases[0].epochs) epochs", recipe: further, phase: 0),
    ]
    guard modelInUse.model.architecture.encoderKind == .direct else { return together }
    let epochs = article.phases.map { "\($0.epochs)" }.joined(separator: " + ")
    let inPhases =
      [TrainingChoice(title: "from scratch, in three phases: \(epochs) epochs", recipe: article)]
      + article.phases.enumerated().map { index, phase in
        TrainingChoice(
          title: "continue in phase \(index + 1): \(phase.name), \(phase.epochs) epochs", recipe: article,
          phase: index)
      }
    return details.recipe?.name == joint.name ? together + inPhases : inPhases + together
  }

  /// The changes that train by a line of the training menu.
  func trainingChange(choice number: Int) -> [Change] {
    let choice = trainingChoices[number]
    if choice.isRun { return training?.status == .paused ? [.session { $0.pauseOrResume() }] : [] }
    if let state = choice.state { return [.session { $0.start(state, isResumed: true) }] }
    return [.replaceWeights(.train(choice.recipe, phase: choice.phase, seed: 0))]
  }

  /// An editor for the recipe of a menu line; nil for a resumed run.
  func recipeEditor(choice number: Int) -> RecipeEditor? {
    let choices = trainingChoices
    let choice = choices[min(number, choices.count - 1)]
    guard choice.state == nil, !choice.isRun else { return nil }
    return RecipeEditor(
      menuLine: number, recipe: choice.recipe, phase: choice.phase, headName: headName)
  }

  /// The name of the typed coordinates' heads.
  var headName: String {
    schema.typed.count == 1 ? "\(schema.typed[0].meaning.rawValue) head" : "typed heads"
  }

  /// Trains by a recipe: from its start or, from the current weights, from a phase on.
  mutating func train(_ recipe: Recipe, phase: Int?, seed: UInt64) -> [ExplorerEffect] {
    let configuration = TrainingConfiguration(
      architecture: modelInUse.model.architecture, recipe: recipe, seed: seed)
    let state =
      phase.map { TrainingState(configuration, phase: $0, weights: modelInUse.model.weights) }
      ?? TrainingState(configuration)
    return start(state, isResumed: phase != nil)
  }

  private mutating func start(_ state: TrainingState, isResumed: Bool) -> [ExplorerEffect] {
    guard let dataset else {
      message = "training needs images: start with --data digits"
      return []
    }
    if training?.progress.stoppedState == state {
      // A resumed run is still the same run.
      training?.resume()
    } else {
      if !isTraining {
        models.inUse.headsUntrained = headsUntrained
        models.inUse.name = modelTitle
        models.beforeTraining = modelInUse
      }
      models.runCount += 1
      training = TrainingPanel(
        state, run: models.runCount, isFresh: !isResumed || headsUntrained)
    }
    training?.requested = nil
    // Latents of other weights are meaningless for new ones, so the sliders follow.
    if !isResumed { sliderPanel.followsTraining = true }
    message =
      sliderPanel.followsTraining
      ? "training; latent sliders follow the encoder (f: hold)" : "training; latent sliders hold (f: follow)"
    if case .encoderOutputs(let data, _) = samples {
      // New weights encode images, so stored latents are replaced by the training images.
      selection.show(Samples(of: dataset, for: modelInUse))
      rebuildSliderScales()
      showSample(keepingValues: true)
      message = "no images of \(data): training on \(dataset.title)"
    }
    return [.train(state)]
  }

  /// Ends the run and restores the previous model.
  mutating func discardTraining() -> [ExplorerEffect] {
    guard training != nil, let model = models.beforeTraining else {
      message = "no training run to discard"
      return []
    }
    let effects: [ExplorerEffect] = isTraining ? [.command(.stop)] : []
    training = nil
    models.beforeTraining = nil
    restore(model)
    message = "restored the model before training: \(model.name)"
    return effects
  }

  /// Tells whether the typed heads are untrained and their values meaningless.
  var headsUntrained: Bool {
    training?.headsUntrained(modelInUse.model.details.recipe) ?? modelInUse.headsUntrained
  }

  /// Receives an update of the run.
  mutating func receive(_ update: TrainingUpdate) {
    guard var panel = training else { return }
    let wasActive = panel.isActive
    let phase = panel.position.phase
    panel.receive(update)
    training = panel
    if panel.position.phase != phase, panel.isActive, let name = panel.phase?.name {
      message = "phase \(panel.position.phase + 1): \(name)"
    }
    guard wasActive, !panel.isActive else { return }
    switch panel.status {
    case .finished: message = "training finished; w saves the model, X restores the one before"
    case .stopped: message = "training stopped; t resumes, w saves the model, X restores the one before"
    case .failed(let error): message = "training failed: \(error)"
    case .idle, .running, .paused: break
    }
  }

  mutating func pauseOrResume() -> [ExplorerEffect] {
    guard let training, training.isActive else {
      message = "no training run; t starts one"
      return []
    }
    return [.command(training.status == .paused ? .resume : .pause)]
  }

  mutating func commandRun(_ command: TrainingSession.Command) -> [ExplorerEffect] {
    guard let training, training.isActive else {
      message = "no training run; t starts one"
      return []
    }
    return [.command(command)]
  }

  /// Requests the weights of the snapshot at a step.
  mutating func requestSnapshot(ofStep step: Int) -> [ExplorerEffect] {
    guard let snapshot = snapshots.first(where: { $0.step == step }), !isTraining else { return [] }
    training?.requested = snapshot
    return [.recall(snapshot.kept.snapshot)]
  }
}
