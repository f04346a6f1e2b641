import Coordinates
import Primitives
import Testing
import Training

@testable import Networks

/// A small network and a phase whose gradients are checked, on random images and values.
struct GradientCase: CustomTestStringConvertible, Sendable {
  static let batchSize = 3

  let name: String
  let phase: Phase
  var schema = CoordinateSchema(typed: [.rotation], freeCount: 3)
  var encoder = EncoderKind.direct
  var decoder = DecoderKind.learned
  var seed: UInt64 = 3
  /// The images' shape, where it is not the usual one.
  var shape: ImageShape?

  var testDescription: String { name }

  /// Images that are sampled have 16 × 16 pixels by default, others 4 × 4.
  var architecture: NetworkArchitecture {
    encoder == .direct && decoder == .learned
      ? NetworkArchitecture(
        schema: schema, hidden: [12, 8], imageShape: shape ?? ImageShape(width: 4, height: 4))
      : NetworkArchitecture(
        schema: schema, hidden: [8, 6], encoder: encoder, decoder: decoder,
        imageShape: shape ?? ImageShape(width: 16, height: 16))
  }

  /// Random weights. A residual head starts at zeros, which pass no gradient on: it gets random ones too. One
  /// code that the locator reads lies so far outside that it is cut off.
  func network() -> TypedAutoencoder {
    let network = TypedAutoencoder(architecture, seed: seed)
    var stream = RandomStream(seed: seed, [98])
    for layer in network.typedHeads where layer.place.name == "head_residual" {
      let values = (0..<(layer.place.inputs + 1) * layer.place.outputs).map { _ in
        Float(stream.uniform(in: -0.4..<0.4))
      }
      layer.load(
        weights: Array(values.dropLast(layer.place.outputs)),
        bias: Array(values.suffix(layer.place.outputs)))
    }
    if schema.bounded.count > 1 { network.locator.last?.bias[0, 0] = 1.6 }
    return network
  }

  /// Inputs and targets are the same where the rows' groups have them so.
  var batch: DoubleNetwork.Batch {
    var stream = RandomStream(seed: seed, [99])
    func images() -> [[Double]] {
      (0..<Self.batchSize).map { _ in
        (0..<architecture.valueCount).map { _ in Double(Float(stream.uniform())) }
      }
    }
    func drawnCodes() -> [[Double]] {
      (0..<Self.batchSize).map { _ in
        schema.code(of: schema.typed.map { $0.value(atFraction: stream.uniform()) }).map(Double.init)
      }
    }
    let neutralCode = schema.code(of: schema.neutralValues).map(Double.init)
    let (upright, transformed) = (images(), images())
    let codes = drawnCodes()
    let (others, otherCodes) = (images(), drawnCodes())
    var batch = DoubleNetwork.Batch(inputs: [], targets: [], inputCodes: [], targetCodes: [], groups: [])
    for row in 0..<Self.batchSize {
      let index = row % phase.plan.groups.count
      let group = phase.plan.groups[index]
      batch.groups.append(index)
      batch.inputs.append(group.input == .upright ? upright[row] : transformed[row])
      batch.inputCodes.append(group.input == .upright ? neutralCode : codes[row])
      switch group.target {
      case .upright:
        batch.targets.append(upright[row])
        batch.targetCodes.append(neutralCode)
      case .transformed:
        batch.targets.append(transformed[row])
        batch.targetCodes.append(codes[row])
      case .independent:
        batch.targets.append(others[row])
        batch.targetCodes.append(otherCodes[row])
      }
    }
    return batch
  }
}

extension GradientCase {
  static let all = article + warped + staged + shapes

  private static let four = CoordinateSchema(
    typed: [.shiftX(pixels: 6), .rotation, .scale(from: 0.6, to: 1.4), .shiftY(pixels: 3)], freeCount: 2)
  private static let limited = CoordinateSchema(typed: [.limitedRotation(degrees: 45)], freeCount: 2)
  private static let untyped = CoordinateSchema(typed: [], freeCount: 3)
  private static let sheared = CoordinateSchema(
    typed: [.shear(limit: 0.5), .rotation, .shiftY(pixels: 4)], freeCount: 2)
  private static let five = CoordinateSchema(typed: four.typed + [.shear(limit: 0.8)], freeCount: 2)
  /// Both shifts are residuals of one.
  private static let sideways = CoordinateSchema(
    typed: [.limitedRotation(degrees: 60), .shiftX(pixels: 4)], freeCount: 2)

  /// All rows are one group, which everything or some parts learn from.
  private static func alike(
    learning: Set<NetworkPart> = Set(NetworkPart.allCases), _ code: StepPlan.CodeSource,
    coordinateWeight: Float, loss: StepPlan.CoordinateLoss = .squared,
    stages: StepPlan.StageWeights = StepPlan.StageWeights(locator: 0.7, compass: 0.3)
  ) -> Phase {
    Phase(
      name: "alike", epochs: 1,
      plan: StepPlan(
        learning: learning,
        groups: [
          StepPlan.Group(
            input: .transformed, target: code == .encoded ? .transformed : .independent, code: code,
            coordinateWeight: coordinateWeight)
        ],
        reconstructionWeight: 1.5, coordinateLoss: loss, stageWeights: stages))
  }

  /// Each row has a group of its own; the last one's code does not count.
  private static let mixed = Phase(
    name: "mixed", epochs: 1,
    plan: StepPlan(
      learning: Set(NetworkPart.allCases),
      groups: [
        StepPlan.Group(
          fraction: 0.3, input: .upright, target: .independent, code: .truth, coordinateWeight: 0.6),
        StepPlan.Group(
          fraction: 0.3, input: .transformed, target: .transformed, code: .encoded, coordinateWeight: 0.2),
        StepPlan.Group(
          fraction: 0.4, input: .transformed, target: .upright, code: .encoded, coordinateWeight: 0),
      ],
      reconstructionWeight: 2, coordinateLoss: .chord,
      stageWeights: StepPlan.StageWeights(locator: 0.4, compass: 0.8)))

  private static let article: [GradientCase] = {
    func third(_ name: String, _ recipe: Recipe) -> GradientCase {
      GradientCase(name: name, phase: recipe.phases[2])
    }
    let article = Recipe.article().phases
    var everything = article[2]
    everything.plan.learning = Set(NetworkPart.allCases)
    everything.plan.reconstructionWeight = 0.5
    everything.plan.groups[0].coordinateWeight = 2.5
    var truth = article[1]
    truth.plan.learning = Set(NetworkPart.allCases)
    truth.plan.reconstructionWeight = 2
    truth.plan.groups[0].coordinateWeight = 0.5
    var chord = everything
    chord.plan.coordinateLoss = .chord
    return [
      GradientCase(name: "four coordinates, phase 1", phase: article[0], schema: four),
      GradientCase(name: "four coordinates, phase 2", phase: article[1], schema: four),
      GradientCase(name: "four coordinates, phase 3", phase: article[2], schema: four),
      GradientCase(name: "four coordinates, everything learns", phase: everything, schema: four),
      GradientCase(name: "a limited rotation, everything learns", phase: everything, schema: limited),
      GradientCase(name: "a shear, everything learns", phase: everything, schema: sheared),
      GradientCase(name: "phase 1", phase: article[0]), GradientCase(name: "phase 2", phase: article[1]),
      GradientCase(name: "phase 3", phase: article[2]),
      third("phase 3, backbone frozen", .article(learnsBackbone: false)),
      third("phase 3, latent head frozen", .article(learnsLatentHead: false)),
      third("phase 3, only the typed heads", .article(learnsBackbone: false, learnsLatentHead: false)),
      third("phase 3, no loss of the code", .article(coordinateWeight: 0)),
      third("phase 3, heavier loss of the code", .article(coordinateWeight: 2.5)),
      GradientCase(name: "everything learns from read codes", phase: everything),
      GradientCase(name: "everything learns from true codes", phase: truth),
      GradientCase(name: "chord loss", phase: chord),
      GradientCase(name: "chord loss, four coordinates", phase: chord, schema: four),
      GradientCase(name: "mixed tasks", phase: mixed),
      GradientCase(name: "mixed tasks, four coordinates", phase: mixed, schema: four, seed: 9),
      GradientCase(
        name: "the joint recipe", phase: Recipe.joint(for: .article).phases[0], schema: four),
    ]
  }()

  private static let warped: [GradientCase] = {
    func example(_ name: String, _ phase: Phase, _ schema: CoordinateSchema) -> GradientCase {
      GradientCase(name: "warp, " + name, phase: phase, schema: schema, decoder: .warp)
    }
    let rotation = CoordinateSchema(typed: [.rotation], freeCount: 3)
    return [
      example("rotation, read codes", alike(.encoded, coordinateWeight: 0.1), rotation),
      example("rotation, true codes", alike(.truth, coordinateWeight: 0.1, loss: .chord), rotation),
      example(
        "rotation, read codes that do not count, decoder frozen",
        alike(learning: NetworkPart.encoder, .encoded, coordinateWeight: 0), rotation),
      example(
        "rotation, only the typed heads", alike(learning: [.typedHeads], .encoded, coordinateWeight: 0.3),
        rotation),
      example("four coordinates, read codes", alike(.encoded, coordinateWeight: 0.1, loss: .chord), four),
      example("four coordinates, true codes", alike(.truth, coordinateWeight: 0.1), four),
      example("limited rotation, read codes", alike(.encoded, coordinateWeight: 0.1), limited),
      example("limited rotation, true codes", alike(.truth, coordinateWeight: 0.1), limited),
      example("four coordinates, mixed tasks", mixed, four),
      example("a shear, read codes", alike(.encoded, coordinateWeight: 0.1), sheared),
      example("five coordinates, true codes", alike(.truth, coordinateWeight: 0.1), five),
      example("five coordinates, mixed tasks", mixed, five),
    ]
  }()

  /// Images that are not square, and in colour; their values do not fill vectors.
  private static let shapes: [GradientCase] = {
    let (narrow, colour) = (ImageShape(width: 9, height: 13), ImageShape(width: 10, height: 9, channels: 3))
    return [
      GradientCase(
        name: "5 × 3 in colour", phase: mixed, shape: ImageShape(width: 5, height: 3, channels: 3)),
      GradientCase(name: "9 × 13, warp", phase: mixed, schema: four, decoder: .warp, shape: narrow),
      GradientCase(
        name: "9 × 13, staged, warp", phase: mixed, schema: four, encoder: .staged, decoder: .warp,
        shape: narrow),
      GradientCase(
        name: "10 × 9 in colour, staged, warp", phase: mixed, schema: four, encoder: .staged, decoder: .warp,
        seed: 5, shape: colour),
    ]
  }()

  private static let staged: [GradientCase] = {
    func example(
      _ name: String, _ phase: Phase, _ schema: CoordinateSchema, _ decoder: DecoderKind
    ) -> GradientCase {
      GradientCase(
        name: "staged, \(decoder), " + name, phase: phase, schema: schema, encoder: .staged, decoder: decoder)
    }
    let rotation = CoordinateSchema(typed: [.rotation], freeCount: 3)
    return [
      example("rotation, read codes", alike(.encoded, coordinateWeight: 0.1), rotation, .warp),
      example("rotation, true codes", alike(.truth, coordinateWeight: 0.1, loss: .chord), rotation, .warp),
      example("rotation, mixed tasks", mixed, rotation, .learned),
      example("four coordinates, mixed tasks", mixed, four, .learned),
      example("four coordinates, mixed tasks", mixed, four, .warp),
      example(
        "four coordinates, backbone frozen",
        alike(learning: [.typedHeads, .decoder], .encoded, coordinateWeight: 0.2), four, .warp),
      example(
        "four coordinates, typed heads frozen",
        alike(learning: [.backbone, .latentHead], .encoded, coordinateWeight: 0.2, stages: .none), four, .warp
      ),
      example("a shift and a limited rotation", mixed, sideways, .warp),
      example("a shear, read codes", alike(.encoded, coordinateWeight: 0.1), sheared, .warp),
      GradientCase(
        name: "staged, warp, five coordinates, mixed tasks", phase: mixed, schema: five, encoder: .staged,
        decoder: .warp, seed: 5),
      example(
        "nothing typed",
        alike(learning: [.backbone, .latentHead, .decoder], .truth, coordinateWeight: 0), untyped, .warp),
      example("the joint recipe", Recipe.joint(for: Preset.all[2].architecture).phases[0], rotation, .warp),
    ]
  }()
}
