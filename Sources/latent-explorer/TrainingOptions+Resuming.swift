import Coordinates
import Networks
import Training

extension TrainingOptions {
  /// Checks the given options against a run's configuration.
  ///
  /// - Throws: `Failure` or a usage error that names the option.
  func check(against configuration: TrainingConfiguration) throws {
    var options = self
    if preset == nil {
      options.recipe = recipe ?? RecipeName(rawValue: configuration.recipe.name)
    }
    // Options of the other recipe would be usage errors, while the actual fault is the recipe's name.
    if let recipe, recipe.rawValue != configuration.recipe.name { throw Self.contradiction("recipe") }
    try options.validateTogether()
    let architecture = try options.makeArchitecture(standard: configuration.architecture)
    try options.validateParts(of: architecture)
    let made = try options.makeRecipe(for: architecture)
    for fact in facts where fact.isGiven {
      let isSo = fact.value(configuration.architecture, configuration.recipe)
      guard fact.value(architecture, made) == isSo else { throw Self.contradiction(fact.option) }
    }
  }

  static func contradiction(_ option: String) -> Failure {
    Failure("--\(option) contradicts the resumed run; leave it out, or train into another folder")
  }

  /// A setting with the option that determines it.
  private struct Fact {
    var option: String
    var isGiven: Bool
    var value: (NetworkArchitecture, Recipe) -> AnyHashable

    init(
      _ option: String, _ isGiven: Bool,
      _ value: @escaping (NetworkArchitecture, Recipe) -> some Hashable
    ) {
      self.option = option
      self.isGiven = isGiven
      self.value = { AnyHashable(value($0, $1)) }
    }
  }

  /// All settings; a preset determines the whole network and recipe.
  private var facts: [Fact] {
    [
      Fact("epochs", epochs != nil) { $1.phases.map(\.epochs) },
      Fact("phases", phases != nil) { $1.phases.map { $0.epochs > 0 } },
      Fact("batch-size", batchSize != nil) { $1.batchSize },
      Fact("learning-rate", learningRate != nil) { $1.learningRate },
      Fact("schedule", schedule != nil) { $1.schedule },
      Fact("weight-decay", weightDecay != nil) { $1.weightDecay },
      Fact("coordinates", coordinates != nil) { architecture, _ in architecture.schema },
      Fact("hidden", hidden != nil) { architecture, _ in architecture.hidden },
      Fact("encoder", encoder != nil) { architecture, _ in architecture.encoderKind },
      Fact("decoder", decoder != nil) { architecture, _ in architecture.decoderKind },
      Fact("freeze-backbone", freezeBackbone) { $1.phases.map { $0.plan.learning.contains(.backbone) } },
      Fact("freeze-latent-head", freezeLatentHead) {
        $1.phases.map { $0.plan.learning.contains(.latentHead) }
      },
      Fact("coordinate-weight", coordinateWeight != nil) {
        $1.phases.map { $0.plan.tasks.map(\.coordinateWeight) }
      },
      Fact("coordinate-loss", coordinateLoss != nil) { $1.phases.map(\.plan.coordinateLoss) },
      Fact("locator-weight", locatorWeight != nil) { $1.phases.map(\.plan.stageWeights.locator) },
      Fact("compass-weight", compassWeight != nil) { $1.phases.map(\.plan.stageWeights.compass) },
      Fact("jitter", jitter != nil) { $1.jitter },
      Fact("upright-share", uprightShare != nil) { $1.phases.map { $0.groups.first?.fraction } },
      Fact("own-code-share", ownCodeShare != nil) { $1.phases.map { $0.groups.last?.fraction } },
      Fact("interpolation", interpolation != nil) { $1.interpolation },
      Fact("preset", preset != nil) { architecture, recipe in
        [AnyHashable(architecture), AnyHashable(recipe)]
      },
    ]
  }
}
