import Coordinates
import Kernels

/// What an encoder reads from an image: a value for each typed coordinate, and the free latents.
public struct LatentPoint: Sendable, Hashable {
  /// The value of each typed coordinate, in its unit.
  public var values: [Double]
  /// The free latents.
  public var latents: [Float]

  /// Puts values and latents together.
  public init(values: [Double], latents: [Float]) {
    self.values = values
    self.latents = latents
  }
}

/// A few images at a time through a network, for a person who looks at them.
///
/// It has buffers of its own, and is not safe to share between threads.
public final class Inference {
  /// Coordinates and widths.
  public var architecture: NetworkArchitecture { pass.network.architecture }
  private let pass: BatchPass

  /// Looks at images through `network`.
  public init(_ network: TypedAutoencoder) {
    pass = BatchPass(network, capacity: 32)
  }

  /// Looks through other weights of the same network from now on; throws, and changes nothing, unless
  /// `tensors` are exactly the network's.
  public func load(_ tensors: [NamedTensor]) throws(TensorMismatch) {
    try pass.network.load(tensors)
  }

  /// What the encoder reads from `pixels` in [0, 1], as many as the architecture's images have, row by row.
  public func encode(_ pixels: [Float]) -> LatentPoint {
    pass.inputs.setRow(0, to: pixels)
    pass.encode(rows: 0..<1)
    let values = architecture.schema.values(ofCode: pass.encodedCodes.row(0))
    return LatentPoint(values: values, latents: pass.latents.row(0))
  }

  /// The image that the decoder draws for typed values and free latents: as many numbers in [0, 1] as the
  /// architecture's images have pixels, row by row.
  public func decode(_ point: LatentPoint) -> [Float] {
    draw([point])
    return pass.outputs.row(0)
  }

  /// The images that the decoder draws for some readings, in as many rows of `images`, which has as many
  /// columns as the architecture's images have pixels.
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
