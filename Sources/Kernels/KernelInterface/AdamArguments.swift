/// The arguments of an Adam step over `count` values, a multiple of 16.
@frozen public struct AdamArguments {
  /// The number of values.
  public var count: Int
  /// The parameters to update.
  public var parameters: UnsafeMutablePointer<Float>
  /// The gradient of each parameter.
  public var gradients: UnsafePointer<Float>
  /// The first and second moments: running means of gradients and of their squares.
  public var firstMoments, secondMoments: UnsafeMutablePointer<Float>
  /// The factors common to all parameters.
  public var factors: AdamFactors

  /// Creates the arguments for one block of parameters.
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

/// The factors common to all parameters in one Adam step.
@frozen public struct AdamFactors: Sendable {
  /// The decay rates of the first and second moments.
  public var beta1, beta2: Float
  /// The weights of the new gradient and of its square in the moments: 1 − decay.
  public var gain1, gain2: Float
  /// Learning rate ÷ (1 − beta1^step).
  public var stepSize: Float
  /// 1 ÷ √(1 − beta2^step).
  public var secondCorrection: Float
  /// Added to the divisor.
  public var epsilon: Float
  /// The factor of every parameter before the step, for decoupled weight decay; 1 without it.
  public var weightFactor: Float

  /// Creates the factors.
  ///
  /// The decay rates are `Double`, as 1 − Float(0.999) is wrong by one part in 80,000.
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
