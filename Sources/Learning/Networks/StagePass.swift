import Coordinates
import Kernels

/// A staged encoder's locator and compass, each followed by sampling the original image through the inverse
/// of the estimated transform. No gradient passes through the sampling.
final class StagePass {
  /// The backbone's input: images with the estimated transform inverted.
  let canonical: Matrix
  let sparseCanonical: SparseRows
  /// The stages' estimates, `[capacity, code width]`.
  let codes: Matrix
  /// The compass's confidence, a probability.
  let certainties: RowValues
  private let locator: LayerChain?
  private let compass: LayerChain?
  /// The compass's input, where a locator precedes it.
  private let located: Matrix?
  private let sparseLocated: SparseRows?
  /// The compass's input in its further passes, and the average of all logits.
  private let turned, averagedLogits: Matrix
  private let sparseTurned: SparseRows
  private let neutralCode: [Float]
  private let grid: PixelGrid
  private let kernels: KernelVariant

  private static let quarters: [SIMD2<Float>] = [[1, 0], [0, 1], [-1, 0], [0, -1]]

  /// The limit of the locator's codes beyond their range; angles stay below half a turn.
  private static func limit(of coordinate: Coordinate) -> Float {
    let limit: Float = 1.25
    guard coordinate.meaning == .rotation else { return limit }
    return min(limit, Float(179 / coordinate.range.upperBound))
  }

  /// Creates the stages of `network`; nil if its encoder has none.
  init?(_ network: TypedAutoencoder, inputs: Matrix, sparseInputs: SparseRows, kernels: KernelVariant) {
    let architecture = network.architecture
    guard architecture.encoderKind == .staged else { return nil }
    self.kernels = kernels
    func image() -> Matrix { Matrix(rows: inputs.rows, columns: architecture.valueCount) }
    grid = PixelGrid(architecture.imageShape)
    canonical = image()
    sparseCanonical = SparseRows(canonical)
    certainties = RowValues(count: inputs.rows)
    neutralCode = architecture.schema.code(of: architecture.schema.neutralValues)
    codes = Matrix(rows: inputs.rows, columns: max(architecture.schema.codeWidth, 1))
    locator =
      network.locator.isEmpty
      ? nil
      : LayerChain(
        network.locator, input: inputs, sparseInput: sparseInputs, rectifiesLast: false, kernels: kernels)
    located = locator == nil || network.compass.isEmpty ? nil : image()
    sparseLocated = located.map(SparseRows.init)
    turned = image()
    sparseTurned = SparseRows(turned)
    averagedLogits = Matrix(rows: inputs.rows, columns: Compass.binCount)
    compass =
      network.compass.isEmpty
      ? nil
      : LayerChain(
        network.compass, input: located ?? inputs, sparseInput: sparseLocated ?? sparseInputs,
        rectifiesLast: false, kernels: kernels)
  }

  var hasCompass: Bool { compass != nil }

  var chains: [LayerChain] { [locator, compass].compactMap { $0 } }

  /// Estimates the codes of some rows and inverts the transform.
  ///
  /// With `averagesQuarterTurns` (test-time augmentation), the compass averages its logits over quarter turns
  /// of the image, which permute pixels exactly. The unturned image has a weight of one half, as training
  /// sees upright images most often. Training uses that image alone.
  func run(_ pass: BatchPass, rows: Range<Int>, averagesQuarterTurns: Bool) {
    let schema = pass.network.architecture.schema
    guard !neutralCode.isEmpty else {
      return canonicalize(pass, into: canonical, sparseCanonical, rows: rows)
    }
    for row in rows { codes.setRow(row, to: neutralCode) }
    if let locator {
      locator.forward(rows: rows)
      for row in rows {
        for (index, position) in schema.bounded.enumerated() {
          let limit = Self.limit(of: schema.typed[position])
          codes[row, pass.codeColumns[position].lowerBound] =
            max(-limit, min(limit, locator.output[row, index]))
        }
      }
    }
    if let compass, let rotation = schema.typed.firstIndex(of: .rotation) {
      if let located, let sparseLocated { canonicalize(pass, into: located, sparseLocated, rows: rows) }
      compass.forward(rows: rows)
      if averagesQuarterTurns { addQuarterTurns(pass, compass, rows: rows) }
      let logits = averagesQuarterTurns ? averagedLogits : compass.output
      for row in rows {
        let answer = Compass.answer(of: logits, row: row)
        codes.setCode(answer.direction, row: row, columns: pass.codeColumns[rotation])
        certainties[row] = answer.certainty
      }
    }
    canonicalize(pass, into: canonical, sparseCanonical, rows: rows)
  }

  /// Adds the logits of three quarter turns to those of the unturned image, with the bins rotated
  /// accordingly.
  private func addQuarterTurns(_ pass: BatchPass, _ compass: LayerChain, rows: Range<Int>) {
    let bins = Compass.binCount
    for row in rows {
      for bin in 0..<bins { averagedLogits[row, bin] = compass.output[row, bin] / 2 }
    }
    for quarter in 1...3 {
      let direction = Self.quarters[quarter]
      for row in rows {
        var pose = pass.pose(of: codes, row: row)
        (pose.cosine, pose.sine) = (direction.x, direction.y)
        kernels.sample(pass.inputs, through: pose.inverseMap.entries, on: grid, into: turned, row: row)
      }
      kernels.findColumns(of: sparseTurned, rows: rows)
      compass.forward(rows: rows, from: turned, sparseTurned)
      for row in rows {
        for bin in 0..<bins {
          averagedLogits[row, (bin + quarter * bins / 4) % bins] += compass.output[row, bin] / 6
        }
      }
    }
  }

  private func canonicalize(_ pass: BatchPass, into out: Matrix, _ sparse: SparseRows, rows: Range<Int>) {
    for row in rows {
      let map = pass.pose(of: codes, row: row).inverseMap
      kernels.sample(pass.inputs, through: map.entries, on: grid, into: out, row: row)
    }
    kernels.findColumns(of: sparse, rows: rows)
  }

  /// Computes the losses of locator and compass against the inputs' true codes, and the gradients of their
  /// outputs.
  func measure(_ pass: BatchPass, weights: StepPlan.StageWeights, rows: Range<Int>, batch: Int) {
    let schema = pass.network.architecture.schema
    for row in rows { pass.stageErrors[row] = 0 }
    if let locator {
      let bounded = schema.bounded
      for row in rows {
        var sum: Float = 0
        for (index, position) in bounded.enumerated() {
          let truth = pass.inputCodes[row, pass.codeColumns[position].lowerBound]
          let difference = locator.output[row, index] - truth
          sum += difference * difference
          locator.outputGradient[row, index] =
            weights.locator * 2 * difference / Float(batch * bounded.count)
        }
        pass.stageErrors[row] += weights.locator * sum / Float(bounded.count)
      }
    }
    if let compass, let rotation = schema.typed.firstIndex(of: .rotation) {
      for row in rows {
        let truth = pass.inputCodes.code(row: row, columns: pass.codeColumns[rotation])
        let loss = Compass.loss(
          of: compass.output, row: row, truth: truth, gradient: compass.outputGradient,
          scale: weights.compass / Float(batch))
        pass.stageErrors[row] += weights.compass * loss
      }
    }
  }
}

extension AffineMap {
  /// The entries in the kernels' form.
  var entries: SamplingMap { (xx, xy, x0, yx, yy, y0) }
}
