/// A part of a typed autoencoder that is trained or frozen as a whole.
public enum NetworkPart: String, Sendable, CaseIterable, Codable {
  /// The encoder's hidden layers.
  case backbone
  /// The heads of the typed coordinates.
  case typedHeads
  /// The head of the free latents.
  case latentHead
  /// The decoder.
  case decoder

  /// The parts of the encoder.
  public static let encoder: Set<NetworkPart> = [.backbone, .typedHeads, .latentHead]
}
