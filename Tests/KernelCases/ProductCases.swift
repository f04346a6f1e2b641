import KernelInterface

/// The sizes of a dense layer, and the fraction of zeros in its input.
public struct LayerSize: Sendable {
  /// The sizes.
  public let rows, inputs, outputs: Int
  /// The fraction of zeros, from 0 to 1.
  public let zeros: Float

  init(_ rows: Int, _ inputs: Int, _ outputs: Int, zeros: Float = 0) {
    (self.rows, self.inputs, self.outputs, self.zeros) = (rows, inputs, outputs, zeros)
  }

  var sizes: [Int] { [rows, inputs, outputs] }

  /// Every small size with every tail of a tile, whole tiles, odd sizes, and the article's layers.
  public static let dense: [LayerSize] = {
    var sizes: [LayerSize] = []
    for rows in 1...12 {
      for inputs in [1, 2, 5, 7, 12] {
        for outputs in 1...12 { sizes.append(LayerSize(rows, inputs, outputs)) }
      }
    }
    for rows in 1...17 { sizes += [LayerSize(rows, 9, 48), LayerSize(5, rows, 33)] }
    for outputs in [16, 17, 31, 32, 33, 47] { sizes.append(LayerSize(9, 3, outputs)) }
    return sizes + [
      LayerSize(9, 11, 49), LayerSize(11, 13, 64), LayerSize(12, 4, 80), LayerSize(13, 6, 96),
      LayerSize(15, 10, 97), LayerSize(16, 31, 144), LayerSize(17, 33, 160), LayerSize(8, 784, 256),
      LayerSize(3, 256, 784), LayerSize(8, 256, 128), LayerSize(8, 128, 256), LayerSize(8, 128, 7),
      LayerSize(8, 128, 2), LayerSize(8, 7, 128),
    ]
  }()

  /// Few and many zeros, so that both kinds of tile are used.
  public static let sparse: [LayerSize] = [
    LayerSize(1, 5, 7, zeros: 0.5), LayerSize(4, 16, 16, zeros: 0.8), LayerSize(7, 33, 50, zeros: 0.8),
    LayerSize(8, 64, 48, zeros: 0.05), LayerSize(8, 64, 48, zeros: 0.9), LayerSize(13, 100, 97, zeros: 0.7),
    LayerSize(16, 784, 256, zeros: 0.8), LayerSize(21, 256, 784, zeros: 0.6),
    LayerSize(24, 48, 96, zeros: 0.02), LayerSize(9, 12, 40, zeros: 1),
  ]
}

/// The matrices of a dense layer.
struct CaseLayer {
  let size: LayerSize
  let input, bias, outputGradient: CaseMatrix
  let weights: CasePanels

  init(_ memory: CaseMemory, _ size: LayerSize) {
    self.size = size
    input = CaseMatrix(memory, rows: size.rows, columns: size.inputs, seed: 1, zeros: size.zeros)
    bias = CaseMatrix(memory, rows: 1, columns: size.outputs, seed: 2)
    outputGradient = CaseMatrix(memory, rows: size.rows, columns: size.outputs, seed: 3)
    weights = CasePanels(memory, rows: size.inputs, columns: size.outputs, seed: 4)
  }

  /// The arguments of input · weights for some rows.
  func forward(_ rows: Range<Int>, into out: CaseMatrix) -> ProductArguments {
    ProductArguments(
      rows: rows, blocks: 0..<weights.blockCount, columns: padded(size.outputs), depth: size.inputs,
      left: input.base, leftRow: input.stride, leftStep: 1, right: weights.blocks, out: out.blocks)
  }

  /// The arguments of inputᵀ · outputGradient for some inputs.
  func weightGradient(_ inputs: Range<Int>, into out: CasePanels) -> ProductArguments {
    ProductArguments(
      rows: inputs, blocks: 0..<out.blockCount, columns: padded(size.outputs), depth: size.rows,
      left: input.base, leftRow: 1, leftStep: input.stride, right: outputGradient.blocks, out: out.blocks)
  }

  /// The values of input · weights + bias, plainly.
  func expectedForward() -> [Double] {
    var sums: [Double] = []
    for row in 0..<size.rows {
      for column in 0..<size.outputs {
        var sum = Double(bias[0, column])
        for step in 0..<size.inputs { sum += Double(input[row, step]) * Double(weights[step, column]) }
        sums.append(sum)
      }
    }
    return sums
  }

  /// The values of outputGradient · weightsᵀ, plainly.
  func expectedInputGradient() -> [Double] {
    var sums: [Double] = []
    for row in 0..<size.rows {
      for column in 0..<size.inputs {
        var sum = 0.0
        for step in 0..<size.outputs {
          sum += Double(outputGradient[row, step]) * Double(weights[column, step])
        }
        sums.append(sum)
      }
    }
    return sums
  }

  /// The values of inputᵀ · outputGradient, plainly.
  func expectedWeightGradient() -> [Double] {
    var sums: [Double] = []
    for row in 0..<size.inputs {
      for column in 0..<size.outputs {
        var sum = 0.0
        for step in 0..<size.rows { sum += Double(input[step, row]) * Double(outputGradient[step, column]) }
        sums.append(sum)
      }
    }
    return sums
  }
}

/// The tolerance for sums of `terms` products of numbers up to 1, which may differ by rounding only.
func tolerance(terms: Int) -> Double { 2e-7 * Double(max(terms, 4)) }

extension KernelCase {
  static var products: [KernelCase] {
    var cases: [KernelCase] = []
    for size in LayerSize.dense {
      cases.append(KernelCase("forward product", size.sizes) { forward($0, CaseLayer($1, size), $1) })
      cases.append(KernelCase("input gradient", size.sizes) { inputGradient($0, CaseLayer($1, size), $1) })
      cases.append(KernelCase("weight gradient", size.sizes) { weightGradient($0, CaseLayer($1, size), $1) })
    }
    return cases
  }

  /// A layer with bias, rectified and as it is; rows in one range and in several give the same bits.
  private static func forward(
    _ table: KernelTable, _ layer: CaseLayer, _ memory: CaseMemory
  ) -> [CaseOutput] {
    let (rows, outputs) = (layer.size.rows, layer.size.outputs)
    let plain = CaseMatrix(memory, rows: rows, columns: outputs)
    let rectified = CaseMatrix(memory, rows: rows, columns: outputs)
    // Previous contents must not stay.
    plain.fill(9)
    var arguments = layer.forward(0..<rows, into: plain)
    arguments.bias = UnsafePointer(layer.bias.base)
    table.product(arguments)
    for part in [0..<rows / 3, rows / 3..<rows] {
      var arguments = layer.forward(part, into: rectified)
      arguments.bias = UnsafePointer(layer.bias.base)
      arguments.rectified = true
      table.product(arguments)
    }
    return [
      CaseOutput(
        "sums", plain.values, expected: layer.expectedForward(),
        tolerance: tolerance(terms: layer.size.inputs)),
      CaseOutput("rectified", rectified.values, same: plain.values.map { $0 < 0 ? 0 : $0 }),
      CaseOutput(paddingOf: plain.padding), CaseOutput(paddingOf: rectified.padding),
    ]
  }

  /// The gradient from the transposed copy: masked, and added to what is there.
  private static func inputGradient(
    _ table: KernelTable, _ layer: CaseLayer, _ memory: CaseMemory
  ) -> [CaseOutput] {
    let (rows, inputs) = (layer.size.rows, layer.size.inputs)
    let transposed = CasePanels(memory, rows: layer.size.outputs, columns: inputs)
    layer.weights.transpose(into: transposed)
    let masked = CaseMatrix(memory, rows: rows, columns: inputs)
    let sum = CaseMatrix(memory, rows: rows, columns: inputs, seed: 5)
    let before = sum.values
    masked.fill(9)
    for (out, accumulates) in [(masked, false), (sum, true)] {
      var arguments = ProductArguments(
        rows: 0..<rows, blocks: 0..<transposed.blockCount, columns: padded(inputs),
        depth: layer.size.outputs, left: layer.outputGradient.base, leftRow: layer.outputGradient.stride,
        leftStep: 1, right: transposed.blocks, out: out.blocks)
      arguments.accumulates = accumulates
      if !accumulates {
        arguments.mask = UnsafePointer(layer.input.base)
        arguments.maskRow = layer.input.stride
      }
      table.product(arguments)
    }
    let expected = layer.expectedInputGradient()
    let mask = layer.input.values
    let allowed = tolerance(terms: layer.size.outputs)
    return [
      CaseOutput(
        "masked", masked.values, expected: expected.indices.map { mask[$0] > 0 ? expected[$0] : 0 },
        tolerance: allowed),
      CaseOutput(
        "accumulated", sum.values, expected: expected.indices.map { expected[$0] + Double(before[$0]) },
        tolerance: allowed),
      CaseOutput(paddingOf: masked.padding), CaseOutput(paddingOf: sum.padding),
    ]
  }

  /// The gradients of weights, in two ranges of inputs, and of the bias.
  private static func weightGradient(
    _ table: KernelTable, _ layer: CaseLayer, _ memory: CaseMemory
  ) -> [CaseOutput] {
    let (inputs, outputs) = (layer.size.inputs, layer.size.outputs)
    let gradient = CasePanels(memory, rows: inputs, columns: outputs)
    for part in [0..<inputs / 3, inputs / 3..<inputs] {
      table.product(layer.weightGradient(part, into: gradient))
    }
    let sums = CaseMatrix(memory, rows: 1, columns: outputs)
    table.columnSums(
      ColumnSumArguments(
        rows: layer.size.rows, columns: 0..<padded(outputs), matrix: layer.outputGradient.base,
        stride: layer.outputGradient.stride, sums: sums.base))
    var expectedSums = [Double](repeating: 0, count: outputs)
    for row in 0..<layer.size.rows {
      for column in 0..<outputs { expectedSums[column] += Double(layer.outputGradient[row, column]) }
    }
    let allowed = tolerance(terms: layer.size.rows)
    return [
      CaseOutput(
        "weights", gradient.values, expected: layer.expectedWeightGradient(), tolerance: allowed),
      CaseOutput("column sums", sums.values, expected: expectedSums, tolerance: allowed),
      CaseOutput(paddingOf: gradient.padding), CaseOutput(paddingOf: sums.padding),
    ]
  }
}
