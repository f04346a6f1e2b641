import Coordinates
import Kernels

/// What an encoder reads from an image: a value for each typed coordinate, and the free latents.
public struct Reading: Sendable, Hashable {
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

/// One image at a time through a network, for a person who looks at it.
public final class Inference {
  /// Coordinates and widths.
  public var architecture: NetworkArchitecture { pass.network.architecture }
  private let pass: BatchPass

  /// Looks at single images through `network`.
  public init(_ network: TypedAutoencoder) {
    pass = BatchPass(network, capacity: 1)
  }

  /// What the encoder reads from `pixels` in [0, 1], as many as the architecture's images have.
  public func read(_ pixels: [Float]) -> Reading {
    pass.inputs.setRow(0, to: pixels)
    pass.encode(rows: 0..<1)
    let values = architecture.schema.values(ofCode: pass.readCodes.row(0))
    return Reading(values: values, latents: pass.latents.row(0))
  }

  /// The image in [0, 1] that the decoder draws for typed values and free latents.
  public func decode(_ reading: Reading) -> [Float] {
    let code = architecture.schema.code(of: reading.values)
    if !code.isEmpty { pass.targetCodes.set(row: 0, column: 0, to: code) }
    pass.latents.setRow(0, to: reading.latents)
    pass.assemble(code: .truth, rows: 0..<1)
    pass.decode(rows: 0..<1)
    return pass.outputs.row(0)
  }
}
