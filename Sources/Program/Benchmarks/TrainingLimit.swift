import Kernels
import Networks
import Training

/// The speed that one core could reach in training: its multiply-adds at the measured peak, then Adam's pass over
/// weights and moments at the measured rate. No other work counts.
struct TrainingLimit {
  /// The peak of one core, in billions of floating-point operations per second.
  let peakGflops: Double
  let variant: KernelVariant

  /// The limits of one core for the phases of a subject, in images per second.
  func imagesPerSecond(_ subject: TrainingSubject) -> [Double] {
    let recipe = subject.preset.recipe
    return recipe.phases.map { imagesPerSecond(subject.architecture, recipe, $0) }
  }

  /// The limit of one core for a phase, in images per second.
  func imagesPerSecond(_ architecture: NetworkArchitecture, _ recipe: Recipe, _ phase: Phase) -> Double {
    let operations =
      2
      * architecture.trainingMultiplyAdds(
        phase.plan, latentsAreGiven: recipe.hasConstantLatents(in: phase))
    let update = updateSeconds(weights: architecture.learningWeights(phase.plan)) / Double(recipe.batchSize)
    return 1 / (Double(operations) / (peakGflops * 1e9) + update)
  }

  /// The bytes of a weight's step that are read and written: the weight and two moments. A gradient that is used
  /// where it is computed is in neither.
  private static let updateBytes = 24.0
  /// The bytes of a step of stored gradients, which `updateSeconds` measures.
  private static let storedUpdateBytes = updateBytes + 4

  /// The seconds for one Adam step of that many weights: the measured time of a step with stored gradients, less the
  /// share of reading them.
  func updateSeconds(weights count: Int) -> Double {
    let arrays = (0..<4).map { _ in Matrix(rows: 1, columns: count) }
    arrays[3].fill(1e-3)
    let factors = AdamFactors(
      beta1: 0.9, beta2: 0.999, stepSize: 1e-3, secondCorrection: 1, epsilon: 1e-8, weightFactor: 1)
    let seconds = Stopwatch.best {
      variant.adam(
        arrays[0], gradients: arrays[3], firstMoments: arrays[1], secondMoments: arrays[2], factors: factors)
    }
    return seconds * Self.updateBytes / Self.storedUpdateBytes
  }
}

extension Matrix {
  /// Sets all values of the first row.
  fileprivate func fill(_ value: Float) { setRow(0, to: [Float](repeating: value, count: columns)) }
}
