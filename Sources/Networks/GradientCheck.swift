import Kernels

/// Finds out before a step whether it would leave numbers behind that are not finite.
///
/// A weight's gradient is a sum over the batch of what its layer reads, x, times the gradient g of what the
/// layer computes; so its square is at most Σx² · Σg² (Cauchy and Schwarz), over all of x and g. Where that
/// product fits a `Float`, so do the gradient's square and the optimizer's moments, and the weights stay
/// finite. The sums cost far less than the gradients themselves, which no memory ever holds.
public final class GradientCheck {
  private let pass: BatchPass
  /// The learning layers in the order in which gradients reach them.
  private let layers: [DenseLayer]
  private let parts: Int
  /// Σx² and Σg² of each part and layer.
  private let inputs, gradients: RowValues

  /// A check of the learning layers of `pass`, whose rows `parts` threads share.
  public init(_ pass: BatchPass, learning learningParts: Set<NetworkPart>, parts: Int) {
    self.pass = pass
    self.parts = parts
    layers = pass.network.layers(of: learningParts).reversed()
    inputs = RowValues(count: max(1, parts * layers.count))
    gradients = RowValues(count: max(1, parts * layers.count))
  }

  /// Looks at the rows of share `part`, after the first pass over them; shares may be looked at together.
  public func measure(rows: Range<Int>, part: Int) {
    for (index, layer) in layers.enumerated() {
      let buffers = pass.buffers(of: layer)
      let place = part * layers.count + index
      inputs[place] = Float(buffers.input.squareSum(rows: rows))
      gradients[place] = Float(buffers.outputGradient.squareSum(rows: rows))
    }
  }

  /// The first weight whose gradient, or its square, may not be a finite number, over a batch of `count` rows
  /// of which all have been measured; nil where all is well.
  public func fault(batch count: Int) -> String? {
    for (index, layer) in layers.enumerated() {
      var sums = (input: 0.0, gradient: 0.0)
      for part in 0..<parts where !partition(part, of: parts, count: count).isEmpty {
        sums.input += Double(inputs[part * layers.count + index])
        sums.gradient += Double(gradients[part * layers.count + index])
      }
      // A bias reads a 1 in each row.
      let square = max(sums.input, Double(count)) * sums.gradient
      guard square < Double(Float.greatestFiniteMagnitude) else { return layer.weightName }
    }
    return nil
  }
}
