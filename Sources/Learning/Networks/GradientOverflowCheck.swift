import Kernels

/// A check, before an optimizer step, that the step leaves all weights and moments finite.
///
/// A weight's gradient is the sum over the batch of the layer's input x times the gradient g of its output;
/// its square is at most Σx² · Σg² (Cauchy–Schwarz). Where that product is finite as a `Float`, so are the
/// gradient's square, the moments and the weights. The gradients themselves are never stored.
public final class GradientOverflowCheck {
  private let pass: BatchPass
  /// The trainable layers in backward order.
  private let layers: [DenseLayer]
  private let threads: Int
  /// Σx² and Σg² of each thread and layer.
  private let inputs, gradients: RowValues

  /// Creates a check of the trainable layers of `pass`, whose rows are partitioned over `parts` threads.
  public init(_ pass: BatchPass, learning learningParts: Set<NetworkPart>, threads: Int) {
    self.pass = pass
    self.threads = threads
    layers = pass.network.layers(of: learningParts).reversed()
    inputs = RowValues(count: max(1, threads * layers.count))
    gradients = RowValues(count: max(1, threads * layers.count))
  }

  /// Measures the rows of partition `part`, after forward and backward pass; partitions may be measured in
  /// parallel.
  public func measure(rows: Range<Int>, thread: Int) {
    for (index, layer) in layers.enumerated() {
      let buffers = pass.buffers(of: layer)
      let place = thread * layers.count + index
      inputs[place] = Float(buffers.input.squareSum(rows: rows))
      gradients[place] = Float(buffers.outputGradient.squareSum(rows: rows))
    }
  }

  /// The first tensor of weights whose gradient, or its square, may not be finite over a batch of `count` rows, all of
  /// them measured; nil where there is none.
  public func firstOverflow(batch count: Int) -> String? {
    for (index, layer) in layers.enumerated() {
      var sums = (input: 0.0, gradient: 0.0)
      for thread in 0..<threads where !partition(thread, of: threads, count: count).isEmpty {
        sums.input += Double(inputs[thread * layers.count + index])
        sums.gradient += Double(gradients[thread * layers.count + index])
      }
      // The input of a bias is 1.
      let square = max(sums.input, Double(count)) * sums.gradient
      guard square < Double(Float.greatestFiniteMagnitude) else { return layer.weightName }
    }
    return nil
  }
}
