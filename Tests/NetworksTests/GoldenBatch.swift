import Coordinates
import Goldens
import Kernels
import Testing
import Training

@testable import Networks

/// The goldens' network and batch: weights and images by formula.
enum GoldenBatch {
  static let size = Formulas.imageCount
  static let angles = (0..<size).map(Formulas.angle)
  static let images = (0..<size).map { Formulas.image($0).map { Float($0) / 255 } }

  /// The weights by formula, in the order of a PyTorch module's state.
  static let weights: [NamedTensor] = {
    let layers = NetworkArchitecture.article.layers
    return layers.enumerated().flatMap { index, layer in
      func tensor(_ suffix: String, _ number: Int, _ shape: [Int]) -> NamedTensor {
        let values = Formulas.weights(tensor: number, count: shape.reduce(1, *), fanIn: layer.inputs)
        return NamedTensor(name: layer.name + suffix, shape: shape, values: values)
      }
      return [
        tensor(".weight", 2 * index, [layer.outputs, layer.inputs]),
        tensor(".bias", 2 * index + 1, [layer.outputs]),
      ]
    }
  }()

  static func network() throws -> TypedAutoencoder {
    try TypedAutoencoder(.article, tensors: weights)
  }

  /// Each image turned by its angle.
  static func turnedImages(_ kernels: KernelVariant) -> [[Float]] {
    let sampler = ImageSampler(width: 28, height: 28, variant: kernels)
    let out = Matrix(rows: size, columns: 784)
    for row in 0..<size {
      let map = AffineMap.turn(by: Angle(radians: angles[row]))
      sampler.sample(
        Formulas.image(row).span, through: (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0),
        interpolation: .bilinear, into: out, row: row)
    }
    return (0..<size).map(out.row)
  }

  /// A pass over the goldens' network, filled for a phase.
  static func pass(_ phase: Phase, kernels: KernelVariant) throws -> BatchPass {
    let pass = BatchPass(try network(), capacity: size, kernels: kernels)
    let turned = turnedImages(kernels)
    for row in 0..<size {
      func image(_ isTurned: Bool) -> [Float] { isTurned ? turned[row] : images[row] }
      func code(_ isTurned: Bool) -> [Float] {
        CoordinateSchema.article.code(of: [isTurned ? angles[row] : 0])
      }
      let group = phase.plan.groups[0]
      pass.inputs.setRow(row, to: image(group.input == .transformed))
      pass.targets.setRow(row, to: image(group.target == .transformed))
      pass.inputCodes.setRow(row, to: code(group.input == .transformed))
      pass.targetCodes.setRow(row, to: code(group.target == .transformed))
    }
    return pass
  }

  /// Runs the first pass over all rows.
  static func run(_ pass: BatchPass, _ plan: StepPlan) {
    pass.forwardAndBackward(plan, rows: 0..<size, batch: size)
  }

  /// The losses of the last run: means over 8 × 784 pixels and 8 × 2 numbers of the code.
  static func losses(_ pass: BatchPass, _ plan: StepPlan) -> (
    total: Double, reconstruction: Double, rotation: Double
  ) {
    let weight = plan.groups[0].coordinateWeight
    let reconstruction = pass.squaredErrors.sum(rows: 0..<size) / Double(size * 784)
    let rotation = weight == 0 ? 0 : pass.codeErrors.sum(rows: 0..<size) / Double(size)
    return (
      Double(plan.reconstructionWeight) * reconstruction + Double(weight) * rotation, reconstruction, rotation
    )
  }

  static func adam(_ pass: BatchPass, _ phase: Phase) -> Adam {
    Adam(pass.network, learning: phase.plan.learning, settings: AdamSettings())
  }
}

extension BatchPass {
  /// What a step does before its update.
  func forwardAndBackward(_ plan: StepPlan, rows: Range<Int>, batch: Int) {
    forward(plan, rows: rows)
    measureLosses(plan, rows: rows, batch: batch)
    backward(plan, rows: rows, batch: batch)
  }
}

/// A phase of the article's recipe by its number in the goldens.
struct NumberedPhase: CustomTestStringConvertible, Sendable {
  let number: Int
  let phase: Phase
  var testDescription: String { "phase \(number)" }

  static let all = Recipe.article().phases.enumerated().map { NumberedPhase(number: $0 + 1, phase: $1) }
}
