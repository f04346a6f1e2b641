import Networks

extension Recipe {
  /// The epochs of the article's three phases.
  public static let articleEpochs = [25, 20, 20]

  /// The article's recipe in three phases.
  ///
  /// 1. *Autoencode*: upright images; the typed code is that of no transform; all but the typed heads learn.
  /// 2. *Teach the decoder*: the encoder is frozen and sees the upright image; the decoder learns to draw it
  ///    transformed by the code that it is given.
  /// 3. *Teach the encoder*: the decoder is frozen; the encoder sees transformed images, and its own codes
  ///    and latents are decoded; the loss is that of the reconstruction plus the coordinates'.
  ///
  /// - Parameters:
  ///   - epochs: one number for each phase.
  ///   - learnsBackbone: whether the backbone learns in phase 3.
  ///   - learnsLatentHead: whether the latent head learns in phase 3.
  ///   - coordinateWeight: the weight of the coordinates' loss in phase 3.
  public static func article(
    epochs: [Int] = articleEpochs, learnsBackbone: Bool = true, learnsLatentHead: Bool = true,
    coordinateWeight: Float = 1
  ) -> Recipe {
    precondition(epochs.count == 3, "the article's recipe has three phases, not \(epochs.count)")
    var readers: Set<NetworkPart> = [.typedHeads]
    if learnsBackbone { readers.insert(.backbone) }
    if learnsLatentHead { readers.insert(.latentHead) }
    return Recipe(
      name: "article",
      phases: [
        Phase(
          name: "autoencode", epochs: epochs[0], input: .upright, target: .upright,
          plan: StepPlan(
            learning: [.backbone, .latentHead, .decoder], code: .truth, reconstructionWeight: 1,
            coordinateWeight: 0)),
        Phase(
          name: "teach the decoder", epochs: epochs[1], input: .upright, target: .transformed,
          plan: StepPlan(learning: [.decoder], code: .truth, reconstructionWeight: 1, coordinateWeight: 0)),
        Phase(
          name: "teach the encoder", epochs: epochs[2], input: .transformed, target: .transformed,
          plan: StepPlan(
            learning: readers, code: .encoded, reconstructionWeight: 1, coordinateWeight: coordinateWeight)),
      ])
  }
}
