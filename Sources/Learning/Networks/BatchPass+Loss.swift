import Coordinates
import Kernels

extension BatchPass {
  /// Computes the errors of some rows after `forward`, and the gradients of the losses with respect to what
  /// decoder, locator and compass put out. Losses are means over the `batch` rows of the whole batch.
  ///
  /// Those of the codes are computed in `backward`, where the decoder's gradients are added.
  public func measureLosses(_ plan: StepPlan, rows: Range<Int>, batch: Int) {
    decoderOutput.measure(
      self, rows: rows,
      gradientScale: plan.reconstructionWeight * 2 / Float(batch * network.architecture.valueCount))
    if plan.needsEncodedCodes { measureCodes(plan, rows: rows) }
    if plan.learning.contains(.typedHeads) {
      codeEncoder.measureStages(self, weights: plan.stageWeights, rows: rows, batch: batch)
    }
  }

  /// Computes the error of the encoded codes against `inputCodes`, for the rows whose group counts it.
  private func measureCodes(_ plan: StepPlan, rows: Range<Int>) {
    for row in rows {
      var error: Float = 0
      if group(row, of: plan).coordinateWeight != 0 {
        for columns in codeColumns {
          error += plan.coordinateLoss.value(
            of: codeDifference(row: row, columns: columns), width: columns.count)
        }
      }
      codeErrors[row] = error
    }
  }

  /// The difference of one coordinate's encoded code from the true one.
  func codeDifference(row: Int, columns: Range<Int>) -> SIMD2<Float> {
    encodedCodes.code(row: row, columns: columns) - inputCodes.code(row: row, columns: columns)
  }
}

extension StepPlan.CoordinateLoss {
  private static let chordFloor: Float = 1e-4

  /// The loss of a code of `width` elements that differs from the true one by `difference`.
  func value(of difference: SIMD2<Float>, width: Int) -> Float {
    let squared = (difference * difference).sum()
    return switch self {
    case .squared: squared / Float(width)
    case .chord: (squared + Self.chordFloor).squareRoot()
    }
  }

  /// The gradient of `value` with respect to `difference`.
  func gradient(of difference: SIMD2<Float>, width: Int) -> SIMD2<Float> {
    switch self {
    case .squared: difference * (2 / Float(width))
    case .chord: difference / ((difference * difference).sum() + Self.chordFloor).squareRoot()
    }
  }
}
