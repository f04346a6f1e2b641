import Coordinates
import Datasets
import Kernels
import Networks

/// Fills rows of a pass with images and their true codes.
///
/// Each thread has its own.
final class BatchLoader {
  private let images: any ImageSource
  private let transformer: ImageTransformer
  private let neutralValues: [Double]
  private var drawnValues: [Double]

  /// How many images before its turn an image is announced.
  private static let lookahead = 4

  init(images: any ImageSource, schema: CoordinateSchema, interpolation: Interpolation) {
    self.images = images
    transformer = ImageTransformer(schema: schema, interpolation: interpolation)
    neutralValues = schema.neutralValues
    drawnValues = neutralValues
  }

  /// Writes image `index`, transformed by `values` unless they are absent, to a row of `matrix`.
  func load(_ index: Int, values: [Double]?, into matrix: Matrix, row: Int) {
    images.withPixels(at: index) { transformer.load($0, values: values, into: matrix, row: row) }
  }

  /// Fills some rows of `pass` with the images of `indices`, transformed by what `sampler` draws.
  func load(
    _ indices: [Int], rows: Range<Int>, sampler: TransformSampler, phase: Phase,
    into pass: BatchPass, latents: Matrix? = nil
  ) {
    for row in rows {
      let index = indices[row]
      if row + Self.lookahead < rows.upperBound {
        images.announce(indices[row + Self.lookahead])
      }
      sampler.draw(index, into: &drawnValues)
      load(index, values: drawnValues, phase: phase, into: pass, row: row, latents: latents)
    }
  }

  /// Writes input, target and their true codes for image `index` to one row of `pass`: no input where its
  /// latents are given, no target where it is the input.
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
    if phase.input != phase.target || latents != nil {
      load(index, values: targetValues, into: pass.targets, row: row)
    }
    pass.setCodes(of: inputValues ?? neutralValues, in: pass.inputCodes, row: row)
    pass.setCodes(of: targetValues ?? neutralValues, in: pass.targetCodes, row: row)
  }
}
