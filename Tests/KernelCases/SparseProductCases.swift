import KernelInterface

/// The lists of nonzero columns of four rows each, and of nonzero rows of four columns each.
struct CaseLists {
  let byRows, byColumns: StepLists
  private let rowTiles, columnTiles: Int

  init(_ table: KernelTable, _ memory: CaseMemory, _ matrix: CaseMatrix) {
    let tile = StepLists.tile
    rowTiles = (matrix.rows + tile - 1) / tile
    columnTiles = (matrix.columns + tile - 1) / tile
    byRows = StepLists(
      base: memory.integers(rowTiles * (matrix.columns + 1)), stride: matrix.columns + 1)
    byColumns = StepLists(base: memory.integers(columnTiles * (matrix.rows + 1)), stride: matrix.rows + 1)
    // In two parts, as threads find them.
    for tiles in [0..<rowTiles / 2, rowTiles / 2..<rowTiles] {
      table.listColumns(
        ListArguments(
          tiles: tiles, matrix: matrix.base, stride: matrix.stride, rows: matrix.rows,
          columns: matrix.columns, lists: byRows))
    }
    for tiles in [0..<columnTiles / 2, columnTiles / 2..<columnTiles] {
      table.listRows(
        ListArguments(
          tiles: tiles, matrix: matrix.base, stride: matrix.stride, rows: matrix.rows,
          columns: matrix.columns, lists: byColumns))
    }
  }

  /// The lists' counts and indices, one list after the other.
  var values: [Float] { Self.values(byRows, rowTiles) + Self.values(byColumns, columnTiles) }

  private static func values(_ lists: StepLists, _ count: Int) -> [Float] {
    var values: [Float] = []
    for tile in 0..<count {
      let list = lists.base + tile * lists.stride
      for index in 0...max(0, min(Int(list[0]), lists.stride - 1)) { values.append(Float(list[index])) }
    }
    return values
  }

  /// The same lists, plainly.
  static func expected(_ matrix: CaseMatrix) -> [Double] {
    var values: [Double] = []
    func add(tiles: Int, other: Int, _ isListed: (_ tile: Int, _ index: Int) -> Bool) {
      for tile in 0..<tiles {
        var list: [Double] = []
        for index in 0..<other where isListed(tile, index) { list.append(Double(index)) }
        values.append(Double(list.count))
        values += list
      }
    }
    let tile = StepLists.tile
    add(tiles: (matrix.rows + tile - 1) / tile, other: matrix.columns) { group, column in
      (group * tile..<min((group + 1) * tile, matrix.rows)).contains { matrix[$0, column] != 0 }
    }
    add(tiles: (matrix.columns + tile - 1) / tile, other: matrix.rows) { group, row in
      (group * tile..<min((group + 1) * tile, matrix.columns)).contains { matrix[row, $0] != 0 }
    }
    return values
  }
}

extension KernelCase {
  static var sparseProducts: [KernelCase] {
    var cases: [KernelCase] = []
    for size in LayerSize.sparse {
      cases.append(KernelCase("lists", size.sizes) { lists($0, CaseLayer($1, size), $1) })
      cases.append(KernelCase("listed products", size.sizes) { listedProducts($0, CaseLayer($1, size), $1) })
      cases.append(
        KernelCase("masked transposed product", size.sizes) { maskedProduct($0, CaseLayer($1, size), $1) })
      for decay in [0.0, 2] {
        for isCopied in [true, false] {
          cases.append(
            KernelCase("weight step", size.sizes) {
              weightStep($0, CaseLayer($1, size), $1, decay: decay, isCopied: isCopied)
            })
        }
      }
    }
    return cases
  }

  /// Lists of an input with numbers that are not, and with negative zeros.
  private static func lists(
    _ table: KernelTable, _ layer: CaseLayer, _ memory: CaseMemory
  ) -> [CaseOutput] {
    layer.input[0, 0] = -0.0
    layer.input[layer.size.rows - 1, layer.size.inputs - 1] = .nan
    let lists = CaseLists(table, memory, layer.input)
    return [CaseOutput("indices", lists.values, expected: CaseLists.expected(layer.input), tolerance: 0)]
  }

  /// Products that skip zeros have the bits of those that do not.
  private static func listedProducts(
    _ table: KernelTable, _ layer: CaseLayer, _ memory: CaseMemory
  ) -> [CaseOutput] {
    let size = layer.size
    let lists = CaseLists(table, memory, layer.input)
    let whole = CaseMatrix(memory, rows: size.rows, columns: size.outputs)
    let listed = CaseMatrix(memory, rows: size.rows, columns: size.outputs)
    table.product(layer.forward(0..<size.rows, into: whole))
    for part in parts(size.rows) {
      var arguments = layer.forward(part, into: listed)
      arguments.steps = lists.byRows
      table.product(arguments)
    }
    let gradient = CasePanels(memory, rows: size.inputs, columns: size.outputs)
    let listedGradient = CasePanels(memory, rows: size.inputs, columns: size.outputs)
    table.product(layer.weightGradient(0..<size.inputs, into: gradient))
    for part in parts(size.inputs) {
      var arguments = layer.weightGradient(part, into: listedGradient)
      arguments.steps = lists.byColumns
      table.product(arguments)
    }
    let bias = layer.bias.values
    let sums = layer.expectedForward()
    return [
      CaseOutput(
        "forward", whole.values,
        expected: sums.indices.map { sums[$0] - Double(bias[$0 % size.outputs]) },
        tolerance: tolerance(terms: size.inputs)),
      CaseOutput("listed forward", listed.values, same: whole.values),
      CaseOutput(
        "weight gradient", gradient.values, expected: layer.expectedWeightGradient(),
        tolerance: tolerance(terms: size.rows)),
      CaseOutput("listed weight gradient", listedGradient.values, same: gradient.values),
    ]
  }

  /// Two ranges, the second of which starts a tile of a list.
  private static func parts(_ count: Int) -> [Range<Int>] { [0..<min(count, 8), min(count, 8)..<count] }

  /// The gradient from the weights themselves where the input is above 0, with lists and without.
  private static func maskedProduct(
    _ table: KernelTable, _ layer: CaseLayer, _ memory: CaseMemory
  ) -> [CaseOutput] {
    let size = layer.size
    let lists = CaseLists(table, memory, layer.input)
    let listed = CaseMatrix(memory, rows: size.rows, columns: size.inputs)
    let whole = CaseMatrix(memory, rows: size.rows, columns: size.inputs)
    // Previous contents must not stay.
    listed.fill(9)
    func compute(_ rows: Range<Int>, _ active: StepLists?, _ out: CaseMatrix) {
      table.maskedTransposedProduct(
        MaskedTransposedProductArguments(
          rows: rows, columns: size.inputs, depth: padded(size.outputs), left: layer.outputGradient.base,
          leftRow: layer.outputGradient.stride, right: layer.weights.base, mask: layer.input.base,
          active: active, out: out.base, outRow: out.stride))
    }
    compute(0..<size.rows, lists.byRows, listed)
    for part in [0..<min(size.rows, 3), min(size.rows, 3)..<size.rows] { compute(part, nil, whole) }
    let expected = layer.expectedInputGradient()
    let mask = layer.input.values
    return [
      CaseOutput(
        "product", whole.values, expected: expected.indices.map { mask[$0] > 0 ? expected[$0] : 0 },
        tolerance: tolerance(terms: size.outputs)),
      CaseOutput("listed product", listed.values, same: whole.values),
      CaseOutput(paddingOf: whole.padding), CaseOutput(paddingOf: listed.padding),
    ]
  }

  /// Three steps of weights, without and with lists, against gradient, Adam and transposition one after the other.
  private static func weightStep(
    _ table: KernelTable, _ layer: CaseLayer, _ memory: CaseMemory, decay: Double, isCopied: Bool
  ) -> [CaseOutput] {
    let size = layer.size
    let lists = CaseLists(table, memory, layer.input)
    let gradient = CasePanels(memory, rows: size.inputs, columns: size.outputs)
    table.product(layer.weightGradient(0..<size.inputs, into: gradient))
    let first = CasePanels(memory, rows: size.inputs, columns: size.outputs)
    let second = CasePanels(memory, rows: size.inputs, columns: size.outputs)
    let transposed = CasePanels(memory, rows: size.outputs, columns: size.inputs)
    let scratch = memory.floats(UpdateArguments.scratchCount)
    var reference = CaseAdam(layer.weights.values, decay: decay)
    for step in 0..<3 {
      reference.step(gradient.values)
      for part in parts(size.inputs) {
        var arguments = layer.weightGradient(part, into: layer.weights)
        arguments.steps = step == 0 ? nil : lists.byColumns
        var update = UpdateArguments(
          firstMoments: first.base, secondMoments: second.base, factors: reference.factors, scratch: scratch)
        if isCopied {
          update.transposed = transposed.base
          update.transposedRows = size.outputs
          update.transposedColumns = padded(size.inputs)
        }
        arguments.update = update
        table.product(arguments)
      }
    }
    let copy = CasePanels(memory, rows: size.outputs, columns: size.inputs)
    if isCopied { layer.weights.transpose(into: copy) }
    return reference.outputs(layer.weights.values, first: first.values, second: second.values) + [
      CaseOutput("transposed copy", transposed.values, same: copy.values),
      CaseOutput(paddingOf: layer.weights.padding), CaseOutput(paddingOf: transposed.padding),
    ]
  }
}
