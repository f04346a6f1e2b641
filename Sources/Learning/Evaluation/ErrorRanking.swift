import Coordinates
import Datasets
import Networks
import Training

/// An error by which images are sorted.
public enum ErrorMeasure: Sendable, Hashable, CaseIterable {
  /// The mean squared error per pixel of the input, decoded with all of the encoder's outputs.
  case input
  /// The mean squared error per pixel of the upright image, decoded at neutral values with the input's latents.
  case upright
  /// The error of the encoder's angle, in radians; only for a rotation.
  case angle
}

/// Images sorted by an error, the largest first.
public struct ErrorRanking: Sendable, Hashable {
  /// The error of each image, by index.
  public let errors: [Double]
  /// The indices of the images, sorted by descending error; NaN first, equal errors in data set order.
  public let numbers: [Int]

  /// Creates a ranking from the error of each image.
  public init(errors: [Double]) {
    self.errors = errors
    numbers = errors.indices.sorted { one, other in
      let (first, second) = (errors[one], errors[other])
      guard first == second || first.isNaN && second.isNaN else { return first.isNaN || first > second }
      return one < other
    }
  }
}

extension TypedModel {
  /// The errors of `images`, each transformed by `values` before encoding.
  ///
  /// - Parameter rest: called between batches.
  /// - Throws: `TensorMismatch` unless the weights are the architecture's.
  public func errors(
    _ measure: ErrorMeasure, of images: any ImageSource, transformedBy values: [Double], rest: () -> Void = {}
  ) throws(TensorMismatch) -> [Double] {
    let pass = BatchPass(try TypedAutoencoder(architecture, tensors: weights), capacity: 128)
    let schema = architecture.schema
    let inputValues = values == schema.neutralValues ? nil : values
    pass.targetsAreInputs = measure == .input || inputValues == nil
    let loader = BatchLoader(images: images, schema: schema, interpolation: details.interpolation)
    var errors: [Double] = []
    for start in stride(from: 0, to: images.count, by: pass.capacity) {
      rest()
      let rows = 0..<min(pass.capacity, images.count - start)
      for row in rows {
        loader.load(start + row, values: inputValues, into: pass.inputs, row: row)
        if !pass.targetsAreInputs { loader.load(start + row, values: nil, into: pass.targets, row: row) }
      }
      pass.encode(rows: rows)
      if measure == .angle {
        errors += rows.map { angleError(schema.values(ofCode: pass.encodedCodes.row($0)), values) }
      } else {
        for row in rows {
          let code =
            measure == .upright ? schema.neutralValues : schema.values(ofCode: pass.encodedCodes.row(row))
          pass.setCodes(of: code, in: pass.targetCodes, row: row)
        }
        pass.assemble(code: .truth, rows: rows)
        pass.decode(rows: rows)
        errors += rows.map { Double(pass.squaredErrors[$0]) / Double(architecture.valueCount) }
      }
    }
    return errors
  }

  /// The difference of two angles, from 0 to π; 0 without a rotation.
  private func angleError(_ values: [Double], _ truth: [Double]) -> Double {
    guard let index = architecture.schema.index(of: .rotation) else { return 0 }
    return abs(Angle(radians: values[index]).difference(from: Angle(radians: truth[index])).radians)
  }
}
