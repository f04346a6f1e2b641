import Coordinates
import Kernels

/// A stage that computes the typed codes from the backbone's output.
protocol CodeEncoder: AnyObject {
  /// Runs the networks before the backbone.
  func prepare(_ pass: BatchPass, rows: Range<Int>, averagesQuarterTurns: Bool)
  /// Computes `encodedCodes` from the backbone's output.
  func encode(_ pass: BatchPass, rows: Range<Int>)
  /// Computes the gradients of the heads' outputs from `codeGradients`.
  func backward(_ pass: BatchPass, rows: Range<Int>)
  /// Computes the losses of the networks before the backbone, and the gradients of their outputs.
  func measureStages(_ pass: BatchPass, weights: StepPlan.StageWeights, rows: Range<Int>, batch: Int)
  /// The heads on the backbone, with the gradients of their outputs.
  var heads: [(layer: DenseLayer, gradient: Matrix)] { get }
  /// The networks before the backbone.
  var chains: [LayerChain] { get }
  /// The confidence of each row's angle, a probability; nil without a compass.
  var certainties: RowValues? { get }
}

/// One head for each coordinate, as in the article.
final class HeadCodeEncoder: CodeEncoder {
  private let layers: [DenseLayer]
  let raw: [Matrix]
  private let rawGradients: [Matrix]

  init(_ network: TypedAutoencoder, capacity: Int) {
    layers = network.typedHeads
    raw = layers.map { Matrix(rows: capacity, columns: $0.place.outputs) }
    rawGradients = layers.map { Matrix(rows: capacity, columns: $0.place.outputs) }
  }

  var heads: [(layer: DenseLayer, gradient: Matrix)] { Array(zip(layers, rawGradients)).map { ($0, $1) } }
  var chains: [LayerChain] { [] }
  var certainties: RowValues? { nil }

  func prepare(_ pass: BatchPass, rows: Range<Int>, averagesQuarterTurns: Bool) {}

  func encode(_ pass: BatchPass, rows: Range<Int>) {
    for (index, coordinate) in pass.network.architecture.schema.typed.enumerated() {
      pass.applyHead(layers[index], into: raw[index], rows: rows)
      for row in rows {
        coordinate.encode(
          raw: raw[index], row: row, into: pass.encodedCodes, column: pass.codeColumns[index].lowerBound)
      }
    }
  }

  func backward(_ pass: BatchPass, rows: Range<Int>) {
    for (index, coordinate) in pass.network.architecture.schema.typed.enumerated() {
      for row in rows {
        let code = pass.codeGradients.code(row: row, columns: pass.codeColumns[index])
        rawGradients[index].setCode(code, row: row, columns: 0..<coordinate.rawWidth)
        coordinate.backpropagate(raw: raw[index], row: row, rawGradient: rawGradients[index])
      }
    }
  }

  func measureStages(_ pass: BatchPass, weights: StepPlan.StageWeights, rows: Range<Int>, batch: Int) {}
}

/// A staged encoder's residual head: it estimates the error of the stages before the backbone.
final class StagedCodeEncoder: CodeEncoder {
  private let layer: DenseLayer?
  private let raw, rawGradients: Matrix
  private let stages: StagePass
  private let components: [Pose.Change.Component]

  init(_ network: TypedAutoencoder, stages: StagePass, capacity: Int) {
    layer = network.typedHeads.first
    components = network.architecture.schema.residualDegreesOfFreedom
    raw = Matrix(rows: capacity, columns: max(components.count, 1))
    rawGradients = Matrix(rows: capacity, columns: max(components.count, 1))
    self.stages = stages
  }

  var heads: [(layer: DenseLayer, gradient: Matrix)] { layer.map { [($0, rawGradients)] } ?? [] }
  var chains: [LayerChain] { stages.chains }
  var certainties: RowValues? { stages.hasCompass ? stages.certainties : nil }

  func prepare(_ pass: BatchPass, rows: Range<Int>, averagesQuarterTurns: Bool) {
    stages.run(pass, rows: rows, averagesQuarterTurns: averagesQuarterTurns)
  }

  func encode(_ pass: BatchPass, rows: Range<Int>) {
    guard let layer else { return }
    pass.applyHead(layer, into: raw, rows: rows)
    for row in rows {
      var change = Pose.Change()
      for (column, component) in components.enumerated() { change[component] = raw[row, column] }
      let pose = pass.pose(of: stages.codes, row: row).composed(after: change)
      for (index, coordinate) in pass.network.architecture.schema.typed.enumerated() {
        pass.encodedCodes.setCode(coordinate.code(of: pose), row: row, columns: pass.codeColumns[index])
      }
    }
  }

  func backward(_ pass: BatchPass, rows: Range<Int>) {
    for row in rows {
      let pose = pass.pose(of: pass.encodedCodes, row: row)
      var gradient = Pose.Change()
      for (index, coordinate) in pass.network.architecture.schema.typed.enumerated() {
        let code = pass.codeGradients.code(row: row, columns: pass.codeColumns[index])
        coordinate.add(codeGradient: code, at: pose, to: &gradient)
      }
      let change = pass.pose(of: stages.codes, row: row).gradient(ofComposed: gradient)
      for (column, component) in components.enumerated() { rawGradients[row, column] = change[component] }
    }
  }

  func measureStages(_ pass: BatchPass, weights: StepPlan.StageWeights, rows: Range<Int>, batch: Int) {
    stages.measure(pass, weights: weights, rows: rows, batch: batch)
  }
}
