import Coordinates
import Kernels

/// A decoder's input and output stages, around its dense layers.
protocol DecoderOutput: AnyObject {
  /// Assembles the decoder's input from codes and latents.
  func assemble(_ pass: BatchPass, rows: Range<Int>)
  /// Computes images from the last layer, unless `measure` does.
  func forward(_ pass: BatchPass, rows: Range<Int>)
  /// Computes squared errors and, if `gradientScale` is given, the gradient of `gradientScale` · squared
  /// error ÷ 2.
  func measure(_ pass: BatchPass, rows: Range<Int>, gradientScale: Float?)
  /// Computes the gradient with respect to the last layer, unless `measure` does.
  func backward(_ pass: BatchPass, rows: Range<Int>)
  /// Splits the gradient with respect to the decoder's input into those of latents and codes.
  func splitInputGradient(_ pass: BatchPass, rows: Range<Int>)
}

/// The output of a decoder that generates transformed images itself.
final class LearnedDecoderOutput: DecoderOutput {
  func assemble(_ pass: BatchPass, rows: Range<Int>) {
    let schema = pass.network.architecture.schema
    let input = pass.decoder.input
    input.copy(columns: 0..<schema.codeWidth, of: pass.decodedCodes, to: 0, rows: rows)
    input.copy(
      columns: 0..<schema.freeCount, of: pass.latents, to: schema.freeColumns.lowerBound, rows: rows)
  }

  func forward(_ pass: BatchPass, rows: Range<Int>) {}

  /// Sigmoid, squared error and gradient are one kernel.
  func measure(_ pass: BatchPass, rows: Range<Int>, gradientScale: Float?) {
    pass.kernels.sigmoidLoss(
      logits: pass.decoder.output, targets: pass.comparedTargets,
      outputs: pass.keepsOutputs ? pass.outputs : nil,
      gradients: gradientScale == nil ? nil : pass.decoder.outputGradient,
      squaredErrors: pass.squaredErrors, scale: gradientScale ?? 0, rows: rows)
  }

  func backward(_ pass: BatchPass, rows: Range<Int>) {}

  func splitInputGradient(_ pass: BatchPass, rows: Range<Int>) {
    let schema = pass.network.architecture.schema
    pass.latentGradients.copy(
      columns: schema.freeColumns, of: pass.decoderInputGradients, to: 0, rows: rows)
    pass.codeGradients.copy(
      columns: 0..<schema.codeWidth, of: pass.decoderInputGradients, to: 0, rows: rows)
  }
}

/// The output of a decoder that generates upright images, which are then sampled through the codes'
/// transform.
///
/// As in spatial-VAE (Bepler et al., 2019), which transforms the pixels' coordinates instead.
final class WarpDecoderOutput: DecoderOutput {
  /// The upright images, and the gradients with respect to the sampled images.
  private let upright, outputGradients: Matrix
  private let grid: PixelGrid

  init(_ architecture: NetworkArchitecture, capacity: Int) {
    upright = Matrix(rows: capacity, columns: architecture.valueCount)
    outputGradients = Matrix(rows: capacity, columns: architecture.valueCount)
    grid = PixelGrid(architecture.imageShape)
  }

  func assemble(_ pass: BatchPass, rows: Range<Int>) {
    pass.decoder.input.copy(columns: 0..<pass.latents.columns, of: pass.latents, to: 0, rows: rows)
  }

  func forward(_ pass: BatchPass, rows: Range<Int>) {
    pass.kernels.sigmoid(pass.decoder.output, into: upright, rows: rows)
    for row in rows {
      let map = pass.pose(of: pass.decodedCodes, row: row).map
      pass.kernels.sample(upright, through: map.entries, on: grid, into: pass.outputs, row: row)
    }
  }

  func measure(_ pass: BatchPass, rows: Range<Int>, gradientScale: Float?) {
    pass.kernels.squaredLoss(
      outputs: pass.outputs, targets: pass.comparedTargets,
      gradients: gradientScale == nil ? nil : outputGradients, squaredErrors: pass.squaredErrors,
      scale: gradientScale ?? 0, rows: rows)
  }

  func backward(_ pass: BatchPass, rows: Range<Int>) {
    for row in rows { backward(pass, row: row) }
    pass.kernels.sigmoidBackward(upright, gradients: pass.decoder.outputGradient, rows: rows)
  }

  /// Computes the gradients of the upright image and of the code.
  private func backward(_ pass: BatchPass, row: Int) {
    let pose = pass.pose(of: pass.decodedCodes, row: row)
    let entries = pass.kernels.sampleBackward(
      outputGradients, source: upright, through: pose.map.entries, on: grid,
      into: pass.decoder.outputGradient, row: row)
    let gradient = pose.gradient(
      ofMap: AffineMap(
        xx: entries.xx, xy: entries.xy, x0: entries.x0, yx: entries.yx, yy: entries.yy, y0: entries.y0))
    for (index, coordinate) in pass.network.architecture.schema.typed.enumerated() {
      pass.codeGradients.setCode(
        coordinate.codeGradient(of: gradient, at: pose), row: row, columns: pass.codeColumns[index])
    }
  }

  func splitInputGradient(_ pass: BatchPass, rows: Range<Int>) {
    pass.latentGradients.copy(
      columns: 0..<pass.latents.columns, of: pass.decoderInputGradients, to: 0, rows: rows)
  }
}
