import Foundation

/// The contents of `goldens.json`: reference values computed in float64 by another framework, see README.md.
public struct Goldens: Decodable, Sendable {
  /// Checks of the formulas that give weights and images.
  public struct Inputs: Decodable, Sendable {
    /// Radians, one for each image.
    public let angles: [Double]
    /// The sum of each image's bytes.
    public let byteSums: [Int]
    /// All images upright, and all turned by their angles; 8 × 784.
    public let images, turned: Digest
    /// Every tensor of the network, by name.
    public let weights: [String: Digest]
  }

  /// Image 0 turned; the keys are degrees.
  public struct Turning: Decodable, Sendable {
    /// The turned image for each angle.
    public let bilinear, nearest: [String: Digest]
    /// All pixels at 30°.
    public let pixelsBilinear30: [Double]
  }

  /// Both halves of the network on the upright images.
  public struct Forward: Decodable, Sendable {
    /// The rotation head's output before and after normalization (8 × 2) and the free latents (8 × 5).
    public let rawCode, code, latent: [Double]
    /// The decoded images, 8 × 784.
    public let decodedAtOwnCode, decodedAtZeroDegrees: Digest
  }

  /// The rotation head's normalization alone, one row for each raw vector.
  public struct Normalization: Decodable, Sendable {
    /// Raw vectors, their codes, a gradient of the codes and what comes back for it.
    public let raw, code, codeGradient, rawGradient: [[Double]]
  }

  /// Loss and gradients of one phase at the given weights, and where ten steps of Adam lead.
  public struct Phase: Decodable, Sendable {
    /// The loss and its parts.
    public struct Loss: Decodable, Sendable {
      /// The weighted sum and the pixels' mean squared error.
      public let total, reconstruction: Double
      /// The code's mean squared error, in the phase that has it.
      public let rotation: Double?
    }

    /// The loss at the given weights.
    public let loss: Loss
    /// The total loss before each of ten steps.
    public let stepLosses: [Double]
    /// The tensors that learn, by name: their gradients before the first step, themselves after ten steps,
    /// and what the steps added.
    public let gradients, weights, changes: [String: Digest]
  }

  /// Adam alone: for each of eight parameters, ten gradients and the value after each of ten steps.
  public struct Adam: Decodable, Sendable {
    /// One list for each parameter.
    public let gradients, parameters: [[Double]]
  }

  /// The version of the content.
  public let format: String
  /// The parts of the file, under its own names.
  public let inputs: Inputs
  /// Image 0 turned.
  public let turning: Turning
  /// The network's outputs.
  public let forward: Forward
  /// The rotation head's last step.
  public let normalization: Normalization
  /// The article's phases, under `1`, `2` and `3`.
  public let phases: [String: Phase]
  /// Ten steps of Adam.
  public let adam: Adam

  /// Reads the file beside this source.
  public static func load() throws -> Goldens {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "goldens.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Goldens.self, from: Data(contentsOf: file))
  }
}
