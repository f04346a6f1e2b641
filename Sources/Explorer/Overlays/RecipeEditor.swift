import Networks
import Screen
import Training

/// A recipe being edited, as lines with values.
struct RecipeEditor: Equatable {
  /// The editable values.
  enum Field: Equatable {
    case seed, learningRate, batchSize
    case epochs(phase: Int)
    case learns(phase: Int, NetworkPart)
    case code(phase: Int)
    case coordinateWeight(phase: Int)
  }

  /// The line of the training menu.
  var menuLine: Int
  var recipe: Recipe
  var seed: UInt64 = 0
  /// The phase in which to continue from the current weights; nil to start afresh.
  var phase: Int?
  /// The name of the typed heads.
  var headName: String

  /// The heading of the list.
  var title: String {
    "recipe: \(recipe.name), " + (phase.map { "from phase \($0 + 1) on" } ?? "from scratch")
  }

  /// The lines in order, without phases before the one to continue in.
  var fields: [Field] {
    let shared: [Field] = [.learningRate, .batchSize]
    return (phase == nil ? [.seed] : []) + shared
      + recipe.phases.indices.dropFirst(phase ?? 0).flatMap { fields(ofPhase: $0) }
  }

  private func fields(ofPhase phase: Int) -> [Field] {
    let parts = NetworkPart.allCases.map { Field.learns(phase: phase, $0) }
    let plan = recipe.phases[phase].plan
    // The codes of a batch in groups are fixed by the recipe.
    let code: [Field] = plan.groups.count == 1 ? [.code(phase: phase)] : []
    return [.epochs(phase: phase)] + parts + code + [.coordinateWeight(phase: phase)]
  }

  /// Label and value of a line.
  func text(_ field: Field) -> (label: String, value: String) {
    switch field {
    case .seed: ("seed", "\(seed)")
    case .learningRate: ("learning rate", Self.text(recipe.learningRate))
    case .batchSize: ("batch size", "\(recipe.batchSize)")
    case .epochs(let phase):
      ("phase \(phase + 1), \(recipe.phases[phase].name)", Self.epochs(recipe.phases[phase].epochs))
    case .learns(let phase, let part):
      ("  " + name(part), recipe.phases[phase].plan.learning.contains(part) ? "learns" : "frozen")
    case .code(let phase):
      (
        "  decoder input",
        recipe.phases[phase].plan.groups[0].code == .truth ? "true codes" : "encoder's codes"
      )
    case .coordinateWeight(let phase):
      ("  weight of the code loss", Self.text(Double(weight(ofPhase: phase))))
    }
  }

  private static func epochs(_ count: Int) -> String { count == 1 ? "1 epoch" : "\(count) epochs" }

  private static func text(_ number: Double) -> String {
    NumberText.trimmed(NumberText.significant(number, digits: 2))
  }

  func name(_ part: NetworkPart) -> String {
    switch part {
    case .backbone: "backbone"
    case .typedHeads: headName
    case .latentHead: "latent head"
    case .decoder: "decoder"
    }
  }

  private func weight(ofPhase phase: Int) -> Float {
    recipe.phases[phase].plan.groups.map(\.coordinateWeight).max() ?? 0
  }

  /// The reason why the recipe cannot be trained; nil if it can.
  var fault: String? {
    guard let phase = recipe.phases.indices.first(where: { recipe.phases[$0].plan.learning.isEmpty }) else {
      return nil
    }
    return "nothing learns in phase \(phase + 1)"
  }

  /// Changes a value by one step up or down, or toggles a switch.
  mutating func change(_ field: Field, by direction: Int) {
    switch field {
    case .seed: seed = direction > 0 ? seed &+ 1 : seed == 0 ? 0 : seed - 1
    case .learningRate:
      recipe.learningRate = Self.next(after: recipe.learningRate, direction, of: Self.learningRates)
    case .batchSize:
      // A file may contain a size between the values of the list, or one too large for an Int.
      let next = Self.next(after: Double(recipe.batchSize), direction, of: Self.batchSizes)
      recipe.batchSize = Int(exactly: next) ?? recipe.batchSize
    case .epochs(let phase):
      let next = Self.next(after: Double(recipe.phases[phase].epochs), direction, of: Self.epochCounts)
      recipe.phases[phase].epochs = Int(exactly: next) ?? recipe.phases[phase].epochs
    case .learns(let phase, let part):
      recipe.phases[phase].plan.learning.formSymmetricDifference([part])
    case .code(let phase):
      let code = recipe.phases[phase].plan.groups[0].code
      recipe.phases[phase].plan.groups[0].code = code == .truth ? .encoded : .truth
    case .coordinateWeight(let phase):
      let weight = Float(Self.next(after: Double(weight(ofPhase: phase)), direction, of: Self.weights))
      for group in recipe.phases[phase].plan.groups.indices {
        recipe.phases[phase].plan.groups[group].coordinateWeight = weight
      }
    }
  }

  private static let learningRates = [1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 1e-2, 2e-2]
  private static let batchSizes: [Double] = [16, 32, 64, 128, 256, 512]
  private static let epochCounts: [Double] = [
    1, 2, 3, 5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200,
  ]
  private static let weights = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

  /// The next value of an ascending list above or below a number, which need not be in the list.
  private static func next(after number: Double, _ direction: Int, of ladder: [Double]) -> Double {
    // Rates are stored as Float, so nearly equal numbers count as equal.
    let margin = 1e-6 * max(abs(number), 1e-9)
    return direction > 0
      ? ladder.first { $0 > number + margin } ?? number : ladder.last { $0 < number - margin } ?? number
  }
}
