import Datasets
import Kernels
import Networks
import Primitives
import Training

/// Images through an encoder, many at a time, on all threads of a team.
public final class LatentEncoder {
  /// What the columns of the tables mean.
  public let columns: LatentColumns
  private let pass: BatchPass
  private let table: Matrix
  private let team: ThreadTeam
  private var imagesDone = 0

  /// How many images go through at once.
  public static let batchSize = 512

  /// Takes the weights of `model`.
  public init(_ model: TypedModel, team: ThreadTeam) throws(TensorMismatch) {
    let network = try TypedAutoencoder(model.architecture, tensors: model.weights)
    pass = BatchPass(network, capacity: Self.batchSize)
    columns = LatentColumns(model.architecture.schema)
    table = Matrix(rows: Self.batchSize, columns: columns.count)
    self.team = team
  }

  /// What the encoder reads from images of 784 pixels in [0, 1]: a row of the table for each.
  ///
  /// - Parameter pixels: No more images than `batchSize`, one after the other.
  /// - Throws: `ExchangeError.notANumber`.
  public func encode(_ pixels: [Float]) throws(ExchangeError) -> [Float] {
    let count = pixels.count / ImageShape.pixelCount
    let schema = columns.schema
    team.run(over: count) { rows in
      for row in rows {
        let start = row * ImageShape.pixelCount
        pass.inputs.setRow(row, to: Array(pixels[start..<start + ImageShape.pixelCount]))
      }
      pass.encode(rows: rows)
      for row in rows {
        let values = schema.values(ofCode: pass.encodedCodes.row(row))
        table.setRow(row, to: columns.row(of: LatentPoint(values: values, latents: pass.latents.row(row))))
      }
    }
    let numbers = (0..<count).flatMap { table.row($0) }
    if let wrong = numbers.firstIndex(where: { !$0.isFinite }) {
      throw .notANumber(image: imagesDone + wrong / columns.count)
    }
    imagesDone += count
    return numbers
  }
}

/// Latents through a decoder, likewise.
public final class LatentDecoder {
  /// What the columns of the tables mean.
  public let columns: LatentColumns
  private let pass: BatchPass
  private let team: ThreadTeam

  /// How many rows go through at once.
  public static let batchSize = 512

  /// Takes the weights of `model`.
  public init(_ model: TypedModel, team: ThreadTeam) throws(TensorMismatch) {
    let network = try TypedAutoencoder(model.architecture, tensors: model.weights)
    pass = BatchPass(network, capacity: Self.batchSize)
    columns = LatentColumns(model.architecture.schema)
    self.team = team
  }

  /// The images that the decoder draws for the rows of a table, no more than `batchSize`: 784 pixels in [0, 1]
  /// for each.
  public func decode(_ table: [Float]) -> [Float] {
    let count = table.count / columns.count
    team.run(over: count) { rows in
      for row in rows {
        let point = columns.latentPoint(of: table[row * columns.count..<(row + 1) * columns.count])
        pass.setCodes(of: point.values, in: pass.targetCodes, row: row)
        pass.latents.setRow(row, to: point.latents)
      }
      pass.assemble(code: .truth, rows: rows)
      pass.decode(rows: rows)
    }
    return (0..<count).flatMap { pass.outputs.row($0) }
  }
}

extension ThreadTeam {
  /// Runs `body` for even parts of `count` rows at the same time, and waits for all.
  func run(over count: Int, _ body: (Range<Int>) -> Void) {
    run { part in
      let rows = part * count / self.count..<(part + 1) * count / self.count
      if !rows.isEmpty { body(rows) }
    }
  }
}
