import Kernels
import Networks

/// Measurements of the kernels on one core.
struct KernelBenchmark {
  static let batch = 128
  let variant: KernelVariant

  /// Billions of operations per second in the fastest of the loops of bare multiply-adds.
  func peak() -> Double {
    let speeds = variant.peakLoops.map { loop in
      let iterations = 100_000
      let operations = loop(iterations)
      return operations / Stopwatch.best(rounds: 20) { _ = loop(iterations) } * 1e-9
    }
    return speeds.max() ?? 0
  }

  /// Each matrix product of the article's network, as in a training step on dense data.
  func products(peak: Double) -> [BenchmarkReport.Product] {
    let architecture = NetworkArchitecture.article
    let chain = architecture.backbone + architecture.decoder
    return chain.flatMap { layer in
      product(
        inputs: layer.inputs, outputs: layer.outputs,
        usesCopy: layer.part == .backbone || layer.hasTransposedCopy, peak: peak)
    }
  }

  private func product(inputs: Int, outputs: Int, usesCopy: Bool, peak: Double) -> [BenchmarkReport.Product] {
    let input = Self.filled(inputs)
    let output = Self.filled(outputs)
    let inputGradient = Matrix(rows: Self.batch, columns: inputs)
    let bias = Matrix(rows: 1, columns: outputs)
    let weights = PanelMatrix(rows: inputs, columns: outputs)
    weights.transposedValues = (0..<inputs * outputs).map { Float($0 % 17 - 8) / 64 }
    let transposed = PanelMatrix(rows: outputs, columns: inputs)
    weights.transpose(into: transposed)
    let gradient = PanelMatrix(rows: inputs, columns: outputs)
    let result = Matrix(rows: Self.batch, columns: outputs)
    let rows = 0..<Self.batch
    let runs: [(String, () -> Void)] = [
      (
        "forward",
        {
          variant.forward(
            input, weights: weights, bias: bias, activation: .rectified, into: result, rows: rows)
        }
      ),
      (
        "input gradient",
        {
          if usesCopy {
            variant.inputGradient(
              output, transposed: transposed, mask: input, into: inputGradient, rows: rows)
          } else {
            variant.inputGradient(
              output, weights: weights, mask: input, active: nil, into: inputGradient, rows: rows)
          }
        }
      ),
      (
        "weight gradient",
        {
          variant.weightGradient(input, output, batch: Self.batch, into: gradient, inputs: 0..<inputs)
        }
      ),
    ]
    return runs.map { name, run in
      let operations = 2 * Double(Self.batch * inputs * outputs)
      let speed = operations / Stopwatch.best(run) * 1e-9
      return BenchmarkReport.Product(
        name: "\(inputs)x\(outputs) \(name)", gflops: speed, fractionOfPeak: speed / peak)
    }
  }

  private static func filled(_ columns: Int) -> Matrix {
    let matrix = Matrix(rows: batch, columns: columns)
    for row in 0..<batch {
      matrix.setRow(row, to: (0..<columns).map { Float(($0 * 7 + row * 3) % 13 + 1) / 13 })
    }
    return matrix
  }
}
