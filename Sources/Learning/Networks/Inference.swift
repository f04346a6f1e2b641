import Coordinates
import Kernels

/// A point of latent space: a value for each typed coordinate, and the free latents.
public struct LatentPoint: Sendable, Hashable {
  /// The value of each typed coordinate, in its unit.
  public var values: [Double]
  /// The free latents.
  public var latents: [Float]

  /// Creates a point.
  public init(values: [Double], latents: [Float]) {
    self.values = values
    self.latents = latents
  }
}

/// Encodes and decodes a few images at a time. Not thread-safe.
public final class Inference {
  /// The network's architecture.
  public var architecture: NetworkArchitecture { pass.network.architecture }
  private let pass: BatchPass

  /// Creates an inference with `network`.
  public init(_ network: TypedAutoencoder) {
    pass = BatchPass(network, capacity: 32)
  }

  /// Replaces the weights.
  ///
  /// - Throws: `TensorMismatch`, changing nothing, unless `tensors` are exactly the network's.
  public func load(_ tensors: [NamedTensor]) throws(TensorMismatch) {
    try pass.network.load(tensors)
  }

  /// Encodes an image.
  ///
  /// - Parameter pixels: the architecture's number of pixels, in [0, 1], row by row.
  public func encode(_ pixels: [Float]) -> LatentPoint {
    pass.inputs.setRow(0, to: pixels)
    pass.encode(rows: 0..<1)
    let values = architecture.schema.values(ofCode: pass.encodedCodes.row(0))
    return LatentPoint(values: values, latents: pass.latents.row(0))
  }

  /// Decodes a point to the architecture's number of pixels, in [0, 1], row by row.
  public func decode(_ point: LatentPoint) -> [Float] {
    draw([point])
    return pass.outputs.row(0)
  }

  /// Decodes points to the rows of `images`, which has a column for each pixel.
  public func decode(_ points: [LatentPoint], into images: Matrix) {
    for start in stride(from: 0, to: points.count, by: pass.capacity) {
      let chunk = points[start..<min(start + pass.capacity, points.count)]
      draw(chunk)
      for row in chunk.indices { images.setRow(row, toRow: row - start, of: pass.outputs) }
    }
  }

  private func draw(_ points: some RandomAccessCollection<LatentPoint>) {
    for (row, point) in points.enumerated() {
      pass.setCodes(of: point.values, in: pass.targetCodes, row: row)
      pass.latents.setRow(row, to: point.latents)
    }
    pass.assemble(code: .truth, rows: 0..<points.count)
    pass.decode(rows: 0..<points.count)
  }
}
