extension NetworkArchitecture {
  /// The number of multiply-adds of one image in a training step of `plan`: for each weight one in the forward pass,
  /// one for its gradient where its layer learns, and one where a gradient passes through it.
  ///
  /// - Parameter latentsAreGiven: the encoder does not run.
  public func trainingMultiplyAdds(_ plan: StepPlan, latentsAreGiven: Bool = false) -> Int {
    layers.reduce(0) { sum, layer in
      let passes = [
        runsForward(layer, plan, latentsAreGiven: latentsAreGiven), plan.learning.contains(layer.part),
        passesGradient(layer, plan),
      ]
      return sum + passes.count { $0 } * layer.inputs * layer.outputs
    }
  }

  /// The number of weights that learn in a step of `plan`, without biases.
  public func learningWeights(_ plan: StepPlan) -> Int {
    layers.filter { plan.learning.contains($0.part) }.reduce(0) { $0 + $1.inputs * $1.outputs }
  }

  private func runsForward(_ layer: Layer, _ plan: StepPlan, latentsAreGiven: Bool) -> Bool {
    switch layer.part {
    case .decoder: true
    case .backbone, .latentHead: !latentsAreGiven
    // A staged encoder's first stages run before the backbone, whether their codes are needed or not.
    case .typedHeads: !latentsAreGiven && (plan.needsEncodedCodes || encoderKind == .staged)
    }
  }

  /// Tells whether the layer's input gradient is computed.
  private func passesGradient(_ layer: Layer, _ plan: StepPlan) -> Bool {
    guard layer.needsInputGradient else { return false }
    return switch layer.part {
    case .decoder:
      plan.passesThroughDecoder || (plan.learning.contains(.decoder) && layer != decoder.first)
    case .backbone, .latentHead: plan.learning.contains(.backbone)
    // Layers of chains before the backbone pass gradients on where they learn themselves.
    case .typedHeads:
      typedHeads.contains(layer)
        ? plan.learning.contains(.backbone) && plan.needsEncodedCodes : plan.learning.contains(.typedHeads)
    }
  }
}
