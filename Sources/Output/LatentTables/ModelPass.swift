import Datasets
import Kernels
import Networks
import Primitives
import Training

/// Encodes images in batches, on all threads of a team.
public final class LatentEncoder {
  /// The columns of the resulting tables.
  public let columns: LatentColumns
  /// The shape of the images.
  public let shape: ImageShape
  private let pass: BatchPass
  private let table: Matrix
  private let team: ThreadTeam
  private var imagesDone = 0

  /// The maximum number of images in a batch.
  public static let batchSize = 512

  /// Creates an encoder with the weights of `model`.
  public init(_ model: TypedModel, team: ThreadTeam) throws(TensorMismatch) {
    let network = try TypedAutoencoder(model.architecture, tensors: model.weights)
    pass = BatchPass(network, capacity: Self.batchSize)
    columns = LatentColumns(model.architecture.schema)
    shape = model.architecture.imageShape
    table = Matrix(rows: Self.batchSize, columns: columns.count)
    self.team = team
  }

  /// Encodes images to the rows of a table.
  ///
  /// - Parameter pixels: at most `batchSize` images of values in [0, 1], plane by plane.
  /// - Throws: `ExchangeError.notANumber`.
  public func encode(_ pixels: [Float]) throws(ExchangeError) -> [Float] {
    let (count, size) = (pixels.count / shape.valueCount, shape.valueCount)
    let schema = columns.schema
    team.run(over: count) { rows in
      for row in rows {
        pass.inputs.setRow(row, to: Array(pixels[row * size..<(row + 1) * size]))
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

/// Decodes latents in batches, on all threads of a team.
public final class LatentDecoder {
  /// The columns of the tables.
  public let columns: LatentColumns
  /// The shape of the images.
  public let shape: ImageShape
  private let pass: BatchPass
  private let team: ThreadTeam

  /// The maximum number of rows in a batch.
  public static let batchSize = 512

  /// Creates a decoder with the weights of `model`.
  public init(_ model: TypedModel, team: ThreadTeam) throws(TensorMismatch) {
    let network = try TypedAutoencoder(model.architecture, tensors: model.weights)
    pass = BatchPass(network, capacity: Self.batchSize)
    columns = LatentColumns(model.architecture.schema)
    shape = model.architecture.imageShape
    self.team = team
  }

  /// Decodes the rows of a table, at most `batchSize`, to images of values in [0, 1], plane by plane.
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
  /// Runs `body` in parallel for equal parts of `count` rows, and waits for all.
  func run(over count: Int, _ body: (Range<Int>) -> Void) {
    run { part in
      let rows = part * count / self.count..<(part + 1) * count / self.count
      if !rows.isEmpty { body(rows) }
    }
  }
}
