import Networks

/// A phase of a recipe: a number of epochs whose steps follow one plan.
public struct Phase: Sendable, Hashable {
  /// The displayed name.
  public var name: String
  /// The number of passes over all images.
  public var epochs: Int
  /// The plan of each step.
  public var plan: StepPlan

  /// Creates a phase.
  public init(name: String, epochs: Int, plan: StepPlan) {
    self.name = name
    self.epochs = epochs
    self.plan = plan
  }
}

/// The JSON form, in which the use of each group's codes (`tasks`) is apart from the group's images (`groups`).
extension Phase: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, epochs, groups, plan
  }

  private struct StoredGroup: Codable {
    var fraction: Double
    var input: StepPlan.InputForm
    var target: StepPlan.TargetForm

    enum CodingKeys: String, CodingKey {
      case fraction = "share"
      case input, target
    }
  }

  private struct StoredTask: Codable {
    var code: StepPlan.CodeSource
    var coordinateWeight: Float
  }

  private struct StoredPlan: Codable {
    var learning: [NetworkPart]
    var tasks: [StoredTask]
    var reconstructionWeight: Float
    var coordinateLoss: StepPlan.CoordinateLoss
    var stageWeights: StepPlan.StageWeights
  }

  /// Decodes a phase; throws where a run could not use it, as files may hold anything.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let epochs = try container.decode(Int.self, forKey: .epochs)
    let groups = try container.decode([StoredGroup].self, forKey: .groups)
    let plan = try container.decode(StoredPlan.self, forKey: .plan)
    guard (0...1_000_000).contains(epochs), !groups.isEmpty, groups.count == plan.tasks.count,
      groups.allSatisfy({ (0...1).contains($0.fraction) })
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "\(epochs) epochs, \(groups) for \(plan.tasks.count) tasks"))
    }
    self.init(
      name: try container.decode(String.self, forKey: .name), epochs: epochs,
      plan: StepPlan(
        learning: Set(plan.learning),
        groups: zip(groups, plan.tasks).map { group, task in
          StepPlan.Group(
            fraction: group.fraction, input: group.input, target: group.target, code: task.code,
            coordinateWeight: task.coordinateWeight)
        },
        reconstructionWeight: plan.reconstructionWeight, coordinateLoss: plan.coordinateLoss,
        stageWeights: plan.stageWeights))
  }

  /// Encodes the parts in a fixed order, so that equal phases give equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(epochs, forKey: .epochs)
    try container.encode(
      plan.groups.map { StoredGroup(fraction: $0.fraction, input: $0.input, target: $0.target) },
      forKey: .groups
    )
    try container.encode(
      StoredPlan(
        learning: NetworkPart.allCases.filter(plan.learning.contains),
        tasks: plan.groups.map { StoredTask(code: $0.code, coordinateWeight: $0.coordinateWeight) },
        reconstructionWeight: plan.reconstructionWeight, coordinateLoss: plan.coordinateLoss,
        stageWeights: plan.stageWeights),
      forKey: .plan)
  }
}
