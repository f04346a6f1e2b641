import KernelInterface

/// Performs one Adam step (Kingma and Ba, 2015, with PyTorch's order of operations).
func adam(_ arguments: AdamArguments) {
  let step = AdamStep(arguments.factors)
  var index = 0
  while index < arguments.count {
    step.move(
      arguments.parameters + index, first: arguments.firstMoments + index,
      second: arguments.secondMoments + index, gradient: (arguments.gradients + index).vector())
    index &+= lanes
  }
}

/// The factors of an Adam step as vectors.
struct AdamStep {
  private let decay1, gain1, decay2, gain2, correction, epsilon, stepSize, weightFactor: Vector

  @inline(__always)
  init(_ factors: AdamFactors) {
    decay1 = Vector(repeating: factors.beta1)
    gain1 = Vector(repeating: factors.gain1)
    decay2 = Vector(repeating: factors.beta2)
    gain2 = Vector(repeating: factors.gain2)
    correction = Vector(repeating: factors.secondCorrection)
    epsilon = Vector(repeating: factors.epsilon)
    stepSize = Vector(repeating: -factors.stepSize)
    weightFactor = Vector(repeating: factors.weightFactor)
  }

  /// Updates one vector of parameters and its moments.
  @inline(__always)
  func move(
    _ parameters: UnsafeMutablePointer<Float>, first: UnsafeMutablePointer<Float>,
    second: UnsafeMutablePointer<Float>, gradient: Vector
  ) {
    let mean = multiplyAdd(first.vector(), decay1, gradient * gain1)
    let square = multiplyAdd(second.vector(), decay2, gradient * gradient * gain2)
    first.store(mean)
    second.store(square)
    let divisor = multiplyAdd(squareRoot(square), correction, epsilon)
    parameters.store(multiplyAdd(stepSize, mean * reciprocal(divisor), parameters.vector() * weightFactor))
  }
}

/// Computes the sigmoid, its squared error and gradient, row by row.
func sigmoidLoss(_ arguments: SigmoidLossArguments) {
  let one = Vector(repeating: 1)
  let scale = Vector(repeating: arguments.scale)
  for row in arguments.rowStart..<arguments.rowEnd {
    let start = row &* arguments.stride
    var loss = Vector()
    @inline(__always)
    func add(_ output: Vector, at index: Int) {
      let difference = output - (arguments.targets + index).vector()
      loss = multiplyAdd(difference, difference, loss)
      if let outputs = arguments.outputs { (outputs + index).store(output) }
      if let gradients = arguments.gradients {
        (gradients + index).store(scale * difference * (output * (one - output)))
      }
    }
    var column = 0
    while column &+ lanes <= arguments.columns {
      add(sigmoid((arguments.logits + (start &+ column)).vector()), at: start &+ column)
      column &+= lanes
    }
    // The targets' padding is 0, as the outputs' becomes.
    if column < arguments.columns {
      let output = sigmoid((arguments.logits + (start &+ column)).vector())
      add(output.keepingFirst(arguments.columns &- column), at: start &+ column)
    }
    arguments.rowLosses[row] = orderedSum(loss)
  }
}

/// Computes the sigmoid, row by row; padding stays 0.
func sigmoid(_ arguments: SigmoidArguments) {
  for row in arguments.rowStart..<arguments.rowEnd {
    let start = row &* arguments.stride
    var column = 0
    while column &+ lanes <= arguments.columns {
      (arguments.outputs + (start &+ column)).store(sigmoid((arguments.logits + (start &+ column)).vector()))
      column &+= lanes
    }
    if column < arguments.columns {
      let output = sigmoid((arguments.logits + (start &+ column)).vector())
      (arguments.outputs + (start &+ column)).store(output.keepingFirst(arguments.columns &- column))
    }
  }
}

@inline(__always)
private func sigmoid(_ x: Vector) -> Vector {
  let one = Vector(repeating: 1)
  return reciprocal(one + exponential(-x))
}

/// Replaces gradients with respect to sigmoids by those with respect to their logits.
func sigmoidBackward(_ arguments: SigmoidBackwardArguments) {
  let one = Vector(repeating: 1)
  for row in arguments.rowStart..<arguments.rowEnd {
    let start = row &* arguments.stride
    var column = 0
    while column < arguments.columns {
      let index = start &+ column
      let output = (arguments.outputs + index).vector()
      (arguments.gradients + index).store((arguments.gradients + index).vector() * (output * (one - output)))
      column &+= lanes
    }
  }
}

/// Computes the squared error and its gradient, row by row.
func squaredLoss(_ arguments: SquaredLossArguments) {
  let scale = Vector(repeating: arguments.scale)
  for row in arguments.rowStart..<arguments.rowEnd {
    let start = row &* arguments.stride
    var loss = Vector()
    var column = 0
    while column < arguments.columns {
      let index = start &+ column
      let difference = (arguments.outputs + index).vector() - (arguments.targets + index).vector()
      loss = multiplyAdd(difference, difference, loss)
      if let gradients = arguments.gradients { (gradients + index).store(scale * difference) }
      column &+= lanes
    }
    arguments.rowLosses[row] = orderedSum(loss)
  }
}

/// Sums over the rows of a matrix, one vector of columns at a time.
func columnSums(_ arguments: ColumnSumArguments) {
  var column = arguments.columnStart
  while column < arguments.columnEnd {
    var sum = Vector()
    for row in 0..<arguments.rows {
      sum += (arguments.matrix + (row &* arguments.stride &+ column)).vector()
    }
    (arguments.sums + column).store(sum)
    column &+= lanes
  }
}

/// Converts bytes to floats in [0, 1]: byte ÷ 255.
func unitNumbers(_ arguments: UnitNumberArguments) {
  var index = 0
  while index &+ lanes <= arguments.count {
    (arguments.out + index).store(unitNumbers(numbers(arguments.bytes + index)))
    index &+= lanes
  }
  while index < arguments.count {
    arguments.out[index] = Float(arguments.bytes[index]) / 255
    index &+= 1
  }
}

/// The sum of a vector's elements, in order.
@inline(__always)
func orderedSum(_ vector: Vector) -> Float {
  var sum: Float = 0
  for lane in 0..<lanes { sum += vector[lane] }
  return sum
}
