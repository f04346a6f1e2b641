import Networks
import Screen
import Training

extension ExplorerState {
  /// The choices of the training menu: afresh, or the current weights in each phase.
  var trainingChoices: [String] {
    let phases = trainingRecipe.phases
    let afresh = "afresh: " + phases.map { "\($0.epochs)" }.joined(separator: " + ") + " epochs"
    return [afresh]
      + phases.enumerated().map { "continue in phase \($0 + 1): \($1.name), \($1.epochs) epochs" }
  }

  private var trainingRecipe: Recipe {
    var recipe = Recipe.article()
    recipe.interpolation = current.model.details.interpolation
    return recipe
  }

  /// Trains from new weights, or the current ones from a phase on.
  mutating func train(fromPhase phase: Int?) -> [ExplorerEffect] {
    guard dataset != nil else {
      message = "training needs images: start with --data digits"
      return []
    }
    let configuration = TrainingConfiguration(
      architecture: current.model.architecture, recipe: trainingRecipe, seed: 0)
    let state =
      phase.map { TrainingState(configuration, phase: $0, weights: current.model.weights) }
      ?? TrainingState(configuration)
    training = TrainingPanel(state)
    // Latents of other weights say nothing to new ones: a digit would stay garbled.
    if phase == nil { follows = true }
    message =
      follows
      ? "training; the latents follow their marks, f holds them" : "training; f lets the latents follow"
    return [.train(state)]
  }

  mutating func take(_ update: TrainingUpdate) -> [ExplorerEffect] {
    guard var panel = training else { return [] }
    let wasActive = panel.isActive
    panel.take(update)
    training = panel
    guard wasActive, !panel.isActive else { return [] }
    switch panel.status {
    case .finished: message = "training has finished; w writes the model to a file"
    case .stopped: message = "training was stopped; w writes the model to a file"
    case .failed(let error): message = "training ended: \(error)"
    case .idle, .running, .paused: break
    }
    return []
  }

  mutating func pauseOrResume() -> [ExplorerEffect] {
    guard let training, training.isActive else {
      message = "nothing is being trained; t starts"
      return []
    }
    return [.command(training.status == .paused ? .resume : .pause)]
  }

  mutating func commandRun(_ command: TrainingSession.Command) -> [ExplorerEffect] {
    guard let training, training.isActive else {
      message = "nothing is being trained; t starts"
      return []
    }
    return [.command(command)]
  }

  mutating func switchFollowing() {
    follows.toggle()
    message =
      follows
      ? "follow: new weights move the latents to their marks" : "hold: training never moves a slider"
    if follows {
      sliders.latents = reading.latents
      decode()
    }
  }
}
