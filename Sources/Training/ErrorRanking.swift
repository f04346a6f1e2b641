import Datasets
import Networks

extension TypedModel {
  /// How badly each of `images`, upright, is reconstructed at neutral values: mean squared differences per
  /// pixel. Throws unless the weights are the architecture's.
  public func uprightErrors(over images: any ImageSource) throws(TensorMismatch) -> [Double] {
    let pass = BatchPass(try TypedAutoencoder(architecture, tensors: weights), capacity: 128)
    pass.targetsAreInputs = true
    let schema = architecture.schema
    let loader = BatchLoader(images: images, schema: schema, interpolation: details.interpolation)
    for row in 0..<pass.capacity { pass.setCodes(of: schema.neutralValues, in: pass.targetCodes, row: row) }
    var errors: [Double] = []
    for start in stride(from: 0, to: images.count, by: pass.capacity) {
      let rows = 0..<min(pass.capacity, images.count - start)
      for row in rows { loader.load(start + row, values: nil, into: pass.inputs, row: row) }
      pass.encode(rows: rows, codes: false)
      pass.assemble(code: .truth, rows: rows)
      pass.decode(rows: rows)
      for row in rows { errors.append(Double(pass.squaredErrors[row]) / Double(architecture.pixelCount)) }
    }
    return errors
  }
}
