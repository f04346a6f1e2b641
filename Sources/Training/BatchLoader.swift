import Coordinates
import Datasets
import Kernels
import Networks

/// Fills rows of a pass with images and their true codes.
///
/// Each thread has its own.
final class BatchLoader {
  private let images: any ImageSource
  private let schema: CoordinateSchema
  private let transformer: ImageTransformer

  init(images: any ImageSource, schema: CoordinateSchema, interpolation: Interpolation) {
    self.images = images
    self.schema = schema
    transformer = ImageTransformer(schema: schema, interpolation: interpolation)
  }

  /// Writes image `index`, transformed by `values` unless they are absent, to a row of `matrix`.
  func load(_ index: Int, values: [Double]?, into matrix: Matrix, row: Int) {
    images.withPixels(at: index) { transformer.load($0, values: values, into: matrix, row: row) }
  }

  /// Writes input, target and their true codes for image `index` to one row of `pass`; no input where its
  /// latents are given.
  func load(
    _ index: Int, values: [Double], phase: Phase, into pass: BatchPass, row: Int, latents: Matrix? = nil
  ) {
    let inputValues = phase.input == .transformed ? values : nil
    let targetValues = phase.target == .transformed ? values : nil
    if let latents {
      pass.latents.setRow(row, toRow: index, of: latents)
    } else {
      load(index, values: inputValues, into: pass.inputs, row: row)
    }
    if phase.input == phase.target, latents == nil {
      pass.useInputsAsTargets(rows: row..<row + 1)
    } else {
      load(index, values: targetValues, into: pass.targets, row: row)
    }
    pass.inputCodes.set(row: row, column: 0, to: schema.code(of: inputValues ?? schema.neutralValues))
    pass.targetCodes.set(row: row, column: 0, to: schema.code(of: targetValues ?? schema.neutralValues))
  }
}
