extension StepPlan: Codable {
  private enum CodingKeys: String, CodingKey {
    case learning, tasks, reconstructionWeight, coordinateLoss, stageWeights
  }

  /// Decodes a plan.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      learning: Set(try container.decode([NetworkPart].self, forKey: .learning)),
      tasks: try container.decode([Task].self, forKey: .tasks),
      reconstructionWeight: try container.decode(Float.self, forKey: .reconstructionWeight),
      coordinateLoss: try container.decode(CoordinateLoss.self, forKey: .coordinateLoss),
      stageWeights: try container.decode(StageWeights.self, forKey: .stageWeights))
  }

  /// Encodes the parts in a fixed order, so that equal plans give equal bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(NetworkPart.allCases.filter(learning.contains), forKey: .learning)
    try container.encode(tasks, forKey: .tasks)
    try container.encode(reconstructionWeight, forKey: .reconstructionWeight)
    try container.encode(coordinateLoss, forKey: .coordinateLoss)
    try container.encode(stageWeights, forKey: .stageWeights)
  }
}
