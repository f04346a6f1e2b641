import ArgumentParser
import Coordinates
import Kernels
import Libraries
import Networks
import Primitives
import Training

/// The options for the network and its training.
struct TrainingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A preset, a network with its recipe: "
        + Preset.all.map { "'\($0.name)' (\($0.summary))" }.joined(separator: ", ")
        + ". Other options change it.", valueName: "name"))
  var preset: PresetName?

  @Option(
    help:
      "The recipe: 'article' in three phases, the default, or 'joint', which trains all parts at once.")
  var recipe: RecipeName?

  @Option(
    help: ArgumentHelp(
      "Epochs of each phase, or of each of --phases; by default 25,20,20 in the article's recipe, 30 in the "
        + "joint one.",
      valueName: "n,…"))
  var epochs: NumberList?

  @Option(
    help: ArgumentHelp("Train only these phases of the article's recipe, counted from 1.", valueName: "n,…"))
  var phases: NumberList?

  @Option(
    help: ArgumentHelp(
      "Start from the weights of a model instead of random ones.", valueName: "file|name"),
    completion: ModelChoice.completion, transform: PathArgument.parse)
  var model: String?

  @Option(help: "Batch size; by default 128; 64 in the joint recipe, 256 for a staged encoder.")
  var batchSize: Int?

  @Option(
    help:
      "Adam's peak learning rate; by default 1e-3; 2.5e-3 in the joint recipe, 3e-3 for a staged encoder."
  )
  var learningRate: Double?

  @Option(help: "The learning rate's schedule: 'constant', or 'one-cycle' as in the joint recipe.")
  var schedule: Recipe.Schedule?

  @Option(help: "AdamW's weight decay; by default 0, and 0.05 for a staged encoder's joint recipe.")
  var weightDecay: Double?

  @Option(help: ArgumentHelp("The latent coordinates.", valueName: "text"))
  var coordinates: String?

  @Option(
    help: ArgumentHelp("Widths of the encoder's hidden layers; the decoder mirrors them.", valueName: "n,…"))
  var hidden: NumberList?

  @Option(
    help: ArgumentHelp(
      "The encoder: 'direct' as in the article, or 'staged', coordinate after coordinate, as in the "
        + "joint recipe where a full rotation is one of several coordinates."))
  var encoder: EncoderKind?

  @Option(
    help:
      "The decoder: 'learned' as in the article, or 'warp', which transforms a decoded upright image exactly."
  )
  var decoder: DecoderKind?

  @Flag(help: "Freeze the encoder's hidden layers in the article's phase 3 too.")
  var freezeBackbone = false

  @Flag(help: "Freeze the head of the free latents in the article's phase 3 too.")
  var freezeLatentHead = false

  @Option(
    name: [.customLong("coordinate-weight"), .customLong("rotation-weight")],
    help:
      "The weight of the typed coordinates' loss; by default 1 in the article's phase 3, 0.03 in the joint recipe, 0.05 for a staged encoder."
  )
  var coordinateWeight: Float?

  @Option(help: "The typed coordinates' loss: 'squared', or 'chord' as in the joint recipe.")
  var coordinateLoss: StepPlan.CoordinateLoss?

  @Option(help: "The loss weight of a staged encoder's locator.")
  var locatorWeight: Float?

  @Option(help: "The loss weight of a staged encoder's compass.")
  var compassWeight: Float?

  @Option(
    help: ArgumentHelp(
      "The fraction of inputs shifted by up to a pixel; by default 0.1 in a staged encoder's joint "
        + "recipe without shift coordinates, else 0.", valueName: "share"))
  var jitter: Double?

  @Option(help: "The fraction of a joint batch that is upright.")
  var uprightShare: Double?

  @Option(help: "The fraction of a joint batch that is decoded from the encoder's own codes.")
  var ownCodeShare: Double?

  @Option(
    help: "Interpolation of rotated images: 'bilinear', the default, or 'nearest' as the article's code does."
  )
  var interpolation: Interpolation?

  var recipeName: RecipeName {
    recipe ?? preset.flatMap { RecipeName(rawValue: $0.preset.recipe.name) } ?? .article
  }

  /// The network that the options describe for images of `shape`.
  func makeArchitecture(for shape: ImageShape) throws -> NetworkArchitecture {
    var standard = NetworkArchitecture.article
    standard.imageShape = shape
    let architecture = try makeArchitecture(standard: standard)
    if let shift = architecture.excessiveShift {
      throw ValidationError("--coordinates: '\(shift)' is more than half the size of images of \(shape).")
    }
    try validateSize(of: architecture)
    return architecture
  }

  /// The network that the options describe; unspecified properties are those of `standard`.
  func makeArchitecture(standard: NetworkArchitecture) throws -> NetworkArchitecture {
    let base = preset?.preset.architecture(for: standard.imageShape) ?? standard
    let schema: CoordinateSchema
    do {
      schema = try coordinates.map { try CoordinateSchema(parsing: $0) } ?? base.schema
    } catch {
      throw ValidationError("--coordinates: \(error)")
    }
    return NetworkArchitecture(
      schema: schema, hidden: hidden?.numbers ?? base.hidden,
      encoder: encoder ?? suitableEncoder(for: schema, base: base), decoder: decoder ?? base.decoderKind,
      imageShape: standard.imageShape)
  }

  /// A direct encoder cannot be trained to predict a full rotation together with other coordinates; a staged
  /// one can.
  private func suitableEncoder(for schema: CoordinateSchema, base: NetworkArchitecture) -> EncoderKind {
    let needsStages = schema.typed.contains(.rotation) && schema.typed.count > 1
    return preset == nil && recipeName == .joint && needsStages ? .staged : base.encoderKind
  }

  /// The recipe that the options describe.
  func makeRecipe(for architecture: NetworkArchitecture) throws -> Recipe {
    var recipe =
      recipeName == .article ? try articleRecipe(for: architecture) : jointRecipe(for: architecture)
    recipe.batchSize = batchSize ?? recipe.batchSize
    recipe.learningRate = learningRate ?? recipe.learningRate
    recipe.schedule = schedule ?? recipe.schedule
    recipe.weightDecay = weightDecay ?? recipe.weightDecay
    recipe.interpolation = interpolation ?? recipe.interpolation
    return recipe
  }

  /// The article's recipe with the chosen phases; the others have no epochs.
  private func articleRecipe(for architecture: NetworkArchitecture) throws -> Recipe {
    guard architecture.encoderKind == .direct else {
      throw Failure("the article's recipe trains the encoder last; a staged encoder needs --recipe joint")
    }
    var recipe = Recipe.article(
      epochs: epochsOfEachPhase ?? Recipe.articleEpochs,
      learnsBackbone: !freezeBackbone, learnsLatentHead: !freezeLatentHead,
      coordinateWeight: coordinateWeight ?? 1)
    if let coordinateLoss { recipe.phases[2].plan.coordinateLoss = coordinateLoss }
    if let jitter, jitter > 0 { recipe.jitter = Recipe.Jitter(fraction: jitter, pixels: 1) }
    return recipe
  }

  private func jointRecipe(for architecture: NetworkArchitecture) -> Recipe {
    var settings = JointSettings(for: architecture)
    settings.coordinateWeight = coordinateWeight ?? settings.coordinateWeight
    settings.coordinateLoss = coordinateLoss ?? settings.coordinateLoss
    settings.stageWeights.locator = locatorWeight ?? settings.stageWeights.locator
    settings.stageWeights.compass = compassWeight ?? settings.stageWeights.compass
    settings.uprightFraction = uprightShare ?? settings.uprightFraction
    settings.ownCodeFraction = ownCodeShare ?? settings.ownCodeFraction
    if let jitter { settings.jitter = jitter > 0 ? Recipe.Jitter(fraction: jitter, pixels: 1) : nil }
    let presetEpochs = preset.flatMap {
      $0.preset.recipe.name == "joint" ? $0.preset.recipe.phases[0].epochs : nil
    }
    return .joint(
      for: architecture, epochs: epochs?.numbers[0] ?? presetEpochs ?? Recipe.jointEpochs, settings: settings)
  }
}
