import Coordinates
import Libraries
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
    for setting in allSettings where setting.isGiven {
      let actual = setting.value(configuration.architecture, configuration.recipe)
      guard setting.value(architecture, made) == actual else { throw Self.contradiction(setting.option) }
    }
  }

  static func contradiction(_ option: String) -> Failure {
    Failure("--\(option) contradicts the resumed run; leave it out, or train into another folder")
  }

  /// A setting with the option that determines it.
  private struct Setting {
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
  private var allSettings: [Setting] {
    [
      Setting("epochs", epochs != nil) { $1.phases.map(\.epochs) },
      Setting("phases", phases != nil) { $1.phases.map { $0.epochs > 0 } },
      Setting("batch-size", batchSize != nil) { $1.batchSize },
      Setting("learning-rate", learningRate != nil) { $1.learningRate },
      Setting("schedule", schedule != nil) { $1.schedule },
      Setting("weight-decay", weightDecay != nil) { $1.weightDecay },
      Setting("coordinates", coordinates != nil) { architecture, _ in architecture.schema },
      Setting("hidden", hidden != nil) { architecture, _ in architecture.hidden },
      Setting("encoder", encoder != nil) { architecture, _ in architecture.encoderKind },
      Setting("decoder", decoder != nil) { architecture, _ in architecture.decoderKind },
      Setting("freeze-backbone", freezeBackbone) { $1.phases.map { $0.plan.learning.contains(.backbone) } },
      Setting("freeze-latent-head", freezeLatentHead) {
        $1.phases.map { $0.plan.learning.contains(.latentHead) }
      },
      Setting("coordinate-weight", coordinateWeight != nil) {
        $1.phases.map { $0.plan.groups.map(\.coordinateWeight) }
      },
      Setting("coordinate-loss", coordinateLoss != nil) { $1.phases.map(\.plan.coordinateLoss) },
      Setting("locator-weight", locatorWeight != nil) { $1.phases.map(\.plan.stageWeights.locator) },
      Setting("compass-weight", compassWeight != nil) { $1.phases.map(\.plan.stageWeights.compass) },
      Setting("jitter", jitter != nil) { $1.jitter },
      Setting("upright-share", uprightShare != nil) { $1.phases.map { $0.plan.groups.first?.fraction } },
      Setting("own-code-share", ownCodeShare != nil) { $1.phases.map { $0.plan.groups.last?.fraction } },
      Setting("interpolation", interpolation != nil) { $1.interpolation },
      Setting("preset", preset != nil) { architecture, recipe in
        [AnyHashable(architecture), AnyHashable(recipe)]
      },
    ]
  }
}
