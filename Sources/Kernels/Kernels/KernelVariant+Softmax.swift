#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension KernelVariant {
  /// Replaces each row of `logits` by the gradient of its cross-entropy: softmax − 1 at the row's label.
  public func softmaxGradient(_ logits: Matrix, labels: [Int]) {
    precondition(
      labels.count <= logits.rows && labels.allSatisfy { (0..<logits.columns).contains($0) },
      "\(labels.count) labels for \(logits.rows) × \(logits.columns) logits")
    for (row, label) in labels.enumerated() {
      let values = logits.base + row * logits.stride
      var largest = values[0]
      for column in 1..<max(logits.columns, 1) { largest = max(largest, values[column]) }
      var sum: Float = 0
      for column in 0..<logits.columns {
        values[column] = exp(values[column] - largest)
        sum += values[column]
      }
      for column in 0..<logits.columns { values[column] /= sum }
      values[label] -= 1
    }
  }
}
