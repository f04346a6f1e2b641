/// Multiplies and adds `iterations` times in each of 12 independent vectors; returns the sum of all elements.
func multiplyAdds12(_ iterations: Int) -> Float {
  multiplyAdds(InlineArray<12, Vector>(repeating: Vector()), iterations)
}

/// `multiplyAdds12` with 16 vectors.
func multiplyAdds16(_ iterations: Int) -> Float {
  multiplyAdds(InlineArray<16, Vector>(repeating: Vector()), iterations)
}

/// `multiplyAdds12` with 24 vectors.
func multiplyAdds24(_ iterations: Int) -> Float {
  multiplyAdds(InlineArray<24, Vector>(repeating: Vector()), iterations)
}

/// Adds to the sums, as `fmla` does: with the sums as a factor, each would first be copied.
@inline(__always)
private func multiplyAdds<let count: Int>(_ start: InlineArray<count, Vector>, _ iterations: Int) -> Float {
  var sums = start
  let left = Vector(repeating: 0.999)
  let right = Vector(repeating: 0.001)
  for _ in 0..<iterations {
    for index in 0..<count { sums[index] = multiplyAdd(left, right, sums[index]) }
  }
  var total = Vector()
  for index in 0..<count { total += sums[index] }
  return orderedSum(total)
}
