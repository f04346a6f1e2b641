/// Multiplies and adds `iterations` times in each of 12 independent vectors; returns the sum of all elements.
func multiplyAdds12(_ iterations: Int) -> Float {
  multiplyAdds(InlineArray<12, Vector>(repeating: Vector(repeating: 1)), iterations)
}

/// `multiplyAdds12` with 16 vectors.
func multiplyAdds16(_ iterations: Int) -> Float {
  multiplyAdds(InlineArray<16, Vector>(repeating: Vector(repeating: 1)), iterations)
}

/// `multiplyAdds12` with 24 vectors.
func multiplyAdds24(_ iterations: Int) -> Float {
  multiplyAdds(InlineArray<24, Vector>(repeating: Vector(repeating: 1)), iterations)
}

@inline(__always)
private func multiplyAdds<let count: Int>(_ start: InlineArray<count, Vector>, _ iterations: Int) -> Float {
  var sums = start
  let factor = Vector(repeating: 0.999)
  let addend = Vector(repeating: 0.001)
  for _ in 0..<iterations {
    for index in 0..<count { sums[index] = multiplyAdd(sums[index], factor, addend) }
  }
  var total = Vector()
  for index in 0..<count { total += sums[index] }
  var sum: Float = 0
  for lane in 0..<lanes { sum += total[lane] }
  return sum
}
