import Networks

/// One phase of a recipe: what the encoder sees, what the decoder should draw, and what learns.
public struct Phase: Sendable, Hashable, Codable {
  /// What the encoder sees.
  public enum InputForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by values drawn for it anew in each epoch.
    case transformed
  }

  /// What the decoder should draw.
  public enum TargetForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by the same values as a transformed input.
    case transformed
    /// The image, transformed by values drawn for the target alone.
    case independent
  }

  /// Some rows of every batch.
  public struct Group: Sendable, Hashable, Codable {
    /// Their share of the batch; the shares of all groups add up to 1.
    public var fraction: Double
    /// What the encoder sees.
    public var input: InputForm
    /// What the decoder should draw.
    public var target: TargetForm

    private enum CodingKeys: String, CodingKey {
      case fraction = "share"
      case input, target
    }

    /// Names the choices.
    public init(fraction: Double = 1, input: InputForm, target: TargetForm) {
      self.fraction = fraction
      self.input = input
      self.target = target
    }

    /// Whether the decoder should draw what the encoder sees.
    var targetIsInput: Bool {
      (input, target) == (.upright, .upright) || (input, target) == (.transformed, .transformed)
    }
  }

  /// What people read.
  public var name: String
  /// How often all images are seen.
  public var epochs: Int
  /// The groups of a batch's rows, in order.
  public var groups: [Group]
  /// The parts that learn, the weights of the losses, and a task for each group.
  public var plan: StepPlan

  /// Names the choices.
  public init(name: String, epochs: Int, groups: [Group], plan: StepPlan) {
    precondition(
      groups.count == plan.tasks.count, "\(groups.count) groups for \(plan.tasks.count) tasks")
    self.name = name
    self.epochs = epochs
    self.groups = groups
    self.plan = plan
  }

  /// A phase in which all rows are of one group.
  public init(name: String, epochs: Int, input: InputForm, target: TargetForm, plan: StepPlan) {
    self.init(name: name, epochs: epochs, groups: [Group(input: input, target: target)], plan: plan)
  }
}

extension Phase {
  /// The rows of each group in a batch of `count`, cut at multiples of 8: rows that kernels take together
  /// are of one group.
  func rows(of count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var fraction = 0.0
    for group in groups {
      fraction += group.fraction
      let start = ranges.last?.upperBound ?? 0
      let end = ranges.count == groups.count - 1 ? count : Int((fraction * Double(count) / 8).rounded()) * 8
      ranges.append(start..<max(start, min(end, count)))
    }
    return ranges
  }
}

extension Phase {
  /// Reads what `encode(to:)` writes; a phase that nobody could train by is an error, as files may hold
  /// anything.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let epochs = try container.decode(Int.self, forKey: .epochs)
    let groups = try container.decode([Group].self, forKey: .groups)
    let plan = try container.decode(StepPlan.self, forKey: .plan)
    guard (0...1_000_000).contains(epochs), !groups.isEmpty, groups.count == plan.tasks.count,
      groups.allSatisfy({ (0...1).contains($0.fraction) })
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: "\(epochs) epochs, \(groups) for \(plan.tasks.count) tasks"))
    }
    self.init(
      name: try container.decode(String.self, forKey: .name), epochs: epochs, groups: groups, plan: plan)
  }
}
