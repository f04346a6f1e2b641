import KernelTypes

/// Moves moments and parameters one Adam step on (Kingma and Ba, 2015, with PyTorch's order of operations).
func adam(_ arguments: AdamArguments) {
  let factors = arguments.factors
  let keep1 = Vector(repeating: factors.beta1)
  let take1 = Vector(repeating: factors.share1)
  let keep2 = Vector(repeating: factors.beta2)
  let take2 = Vector(repeating: factors.share2)
  let correction = Vector(repeating: factors.secondCorrection)
  let epsilon = Vector(repeating: factors.epsilon)
  let stepSize = Vector(repeating: -factors.stepSize)
  var index = 0
  while index < arguments.count {
    let gradient = (arguments.gradients + index).vector()
    let first = multiplyAdd((arguments.firstMoments + index).vector(), keep1, gradient * take1)
    let second = multiplyAdd((arguments.secondMoments + index).vector(), keep2, gradient * gradient * take2)
    let divisor = multiplyAdd(squareRoot(second), correction, epsilon)
    let parameter = multiplyAdd(stepSize, first / divisor, (arguments.parameters + index).vector())
    (arguments.firstMoments + index).store(first)
    (arguments.secondMoments + index).store(second)
    (arguments.parameters + index).store(parameter)
    index &+= lanes
  }
}

/// Sigmoid, squared error and its gradient, row by row.
func sigmoidLoss(_ arguments: SigmoidLossArguments) {
  let one = Vector(repeating: 1)
  let scale = Vector(repeating: arguments.scale)
  for row in arguments.rowStart..<arguments.rowEnd {
    let start = row &* arguments.stride
    var loss = Vector()
    var column = 0
    while column < arguments.columns {
      let index = start &+ column
      let output = one / (one + exponential(-(arguments.logits + index).vector()))
      let difference = output - (arguments.targets + index).vector()
      loss = multiplyAdd(difference, difference, loss)
      (arguments.outputs + index).store(output)
      (arguments.gradients + index).store(scale * difference * (output * (one - output)))
      column &+= lanes
    }
    arguments.rowLosses[row] = orderedSum(loss)
  }
}

/// Adds up the columns of a matrix, one vector of columns at a time.
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

/// The sum of a vector's numbers, from first to last.
@inline(__always)
private func orderedSum(_ vector: Vector) -> Float {
  var sum: Float = 0
  for lane in 0..<lanes { sum += vector[lane] }
  return sum
}
