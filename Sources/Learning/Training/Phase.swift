import Networks

/// A phase of a recipe: the encoder's inputs, the decoder's targets and the parts that learn.
public struct Phase: Sendable, Hashable, Codable {
  /// The encoder's input.
  public enum InputForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by random values that change with each epoch.
    case transformed
  }

  /// The decoder's target.
  public enum TargetForm: String, Sendable, Codable {
    /// The image as it is stored.
    case upright
    /// The image, transformed by the same values as the input.
    case transformed
    /// The image, transformed by random values of its own.
    case independent
  }

  /// A group of rows in every batch.
  public struct Group: Sendable, Hashable, Codable {
    /// The group's fraction of the batch; those of all groups add up to 1.
    public var fraction: Double
    /// The encoder's input.
    public var input: InputForm
    /// The decoder's target.
    public var target: TargetForm

    private enum CodingKeys: String, CodingKey {
      case fraction = "share"
      case input, target
    }

    /// Creates a group.
    public init(fraction: Double = 1, input: InputForm, target: TargetForm) {
      self.fraction = fraction
      self.input = input
      self.target = target
    }

    /// Tells whether the target equals the input.
    var targetIsInput: Bool {
      (input, target) == (.upright, .upright) || (input, target) == (.transformed, .transformed)
    }
  }

  /// The displayed name.
  public var name: String
  /// The number of passes over all images.
  public var epochs: Int
  /// The groups of a batch's rows, in order.
  public var groups: [Group]
  /// The parts that learn, the weights of the losses, and a task for each group.
  public var plan: StepPlan

  /// Creates a phase.
  public init(name: String, epochs: Int, groups: [Group], plan: StepPlan) {
    precondition(
      groups.count == plan.tasks.count, "\(groups.count) groups for \(plan.tasks.count) tasks")
    self.name = name
    self.epochs = epochs
    self.groups = groups
    self.plan = plan
  }

  /// Creates a phase with a single group.
  public init(name: String, epochs: Int, input: InputForm, target: TargetForm, plan: StepPlan) {
    self.init(name: name, epochs: epochs, groups: [Group(input: input, target: target)], plan: plan)
  }
}

extension Phase {
  /// The rows of each group in a batch of `count`, cut at multiples of 8, so that tiles of the kernels do not
  /// mix groups.
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
  /// Decodes a phase; throws where a run could not use it, as files may hold anything.
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
