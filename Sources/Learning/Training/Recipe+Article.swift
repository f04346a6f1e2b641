import Networks

extension Recipe {
  /// The epochs of the article's three phases.
  public static let articleEpochs = [25, 20, 20]

  /// The article's recipe in three phases.
  ///
  /// 1. *Autoencode*: upright images with the neutral code; all parts but the typed heads learn.
  /// 2. *Teach the decoder*: the encoder is frozen and encodes the upright image; the decoder learns to decode
  ///    it transformed by the given code.
  /// 3. *Teach the encoder*: the decoder is frozen; the encoder encodes transformed images, which are decoded
  ///    from its codes and latents; the loss is that of the reconstruction plus the coordinates'.
  ///
  /// - Parameters:
  ///   - epochs: one number for each phase.
  ///   - learnsBackbone: trains the backbone in phase 3.
  ///   - learnsLatentHead: trains the latent head in phase 3.
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
          name: "autoencode", epochs: epochs[0],
          plan: StepPlan(
            learning: [.backbone, .latentHead, .decoder],
            groups: [StepPlan.Group(input: .upright, target: .upright, code: .truth, coordinateWeight: 0)],
            reconstructionWeight: 1)),
        Phase(
          name: "teach the decoder", epochs: epochs[1],
          plan: StepPlan(
            learning: [.decoder],
            groups: [
              StepPlan.Group(input: .upright, target: .transformed, code: .truth, coordinateWeight: 0)
            ],
            reconstructionWeight: 1)),
        Phase(
          name: "teach the encoder", epochs: epochs[2],
          plan: StepPlan(
            learning: readers,
            groups: [
              StepPlan.Group(
                input: .transformed, target: .transformed, code: .encoded, coordinateWeight: coordinateWeight)
            ],
            reconstructionWeight: 1)),
      ])
  }
}
