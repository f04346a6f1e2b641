import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person changes a recipe before training by it.
@Suite struct RecipeEditorTests {
  private func editor(_ recipe: Recipe = .article(), phase: Int? = nil) -> RecipeEditor {
    RecipeEditor(menuLine: 0, recipe: recipe, phase: phase, headName: "rotation head")
  }

  private func values(_ editor: RecipeEditor) -> [String] {
    editor.fields.map(editor.text).map { "\($0.label): \($0.value)" }
  }

  /// A value after each of some presses.
  private func ladder(
    _ editor: RecipeEditor, _ field: RecipeEditor.Field, by direction: Int, presses: Int
  ) -> [String] {
    var editor = editor
    return (0..<presses).map { _ in
      editor.change(field, by: direction)
      return editor.text(field).value
    }
  }

  @Test func theArticlesRecipeAsLines() {
    let lines = values(editor())
    #expect(
      lines.prefix(10) == [
        "seed: 0", "learning rate: 0.001", "batch size: 128", "phase 1, autoencode: 25 epochs",
        "  backbone: learns", "  rotation head: frozen", "  latent head: learns", "  decoder: learns",
        "  decoder input: true codes", "  weight of the code loss: 0",
      ])
    #expect(
      lines.suffix(7) == [
        "phase 3, teach the encoder: 20 epochs", "  backbone: learns", "  rotation head: learns",
        "  latent head: learns", "  decoder: frozen", "  decoder input: encoder's codes",
        "  weight of the code loss: 1",
      ])
    #expect(lines.count == 3 + 3 * 7)
  }

  /// Each group of a batch is decoded with its own code.
  @Test func theJointRecipeHasNoSwitchOfCodes() {
    let lines = values(editor(.joint(for: TinyExplorer.architecture)))
    #expect(lines.count == 9)
    #expect(!lines.contains { $0.contains("the decoder is given") })
    #expect(lines.contains("phase 1, learn everything: 30 epochs"))
    #expect(lines.last == "  weight of the code loss: 0.03")
  }

  @Test(arguments: [(0, 23), (1, 16), (2, 9)])
  func continuedRunsHaveNoSeedAndNoEarlierPhases(phase: Int, count: Int) {
    let fields = editor(phase: phase).fields
    #expect(fields.count == count)
    #expect(!fields.contains(.seed))
    #expect(fields[2] == .epochs(phase: phase))
  }

  @Test func steppedValuesStopAtBothEnds() {
    let article = editor()
    #expect(
      ladder(article, .learningRate, by: 1, presses: 6) == [
        "0.002", "0.005", "0.01", "0.02", "0.02", "0.02",
      ])
    #expect(
      ladder(article, .learningRate, by: -1, presses: 7).suffix(3) == ["0.00002", "0.00001", "0.00001"])
    #expect(ladder(article, .batchSize, by: 1, presses: 3) == ["256", "512", "512"])
    #expect(ladder(article, .batchSize, by: -1, presses: 4) == ["64", "32", "16", "16"])
    #expect(ladder(article, .epochs(phase: 0), by: 1, presses: 9).suffix(2) == ["200 epochs", "200 epochs"])
    #expect(
      ladder(article, .epochs(phase: 1), by: -1, presses: 8).suffix(3) == [
        "2 epochs", "1 epoch", "1 epoch",
      ])
    #expect(ladder(article, .seed, by: 1, presses: 2) == ["1", "2"])
    #expect(ladder(article, .seed, by: -1, presses: 1) == ["0"])
    #expect(ladder(article, .coordinateWeight(phase: 2), by: -1, presses: 8).suffix(2) == ["0", "0"])
    #expect(ladder(article, .coordinateWeight(phase: 2), by: 1, presses: 4).suffix(2) == ["10", "10"])
  }

  /// A value beside the ladder goes to the next rung either way; one on it never stays.
  @Test func otherValuesStepToTheNextListedOne() {
    var recipe = Recipe.article()
    recipe.learningRate = 2.5e-3
    recipe.batchSize = 1000
    #expect(ladder(editor(recipe), .learningRate, by: 1, presses: 1) == ["0.005"])
    #expect(ladder(editor(recipe), .learningRate, by: -1, presses: 1) == ["0.002"])
    #expect(ladder(editor(recipe), .batchSize, by: 1, presses: 1) == ["1000"])
    #expect(ladder(editor(recipe), .batchSize, by: -1, presses: 1) == ["512"])
    let joint = editor(.joint(for: TinyExplorer.architecture))
    #expect(ladder(joint, .coordinateWeight(phase: 0), by: 1, presses: 3) == ["0.05", "0.1", "0.2"])
    #expect(ladder(joint, .coordinateWeight(phase: 0), by: -1, presses: 3) == ["0.02", "0.01", "0"])
  }

  @Test func theWeightIsThatOfAllGroups() {
    var joint = editor(.joint(for: TinyExplorer.architecture))
    joint.change(.coordinateWeight(phase: 0), by: 1)
    #expect(joint.recipe.phases[0].plan.groups.map(\.coordinateWeight) == [0.05, 0.05, 0.05])
  }

  @Test(arguments: [1, -1]) func switchesGoOverEitherWay(direction: Int) {
    var article = editor()
    article.change(.code(phase: 2), by: direction)
    #expect(article.recipe.phases[2].plan.groups[0].code == .truth)
    article.change(.code(phase: 2), by: direction)
    #expect(article.recipe == Recipe.article())
    article.change(.learns(phase: 0, .typedHeads), by: direction)
    #expect(article.recipe.phases[0].plan.learning == Set(NetworkPart.allCases))
    article.change(.learns(phase: 0, .typedHeads), by: direction)
    #expect(article.recipe == Recipe.article())
  }

  @Test func aPhaseInWhichNothingLearnsIsAFault() {
    var article = editor()
    #expect(article.fault == nil)
    article.change(.learns(phase: 1, .decoder), by: 1)
    #expect(article.fault == "nothing learns in phase 2")
    article.change(.learns(phase: 1, .backbone), by: 1)
    #expect(article.fault == nil)
  }

  private func begun(_ effects: [ExplorerEffect]) throws -> TrainingState {
    guard effects.count == 1, case .train(let state) = effects[0] else {
      throw Unexpected(effects: "\(effects)")
    }
    return state
  }

  private struct Unexpected: Error {
    let effects: String
  }

  @Test func keysChangeTheRecipeThatIsTrained() throws {
    var state = try TinyExplorer.open()
    try state.press("t Right")
    #expect(state.screen.contains("recipe: article, from scratch"))
    #expect(state.screen.contains("▸seed"))
    #expect(state.screen.contains("‹ 0 ›"))
    try state.press("Right*2 Down Left Down*2 Right End Left")
    var recipe = Recipe.article(epochs: [30, 20, 20], coordinateWeight: 0.5)
    recipe.learningRate = 5e-4
    let begun = try begun(try state.press("Enter"))
    #expect(begun.configuration.recipe == recipe)
    #expect(begun.configuration.seed == 2)
    #expect(begun == TrainingState(begun.configuration))
    #expect(state.overlay == nil)
    #expect(state.isTraining)
  }

  @Test func aPhaseIsContinuedWithAChangedRecipe() throws {
    var state = try TinyExplorer.open()
    try state.press("t Down*3 Right Down*7 Space")
    #expect(state.screen.contains("‹ true codes ›"))
    let begun = try begun(try state.press("Enter"))
    #expect(begun.position == TrainingPosition(phase: 2))
    #expect(begun.weights == TinyExplorer.weights())
    #expect(begun.configuration.recipe.phases[2].plan.groups[0].code == .truth)
    #expect(!state.session.sliderPanel.followsTraining)
  }

  @Test func recipesWithoutLearningAreNotStarted() throws {
    var state = try TinyExplorer.open()
    try state.press("t Down*2 Right Down*6 Right")
    #expect(try state.press("Enter").isEmpty)
    #expect(state.message == "nothing learns in phase 2")
    #expect(!state.isTraining)
    try state.press("Right")
    #expect(try begun(try state.press("Enter")).configuration.recipe == .article())
  }

  @Test(arguments: ["Escape", "q"]) func escapeGoesBackToTheMenu(key: String) throws {
    var state = try TinyExplorer.open()
    try state.press("t Right Right*3 \(key)")
    #expect(state.overlay == .training(selected: 0))
    // What was changed is forgotten.
    #expect(try begun(try state.press("Enter")).configuration.seed == 0)
    try state.press("t Escape")
    #expect(state.overlay == nil)
  }

  @Test func theSelectionGoesAroundTheEnds() throws {
    var state = try TinyExplorer.open()
    try state.press("t Right Up")
    #expect(state.screen.contains("▸  weight of the code loss"))
    try state.press("Down")
    #expect(state.screen.contains("▸seed"))
  }

  /// A model of another network may come while its menu or its recipe is open.
  @Test(arguments: ["t End", "t End Right", "t Right End"]) func openMenusFollowAnotherModel(keys: String)
    throws
  {
    let architecture = NetworkArchitecture(
      schema: .article, hidden: [16, 8], encoder: .staged, decoder: .warp)
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    var state = try TinyExplorer.open()
    try state.press(keys)
    _ = state.react(.opened(try ModelInUse(name: "staged", model: model)))
    let recipes = try state.press("Right Enter").compactMap { effect -> Recipe? in
      guard case .train(let state) = effect else { return nil }
      return state.configuration.recipe
    }
    #expect(recipes.allSatisfy { $0.name == "joint" })
  }
}
