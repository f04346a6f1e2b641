import Networks
import Screen
import Training

extension ExplorerState {
  /// A line of the training menu.
  private struct TrainingChoice {
    var title: String
    var recipe: Recipe
    /// The phase to continue in, from the current weights; absent: afresh.
    var phase: Int?
  }

  /// What the training menu offers.
  var trainingTitles: [String] { trainingChoices.map(\.title) }

  /// The recipes that suit the network, afresh or from the current weights; the model's own comes first.
  private var trainingChoices: [TrainingChoice] {
    let details = current.model.details
    let architecture = current.model.architecture
    let preset = Preset.all.first { $0.architecture == architecture && $0.recipe.name == "joint" }
    var joint = preset?.recipe ?? Recipe.joint(for: architecture)
    joint.interpolation = details.interpolation
    if let own = details.recipe, own.name == joint.name, own.phases.count == 1 {
      let epochs = joint.phases[0].epochs
      joint = own
      joint.phases[0].epochs = epochs
    }
    // From the start of a cycle the weights would be lost at its height.
    var further = joint
    further.schedule = .constant
    further.learningRate /= 10
    var article = Recipe.article()
    article.interpolation = details.interpolation
    let together = [
      TrainingChoice(title: "afresh, everything at once: \(joint.phases[0].epochs) epochs", recipe: joint),
      TrainingChoice(
        title: "continue, everything at once: \(further.phases[0].epochs) epochs", recipe: further, phase: 0),
    ]
    guard current.model.architecture.encoderKind == .direct else { return together }
    let epochs = article.phases.map { "\($0.epochs)" }.joined(separator: " + ")
    let inPhases =
      [TrainingChoice(title: "afresh, in three phases: \(epochs) epochs", recipe: article)]
      + article.phases.enumerated().map { index, phase in
        TrainingChoice(
          title: "continue in phase \(index + 1): \(phase.name), \(phase.epochs) epochs", recipe: article,
          phase: index)
      }
    return details.recipe?.name == joint.name ? together + inPhases : inPhases + together
  }

  /// Trains as a line of the training menu says, the first without a menu.
  mutating func train(choice number: Int = 0) -> [ExplorerEffect] {
    guard let dataset else {
      message = "training needs images: start with --data digits"
      return []
    }
    let choice = trainingChoices[number]
    let configuration = TrainingConfiguration(
      architecture: current.model.architecture, recipe: choice.recipe, seed: 0)
    let state =
      choice.phase.map { TrainingState(configuration, phase: $0, weights: current.model.weights) }
      ?? TrainingState(configuration)
    training = TrainingPanel(state)
    // Latents of other weights say nothing to new ones: a digit would stay garbled.
    if choice.phase == nil { follows = true }
    message =
      follows
      ? "training; the latents follow their marks, f holds them" : "training; f lets the latents follow"
    if case .readings(let data, _) = samples {
      // New weights read images for themselves: from here on they are those that are learnt from.
      samples = Self.images(of: dataset)
      sample = min(sample, samples.count - 1)
      takeSample(keepingValues: true)
      message = "no images of \(data) here: training on \(dataset.title)"
    }
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
      history.keep(sliders)
      sliders.latents = reading.latents
      decode()
    }
  }
}
