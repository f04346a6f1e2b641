/// One Adam step over `count` values, a multiple of 16.
@frozen public struct AdamArguments {
  /// How many values there are.
  public var count: Int
  /// The values to move.
  public var parameters: UnsafeMutablePointer<Float>
  /// The gradient of each.
  public var gradients: UnsafePointer<Float>
  /// The running means of gradients and of their squares.
  public var firstMoments, secondMoments: UnsafeMutablePointer<Float>
  /// What all values share.
  public var factors: AdamFactors

  /// The values of one parameter block and what belongs to them.
  public init(
    count: Int, parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    firstMoments: UnsafeMutablePointer<Float>, secondMoments: UnsafeMutablePointer<Float>,
    factors: AdamFactors
  ) {
    self.count = count
    self.parameters = parameters
    self.gradients = gradients
    self.firstMoments = firstMoments
    self.secondMoments = secondMoments
    self.factors = factors
  }
}

/// The numbers that all parameters share in one Adam step.
@frozen public struct AdamFactors: Sendable {
  /// The decay of the first and of the second moment.
  public var beta1, beta2: Float
  /// The share of the new gradient in the first and of its square in the second moment: 1 − decay.
  public var gain1, gain2: Float
  /// Learning rate ÷ (1 − beta1 to the power of the step number).
  public var stepSize: Float
  /// 1 ÷ √(1 − beta2 to the power of the step number).
  public var secondCorrection: Float
  /// Keeps the divisor above 0.
  public var epsilon: Float
  /// What every parameter is multiplied with before the step: 1 without weight decay.
  public var weightFactor: Float

  /// Names the numbers.
  ///
  /// The decays come as `Double`: 1 − 0.999 of a rounded 0.999 would be wrong by one part in 80,000.
  public init(
    beta1: Double, beta2: Double, stepSize: Float, secondCorrection: Float, epsilon: Float,
    weightFactor: Float = 1
  ) {
    (self.beta1, self.beta2) = (Float(beta1), Float(beta2))
    (gain1, gain2) = (Float(1 - beta1), Float(1 - beta2))
    self.stepSize = stepSize
    self.secondCorrection = secondCorrection
    self.epsilon = epsilon
    self.weightFactor = weightFactor
  }
}
