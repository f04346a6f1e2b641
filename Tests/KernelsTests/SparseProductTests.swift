import KernelCases
import KernelInterface
import Testing

@testable import Kernels

/// Products that pass over zeros give the same bits as those that do not.
@Suite struct SparseProductTests {
  /// rows, inputs, outputs, fraction of zeros.
  static let cases = LayerSize.sparse.map { ($0.rows, $0.inputs, $0.outputs, Double($0.zeros)) }

  @Test(arguments: KernelVariant.available)
  func forward(variant: KernelVariant) {
    for (rows, inputs, outputs, zeros) in Self.cases {
      let layer = Layer(rows: rows, inputs: inputs, outputs: outputs, zeros: zeros)
      let sparse = SparseRows(layer.input)
      let (expected, out) = (Matrix(rows: rows, columns: outputs), Matrix(rows: rows, columns: outputs))
      variant.forward(
        layer.input, weights: layer.weights, bias: layer.bias, activation: .rectified, into: expected,
        rows: 0..<rows)
      for part in [0..<min(rows, 8), min(rows, 8)..<rows] where !part.isEmpty {
        variant.findColumns(of: sparse, rows: part)
        variant.forward(
          layer.input, weights: layer.weights, bias: layer.bias, activation: .rectified, into: out,
          rows: part,
          sparse: sparse)
      }
      for row in 0..<rows { #expect(out.row(row).map(\.bitPattern) == expected.row(row).map(\.bitPattern)) }
    }
  }

  @Test(arguments: KernelVariant.available)
  func weightGradient(variant: KernelVariant) {
    for (rows, inputs, outputs, zeros) in Self.cases {
      let layer = Layer(rows: rows, inputs: inputs, outputs: outputs, zeros: zeros)
      let sparse = SparseRows(layer.input)
      let expected = PanelMatrix(rows: inputs, columns: outputs)
      let out = PanelMatrix(rows: inputs, columns: outputs)
      variant.weightGradient(
        layer.input, layer.outputGradient, batch: rows, into: expected, inputs: 0..<inputs)
      for part in [0..<min(inputs, 8), min(inputs, 8)..<inputs] where !part.isEmpty {
        variant.findRows(of: sparse, columns: part, batch: rows)
        variant.weightGradient(
          layer.input, layer.outputGradient, batch: rows, into: out, inputs: part, sparse: sparse)
      }
      #expect(out.transposedValues == expected.transposedValues, "\((rows, inputs, outputs, zeros))")
    }
  }

  /// The gradient from the weights themselves, only where the mask lets it through.
  @Test(arguments: KernelVariant.available)
  func maskedInputGradient(variant: KernelVariant) {
    for (rows, inputs, outputs, zeros) in Self.cases {
      let layer = Layer(rows: rows, inputs: inputs, outputs: outputs, zeros: zeros)
      let sparse = SparseRows(layer.input)
      variant.findColumns(of: sparse, rows: 0..<rows)
      let product = Reference.product(
        layer.gradientValues, layer.weightValues, rows: rows, depth: outputs, columns: inputs)
      let (listed, whole) = (Matrix(rows: rows, columns: inputs), Matrix(rows: rows, columns: inputs))
      // Previous contents must not leak through.
      for row in 0..<rows { listed.setRow(row, to: [Float](repeating: 9, count: inputs)) }
      variant.inputGradient(
        layer.outputGradient, weights: layer.weights, mask: layer.input, active: sparse, into: listed,
        rows: 0..<rows)
      for part in [0..<min(rows, 3), min(rows, 3)..<rows] where !part.isEmpty {
        variant.inputGradient(
          layer.outputGradient, weights: layer.weights, mask: layer.input, active: nil, into: whole,
          rows: part)
      }
      for row in 0..<rows {
        #expect(listed.row(row) == whole.row(row), "\((rows, inputs, outputs, zeros))")
        for input in 0..<inputs {
          let expected = layer.input[row, input] > 0 ? product[row * inputs + input] : 0
          expectClose(listed[row, input], expected, terms: outputs)
        }
      }
    }
  }

  /// The fused step does what gradient, Adam and transposition do one after the other.
  @Test(arguments: KernelVariant.available, [0.0, 2])
  func stepOfWeights(variant: KernelVariant, decay: Double) {
    for (rows, inputs, outputs, zeros) in Self.cases {
      let layer = Layer(rows: rows, inputs: inputs, outputs: outputs, zeros: zeros)
      let sparse = SparseRows(layer.input)
      let moments = [
        PanelMatrix(rows: inputs, columns: outputs), PanelMatrix(rows: inputs, columns: outputs),
      ]
      let transposed = PanelMatrix(rows: outputs, columns: inputs)
      let gradient = PanelMatrix(rows: inputs, columns: outputs)
      variant.weightGradient(
        layer.input, layer.outputGradient, batch: rows, into: gradient, inputs: 0..<inputs)
      var reference = ReferenceAdam(layer.weights.transposedValues, decay: decay)
      for step in 0..<3 {
        reference.step(gradient.transposedValues)
        for part in [0..<min(inputs, 8), min(inputs, 8)..<inputs] where !part.isEmpty {
          variant.findRows(of: sparse, columns: part, batch: rows)
          variant.stepWeights(
            layer.weights, transposed: transposed, firstMoments: moments[0], secondMoments: moments[1],
            factors: reference.factors, input: layer.input, outputGradient: layer.outputGradient, batch: rows,
            inputs: part, sparse: step == 0 ? nil : sparse)
        }
      }
      for (value, expected) in zip(layer.weights.transposedValues, reference.parameters) {
        #expect(abs(Double(value) - expected) < 4e-6, "\((rows, inputs, outputs, zeros))")
      }
      let expected = PanelMatrix(rows: outputs, columns: inputs)
      layer.weights.transpose(into: expected)
      #expect(transposed.transposedValues == expected.transposedValues)
    }
  }

  /// Tiles of few and of many steps next to each other, at places where a tall tile is not aligned.
  @Test(arguments: KernelVariant.available)
  func mixedTiles(variant: KernelVariant) {
    let (rows, inputs, outputs) = (20, 20, 70)
    let layer = Layer(rows: rows, inputs: inputs, outputs: outputs)
    // Inputs 0–3 and 12–15 are zero in most rows, rows 0–3 and 12–15 in most inputs.
    for row in 0..<rows {
      for input in 0..<inputs where [0, 3].contains(row / 4) || [0, 3].contains(input / 4) {
        if (row + input) % 7 != 0 { layer.input[row, input] = 0 }
      }
    }
    let sparse = SparseRows(layer.input)
    variant.findColumns(of: sparse, rows: 0..<rows)
    variant.findRows(of: sparse, columns: 0..<inputs, batch: rows)
    let outs = [Matrix(rows: rows, columns: outputs), Matrix(rows: rows, columns: outputs)]
    for (out, lists) in zip(outs, [nil, sparse]) {
      variant.forward(
        layer.input, weights: layer.weights, bias: layer.bias, activation: .identity, into: out,
        rows: 0..<rows, sparse: lists)
    }
    for row in 0..<rows {
      #expect(outs[0].row(row).map(\.bitPattern) == outs[1].row(row).map(\.bitPattern))
    }
    func stepped(_ lists: SparseRows?) -> [[UInt32]] {
      let weights = PanelMatrix(rows: inputs, columns: outputs)
      weights.transposedValues = layer.weightValues
      let moments = [
        PanelMatrix(rows: inputs, columns: outputs), PanelMatrix(rows: inputs, columns: outputs),
      ]
      let transposed = PanelMatrix(rows: outputs, columns: inputs)
      variant.stepWeights(
        weights, transposed: transposed, firstMoments: moments[0], secondMoments: moments[1],
        factors: AdamFactors(beta1: 0.9, beta2: 0.999, stepSize: 0.1, secondCorrection: 31, epsilon: 1e-8),
        input: layer.input, outputGradient: layer.outputGradient, batch: rows, inputs: 0..<inputs,
        sparse: lists)
      let turned = PanelMatrix(rows: outputs, columns: inputs)
      weights.transpose(into: turned)
      #expect(transposed.transposedValues == turned.transposedValues)
      return ([weights] + moments).map { $0.transposedValues.map(\.bitPattern) }
    }
    #expect(stepped(nil) == stepped(sparse))
  }

  /// In a diverging run even padding is NaN, for which lists have no room.
  @Test(arguments: KernelVariant.available)
  func notANumberDoesNotOverflowTheLists(variant: KernelVariant) {
    let layer = Layer(rows: 8, inputs: 9, outputs: 19)
    let out = Matrix(rows: 8, columns: 19)
    for row in 0..<8 { layer.input.setRow(row, to: [Float](repeating: .nan, count: 9)) }
    variant.forward(
      layer.input, weights: layer.weights, bias: layer.bias, activation: .identity, into: out, rows: 0..<8)
    let sparse = SparseRows(out)
    variant.findColumns(of: sparse, rows: 0..<8)
    variant.findRows(of: sparse, columns: 0..<19, batch: 8)
    #expect((0..<2).map { sparse.byRows.base[$0 * sparse.byRows.stride] } == [19, 19])
    #expect((0..<5).map { sparse.byColumns.base[$0 * sparse.byColumns.stride] } == [8, 8, 8, 8, 8])
  }

  @Test(arguments: KernelVariant.available)
  func listsContainTheNonzeroIndices(variant: KernelVariant) {
    let matrix = Matrix(rows: 6, columns: 21)
    matrix[0, 3] = 1
    matrix[3, 20] = -2
    matrix[2, 3] = .nan
    matrix[5, 0] = 4
    matrix[4, 1] = -0.0
    let sparse = SparseRows(matrix)
    variant.findColumns(of: sparse, rows: 0..<6)
    variant.findRows(of: sparse, columns: 0..<21, batch: 6)
    func lists(_ lists: StepLists, _ count: Int) -> [[Int]] {
      (0..<count).map { tile in
        let list = lists.base + tile * lists.stride
        return (1..<1 + Int(list[0])).map { Int(list[$0]) }
      }
    }
    #expect(lists(sparse.byRows, 2) == [[3, 20], [0]])
    #expect(lists(sparse.byColumns, 6) == [[0, 2, 5], [], [], [], [], [3]])
  }
}
