/// What one training step computes and which parts it moves.
public struct StepPlan: Sendable, Hashable {
  /// Where the typed code that the decoder sees comes from.
  public enum CodeSource: String, Sendable, Codable {
    /// It is the true code of the target's transform.
    case truth
    /// It is what the typed heads read from the input.
    case read
  }

  /// The parts that learn; the others are frozen.
  public var learning: Set<NetworkPart>
  /// The code that the decoder sees.
  public var code: CodeSource
  /// The weight of the mean squared error over all pixels.
  public var reconstructionWeight: Float
  /// The weight of the mean squared error of each typed coordinate's code.
  public var coordinateWeight: Float

  /// Names the choices.
  public init(
    learning: Set<NetworkPart>, code: CodeSource, reconstructionWeight: Float, coordinateWeight: Float
  ) {
    self.learning = learning
    self.code = code
    self.reconstructionWeight = reconstructionWeight
    self.coordinateWeight = coordinateWeight
  }

  /// Whether the encoder is frozen and nothing but its latents matters.
  public var takesLatentsOnly: Bool { !readsCodes && learning.isDisjoint(with: NetworkPart.encoder) }

  /// Whether the typed heads' codes are needed.
  var readsCodes: Bool { code == .read || coordinateWeight != 0 }

  /// Whether the reconstruction's gradient goes through the decoder to the encoder.
  var passesThroughDecoder: Bool {
    learning.contains(.latentHead) || learning.contains(.backbone)
      || (code == .read && learning.contains(.typedHeads))
  }
}
