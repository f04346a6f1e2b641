import Coordinates
import Datasets
import Kernels
import Networks

/// Fills rows of a pass with images and their true codes. Not thread-safe.
package final class BatchLoader {
  private let images: any ImageSource
  private let transformer: ImageTransformer
  private let neutralValues: [Double]
  private var drawnValues: [Double]
  private var targetValues: [Double]

  /// The number of images that prefetching is ahead.
  private static let lookahead = 4

  package init(images: any ImageSource, schema: CoordinateSchema, interpolation: Interpolation) {
    self.images = images
    transformer = ImageTransformer(
      shape: images.shape, schema: schema, interpolation: interpolation)
    neutralValues = schema.neutralValues
    drawnValues = neutralValues
    targetValues = neutralValues
  }

  /// Sets a row of `matrix` to image `index`, shifted by `jitter` and transformed by `values`; nil leaves it
  /// as it is.
  package func load(
    _ index: Int, values: [Double]?, jitter: (x: Double, y: Double)? = nil, into matrix: Matrix, row: Int
  ) {
    images.withPixels(at: index) {
      transformer.load($0, values: values, jitter: jitter, into: matrix, row: row)
    }
  }

  /// Fills some rows of `pass` with the images of `order`, transformed by values from `sampler`.
  func load(
    _ order: BatchOrder, rows: Range<Int>, sampler: TransformSampler, plan: StepPlan,
    into pass: BatchPass, latents: Matrix? = nil
  ) {
    for row in rows {
      let index = order.indices[row]
      if row + Self.lookahead < rows.upperBound {
        images.prefetch(order.indices[row + Self.lookahead])
      }
      let group = order.group(of: row)
      pass.setGroup(group, row: row)
      load(index, group: plan.groups[group], sampler: sampler, into: pass, row: row, latents: latents)
    }
  }

  /// Fills one row of `pass` with input, target and their true codes. The input is skipped where latents are
  /// given, the target where inputs serve as targets.
  private func load(
    _ index: Int, group: StepPlan.Group, sampler: TransformSampler, into pass: BatchPass, row: Int,
    latents: Matrix?
  ) {
    sampler.draw(index, into: &drawnValues)
    if group.target == .independent { sampler.drawTarget(index, into: &targetValues) }
    let input = group.input == .transformed ? drawnValues : nil
    let target: [Double]? =
      switch group.target {
      case .upright: nil
      case .transformed: drawnValues
      case .independent: targetValues
      }
    let jitter = sampler.jitter(index)
    if let latents {
      pass.latents.setRow(row, toRow: index, of: latents)
    } else {
      load(index, values: input, jitter: jitter, into: pass.inputs, row: row)
    }
    if !pass.targetsAreInputs {
      if group.targetIsInput, jitter == nil, latents == nil {
        pass.targets.setRow(row, toRow: row, of: pass.inputs)
      } else {
        load(index, values: target, into: pass.targets, row: row)
      }
    }
    pass.setCodes(of: input ?? neutralValues, in: pass.inputCodes, row: row)
    pass.setCodes(of: target ?? neutralValues, in: pass.targetCodes, row: row)
  }
}
