import Coordinates
import Datasets
import Kernels
import Networks
import Training

/// The main figures of a model on a few images: enough to compare the weights of one run.
///
/// They are defined as in `Evaluation`, which measures many images.
public struct QuickEvaluation: Sendable, Hashable {
  /// The steering error: mean squared error per pixel of images decoded from upright latents.
  public var error: Double
  /// The mean absolute error of the angle; nil without a rotation.
  public var angle: Angle?

  /// Measures the first `count` of `images`; `rest` is called between them.
  public init(
    of model: TypedModel, on images: any ImageSource, count: Int = 48, rest: () -> Void = {}
  ) throws(TensorMismatch) {
    let grid = TransformGrid(schema: model.architecture.schema, seed: 0)
    let network = try TypedAutoencoder(model.architecture, tensors: model.weights)
    let upright = BatchPass(network, capacity: 1)
    let pass = BatchPass(network, capacity: grid.count)
    pass.targetsAreInputs = true
    let loader = BatchLoader(
      images: images, schema: grid.schema, interpolation: model.details.interpolation)
    let rotation = grid.schema.index(of: .rotation)
    let rows = 0..<grid.count
    let indices = 0..<min(count, images.count)
    var (squares, radians) = (0.0, 0.0)
    for index in indices {
      rest()
      loader.load(index, values: nil, into: upright.inputs, row: 0)
      upright.encode(rows: 0..<1, codes: false)
      for row in rows {
        let values = grid.values(image: index, position: row)
        loader.load(index, values: values, into: pass.inputs, row: row)
        pass.setCodes(of: values, in: pass.targetCodes, row: row)
      }
      if let rotation {
        pass.encode(rows: rows)
        for row in rows {
          let read = Angle(radians: grid.schema.values(ofCode: pass.encodedCodes.row(row))[rotation])
          let truth = Angle(radians: grid.value(image: index, position: row, of: rotation))
          radians += abs(read.difference(from: truth).radians)
        }
      }
      for row in rows { pass.latents.setRow(row, toRow: 0, of: upright.latents) }
      pass.assemble(code: .truth, rows: rows)
      pass.decode(rows: rows)
      squares += pass.squaredErrors.sum(rows: rows)
    }
    let measured = Double(max(1, indices.count * grid.count))
    error = squares / measured / Double(model.architecture.valueCount)
    angle = rotation.map { _ in Angle(radians: radians / measured) }
  }
}
