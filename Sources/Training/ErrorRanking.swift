import Coordinates
import Datasets
import Networks

/// An error by which images are sorted.
public enum ErrorMeasure: Sendable, Hashable, CaseIterable {
  /// The input, decoded with all that the encoder outputs for it, against itself: a mean squared difference per
  /// pixel.
  case input
  /// The upright image, decoded at neutral values with the latents of the input: likewise.
  case upright
  /// The angle that the encoder outputs against the input's own, in radians; not there without a rotation.
  case angle
}

/// Images sorted by an error, the largest first.
public struct ErrorRanking: Sendable, Hashable {
  /// The error of each image, by its number.
  public let errors: [Double]
  /// The images' numbers: the largest error first, equal ones as they are stored, and before them all those of
  /// which the error is not a number.
  public let numbers: [Int]

  /// Sorts images by their errors.
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
  /// The errors of `images`, each transformed by `values` before the encoder sees it. Throws unless the weights
  /// are the architecture's.
  ///
  /// - Parameter rest: called between batches.
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
        errors += rows.map { angleError(schema.values(ofCode: pass.readCodes.row($0)), values) }
      } else {
        for row in rows {
          let code =
            measure == .upright ? schema.neutralValues : schema.values(ofCode: pass.readCodes.row(row))
          pass.setCodes(of: code, in: pass.targetCodes, row: row)
        }
        pass.assemble(code: .truth, rows: rows)
        pass.decode(rows: rows)
        errors += rows.map { Double(pass.squaredErrors[$0]) / Double(architecture.pixelCount) }
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
