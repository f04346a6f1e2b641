import ArgumentParser
import Networks

extension TrainingOptions {
  /// Checks the options of a new run.
  func validateStart() throws {
    try validateTogether()
    if let phases {
      guard model != nil || phases.numbers.contains(1) else {
        throw ValidationError("--phases without phase 1 needs --model.")
      }
    }
    if model == nil {
      // The shape of the data is not known yet.
      let architecture = try makeArchitecture(standard: .article)
      try validateParts(of: architecture)
      try validateSize(of: architecture)
    }
  }

  /// Throws for a network with too many weights.
  func validateSize(of architecture: NetworkArchitecture) throws {
    let count = architecture.layers.reduce(0) { $0 + ($1.inputs + 1) * $1.outputs }
    guard count <= Self.largestParameterCount else {
      throw ValidationError(
        "--hidden: a network of \(count) weights exceeds the limit of \(Self.largestParameterCount).")
    }
  }

  /// With the optimizer's two moments, this many weights still fit into a file of 1 GiB.
  private static let largestParameterCount = 80_000_000

  /// Checks the options by themselves, or together with the recipe's name.
  func validateTogether() throws {
    if let phases {
      guard recipeName == .article else { throw ValidationError("--phases requires the article's recipe.") }
      guard !phases.numbers.isEmpty, phases.numbers.allSatisfy((1...3).contains) else {
        throw ValidationError("--phases takes numbers from 1 to 3.")
      }
    }
    try validateEpochs()
    try validateNumbers()
    try validateRecipesOptions()
    guard
      model == nil
        || (preset == nil && coordinates == nil && hidden == nil && encoder == nil && decoder == nil)
    else {
      throw ValidationError(
        "--model sets coordinates, widths, encoder and decoder; use it with --recipe.")
    }
  }

  /// Throws for options of the other recipe.
  private func validateRecipesOptions() throws {
    let ofArticle = [("freeze-backbone", freezeBackbone), ("freeze-latent-head", freezeLatentHead)]
    let ofJoint = [
      ("upright-share", uprightShare != nil), ("own-code-share", ownCodeShare != nil),
      ("locator-weight", locatorWeight != nil), ("compass-weight", compassWeight != nil),
    ]
    for (name, isGiven) in recipeName == .article ? ofJoint : ofArticle where isGiven {
      let other = recipeName == .article ? "the joint" : "the article's"
      throw ValidationError("--\(name) requires \(other) recipe.")
    }
    if recipeName == .joint, let batchSize, batchSize < Self.smallestJointBatch {
      throw ValidationError(
        "--batch-size of the joint recipe, whose batches have three parts, is at least \(Self.smallestJointBatch)."
      )
    }
  }

  /// Throws for weights of parts that the network does not have, and for recipes that do not suit it.
  func validateParts(of architecture: NetworkArchitecture) throws {
    guard recipeName == .joint || architecture.encoderKind == .direct else {
      throw ValidationError(
        "the article's recipe trains the encoder last; a staged encoder needs --recipe joint")
    }
    for (name, weight, layers) in [
      ("locator", locatorWeight, architecture.locator), ("compass", compassWeight, architecture.compass),
    ] where weight != nil && layers.isEmpty {
      throw ValidationError("--\(name)-weight: this network has no \(name).")
    }
  }

  private static let smallestJointBatch = 32

  private func validateNumbers() throws {
    guard batchSize.map((1...65_536).contains) ?? true else {
      throw ValidationError("--batch-size takes a whole number from 1 to 65536.")
    }
    // Adam changes every weight by up to the learning rate per step, which should not exceed 1.
    guard learningRate.map({ $0 > 0 && $0 <= 1 }) ?? true else {
      throw ValidationError("--learning-rate takes a number above 0, and 1 at most.")
    }
    guard weightDecay.map({ (0...1).contains($0) }) ?? true else {
      throw ValidationError("--weight-decay takes a number from 0 to 1.")
    }
    let (upright, ownCode) = (uprightShare ?? 0.25, ownCodeShare ?? 0.25)
    guard (0...1).contains(upright), (0...1).contains(ownCode), upright + ownCode <= 1 else {
      throw ValidationError("--upright-share and --own-code-share take fractions with a sum of at most 1.")
    }
    guard jitter.map((0...1).contains) ?? true else {
      throw ValidationError("--jitter takes a fraction from 0 to 1.")
    }
    for (name, weight) in [
      ("coordinate", coordinateWeight), ("locator", locatorWeight), ("compass", compassWeight),
    ] {
      guard weight.map({ (0...1e6).contains($0) }) ?? true else {
        throw ValidationError("--\(name)-weight takes a number from 0 to 1000000.")
      }
    }
    if let hidden {
      guard (1...16).contains(hidden.numbers.count), hidden.numbers.allSatisfy((1...8192).contains) else {
        throw ValidationError("--hidden takes up to 16 widths from 1 to 8192, such as 256,128.")
      }
    }
  }
}
