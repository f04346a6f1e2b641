import Coordinates
import Foundation
import Goldens
import Networks
import Primitives
import Testing

@testable import Training

/// Recipes and presets.
@Suite struct RecipeTests {
  @Test func aConstantRateStays() {
    #expect([0, 1, 50, 99].map { Recipe.Schedule.constant.rate(step: $0, of: 100) } == [1, 1, 1, 1])
  }

  @Test func oneCycleRisesToItsPeakAndFallsToItsEnd() {
    let count = 2000
    let rates = (0...count).map { Recipe.Schedule.oneCycle.rate(step: $0, of: count) }
    #expect(abs(rates[0] - 0.1) < 1e-12)
    #expect(abs(rates[300] - 1) < 1e-12)
    #expect(abs(rates[count] - 0.001) < 1e-12)
    // The last step is the one before the end.
    #expect(rates[count - 1] < 0.00101)
    // Halfway along a cosine is the mean of its ends.
    #expect(abs(rates[150] - 0.55) < 1e-9)
    #expect(abs(rates[1150] - 0.5005) < 1e-9)
    #expect(rates[...300] == ArraySlice(rates[...300].sorted()))
    #expect(rates[300...] == ArraySlice(rates[300...].sorted(by: >)))
    // A phase of no steps asks for no rate, and gets a number all the same.
    #expect(Recipe.Schedule.oneCycle.rate(step: 0, of: 0).isFinite)
  }

  private func phase(_ fractions: [Double]) -> Phase {
    Phase(
      name: "shares", epochs: 1,
      plan: StepPlan(
        learning: [],
        groups: fractions.map {
          StepPlan.Group(fraction: $0, input: .upright, target: .upright, code: .truth, coordinateWeight: 0)
        },
        reconstructionWeight: 1))
  }

  @Test func rowsOfGroups() {
    #expect(phase([1]).plan.rows(of: 5) == [0..<5])
    #expect(phase([0.25, 0.5, 0.25]).plan.rows(of: 128) == [0..<32, 32..<96, 96..<128])
    #expect(phase([0.25, 0.5, 0.25]).plan.rows(of: 8) == [0..<0, 0..<8, 8..<8])
    #expect(phase([0.5, 0.5]).plan.rows(of: 1) == [0..<0, 0..<1])
    #expect(phase([0.5, 0.5]).plan.rows(of: 0) == [0..<0, 0..<0])
  }

  @Test(arguments: [[1], [0.5, 0.5], [0.25, 0.5, 0.25], [0.1, 0.2, 0.3, 0.4], [0.01, 0.99]])
  func rowsOfGroupsCoverEveryBatch(fractions: [Double]) {
    for count in 0...300 {
      let ranges = phase(fractions).plan.rows(of: count)
      #expect(ranges.count == fractions.count)
      #expect(ranges.flatMap { Array($0) } == Array(0..<count), "\(count) rows")
      #expect(ranges.dropLast().allSatisfy { $0.upperBound % 8 == 0 || $0.upperBound == count })
      // Shares are those of the batch to within a tile.
      for (range, fraction) in zip(ranges, fractions) {
        #expect(abs(Double(range.count) - fraction * Double(count)) <= 8, "\(count) rows")
      }
    }
  }

  @Test func theJointRecipesGroupsAndTasks() throws {
    let architecture = NetworkArchitecture.article
    var settings = JointSettings(for: architecture)
    settings.coordinateWeight = 0.75
    (settings.uprightFraction, settings.ownCodeFraction) = (0.125, 0.375)
    let recipe = Recipe.joint(for: architecture, epochs: 7, settings: settings)
    #expect(recipe.phases.count == 1)
    let phase = recipe.phases[0]
    #expect(phase.epochs == 7)
    #expect(phase.plan.groups.map(\.fraction) == [0.125, 0.5, 0.375])
    #expect(phase.plan.groups.map(\.input) == [.upright, .transformed, .transformed])
    #expect(phase.plan.groups.map(\.target) == [.independent, .independent, .transformed])
    #expect(phase.plan.groups.map(\.targetIsInput) == [false, false, true])
    #expect(phase.plan.groups.map(\.code) == [.truth, .truth, .encoded])
    #expect(phase.plan.groups.allSatisfy { $0.coordinateWeight == 0.75 })
    #expect(phase.plan.learning == Set(NetworkPart.allCases))
    #expect(recipe.schedule == .oneCycle)
    #expect(!recipe.hasConstantLatents(in: phase))
  }

  /// In floating point, 1 − 0.9 − 0.1 is below 0; a recipe that is written must be one that is read.
  @Test func fractionsMayLeaveTheMiddleGroupEmpty() throws {
    var settings = JointSettings(for: .article)
    (settings.uprightFraction, settings.ownCodeFraction) = (0.9, 0.1)
    let recipe = Recipe.joint(for: .article, settings: settings)
    let read = try JSONDecoder().decode(Recipe.self, from: try JSONEncoder().encode(recipe))
    #expect(read == recipe)
    #expect(recipe.phases[0].plan.groups[1].fraction == 0)
  }

  /// If shifts are encoded, inputs must not be shifted without a code for it.
  @Test func onlyStagedEncodersWithoutShiftsSeeJitter() throws {
    func settings(_ text: String, _ encoder: EncoderKind) throws -> JointSettings {
      JointSettings(
        for: NetworkArchitecture(
          schema: try CoordinateSchema(parsing: text), hidden: [8], encoder: encoder, decoder: .warp))
    }
    #expect(try settings("rotation, free:2", .staged).jitter != nil)
    #expect(try settings("rotation, scale:0.5..2, free:2", .staged).jitter != nil)
    #expect(try settings("rotation, shift-y:2, free:2", .staged).jitter == nil)
    #expect(try settings("rotation, free:2", .direct).jitter == nil)
    #expect(try settings("rotation, free:2", .direct).stageWeights == .none)
  }

  private static let recipes =
    Preset.all.map(\.recipe) + [
      .article(epochs: [1, 0, 3], learnsBackbone: false, learnsLatentHead: false, coordinateWeight: 0.1),
      Recipe(
        name: "made up", phases: [], batchSize: 3, learningRate: 0.1, schedule: .oneCycle, weightDecay: 0.3,
        interpolation: .nearest, jitter: Recipe.Jitter(fraction: 0.125, pixels: 2.5)),
    ]

  @Test(arguments: recipes)
  func recipesSurviveJSON(recipe: Recipe) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(recipe)
    let read = try JSONDecoder().decode(Recipe.self, from: data)
    #expect(read == recipe)
    #expect(try encoder.encode(read) == data)
  }

  /// Recipes come from files too: what cannot be trained by is refused when it is read.
  @Test(
    arguments: [
      { $0.phases[0].plan.groups = [] },
      { $0.phases[0].plan.groups[1].fraction = 1e300 }, { $0.phases[0].plan.groups[0].fraction = -0.5 },
      { $0.phases[0].epochs = -1 }, { $0.phases[0].epochs = .max },
    ] as [@Sendable (inout Recipe) -> Void])
  func invalidPhasesAreRefused(spoil: @Sendable (inout Recipe) -> Void) throws {
    var recipe = Recipe.joint(for: .article)
    spoil(&recipe)
    let data = try JSONEncoder().encode(recipe)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Recipe.self, from: data) }
  }

  /// Files have the images of the groups apart from the use of their codes.
  @Test func theJSONOfAPhase() throws {
    let text = """
      {"epochs":3,"groups":[{"input":"upright","share":0.25,"target":"independent"},\
      {"input":"transformed","share":0.75,"target":"transformed"}],"name":"learn",\
      "plan":{"coordinateLoss":"chord","learning":["backbone","decoder"],"reconstructionWeight":1,\
      "stageWeights":{"compass":0.5,"locator":0.25},\
      "tasks":[{"code":"truth","coordinateWeight":0.5},{"code":"read","coordinateWeight":0}]}}
      """
    let phase = Phase(
      name: "learn", epochs: 3,
      plan: StepPlan(
        learning: [.decoder, .backbone],
        groups: [
          StepPlan.Group(
            fraction: 0.25, input: .upright, target: .independent, code: .truth, coordinateWeight: 0.5),
          StepPlan.Group(
            fraction: 0.75, input: .transformed, target: .transformed, code: .encoded, coordinateWeight: 0),
        ],
        reconstructionWeight: 1, coordinateLoss: .chord,
        stageWeights: StepPlan.StageWeights(locator: 0.25, compass: 0.5)))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(phase), as: UTF8.self) == text)
    func read(_ text: String) throws -> Phase {
      try JSONDecoder().decode(Phase.self, from: Data(text.utf8))
    }
    #expect(try read(text) == phase)
    for part in ["\"groups\":[", "\"tasks\":["] {
      let start = try #require(text.range(of: part)?.upperBound)
      let end = try #require(text[start...].firstIndex(of: "]"))
      let first = text[start...].prefix(through: try #require(text[start...].firstIndex(of: "}")))
      for entries in ["", String(first), text[start..<end] + "," + first] {
        let spoiled = text[..<start] + entries + text[end...]
        #expect(throws: DecodingError.self) { try read(String(spoiled)) }
      }
    }
  }

  @Test func presetsHaveNamesOfTheirOwn() {
    #expect(Set(Preset.all.map(\.name)).count == Preset.all.count)
    #expect(Set(Preset.all.map(\.summary)).count == Preset.all.count)
    for preset in Preset.all { #expect(Preset.named(preset.name) == preset) }
    #expect(Preset.named("no such preset") == nil)
  }

  /// On a few images: a batch as large as a preset's would need more of them.
  @Test(arguments: Preset.all)
  func everyPresetCanStartARun(preset: Preset) throws {
    var recipe = preset.recipe
    #expect(recipe.phases.allSatisfy { $0.epochs > 0 })
    recipe.batchSize = 8
    let configuration = TrainingConfiguration(
      architecture: preset.architecture, recipe: recipe, seed: 1, heldOutCount: 0)
    let run = try TinyRun.start(configuration, images: BlobImages(count: 16))
    let report = try #require(try run.step())
    #expect(report.losses.total.isFinite && report.losses.total > 0)
  }

  /// The learning rate of a direct encoder shrinks with the square root of the number of an image's values.
  @Test(arguments: [
    (ImageShape(width: 8, height: 8), 2.5e-3), (.mnist, 2.5e-3), (ImageShape(width: 56, height: 56), 1.25e-3),
    (ImageShape(width: 64, height: 64, channels: 3), 6.3149e-4),
  ])
  func theLearningRateFitsTheImages(shape: ImageShape, rate: Double) {
    let architecture = NetworkArchitecture(schema: .article, hidden: [8], imageShape: shape)
    #expect(abs(JointSettings(for: architecture).learningRate - rate) < 1e-7)
    let staged = NetworkArchitecture(schema: .article, hidden: [8], encoder: .staged, imageShape: shape)
    #expect(JointSettings(for: staged).learningRate == 3e-3)
  }
}
