import Datasets
import Kernels
import Networks
import Training

/// Logistic regression from standardised free latents to classes, fitted to upright training images.
///
/// It minimises Σ cross-entropy + ½ ‖weights‖² by Newton-like steps with Böhning's bound (1992) in place of
/// the second derivative and Nesterov acceleration.
struct LinearProbe {
  private let means, deviations: [Float]
  private let weights: PanelMatrix
  private let bias: Matrix
  private let classCount: Int

  private static let imageCount = 20_000
  private static let stepCount = 150

  /// Fits the classifier; nil if an image has no label.
  init?(
    network: TypedAutoencoder, training: any ImageSource, interpolation: Interpolation, team: ThreadTeam
  ) {
    let count = min(Self.imageCount, training.count)
    let labels = (0..<count).compactMap(training.label(at:))
    guard labels.count == count else { return nil }
    let latents = Self.latents(
      of: network, training, count: count, interpolation: interpolation, team: team)
    (means, deviations) = Self.moments(of: latents)
    for row in 0..<count {
      latents.setRow(row, to: Self.standardised(latents.row(row), means, deviations))
    }
    classCount = (labels.max() ?? 0) + 1
    weights = PanelMatrix(rows: latents.columns, columns: classCount)
    bias = Matrix(rows: 1, columns: classCount)
    fit(latents, labels)
  }

  /// The number of correctly classified rows of each image; `latents` has `rowsPerImage` rows for each.
  func correct(_ latents: Matrix, rowsPerImage: Int, labels: [Int?]) -> [Int] {
    let logits = Matrix(rows: 1, columns: classCount)
    let row = Matrix(rows: 1, columns: latents.columns)
    return labels.enumerated().map { image, label in
      (image * rowsPerImage..<(image + 1) * rowsPerImage).count { number in
        row.setRow(0, to: Self.standardised(latents.row(number), means, deviations))
        KernelVariant.best.forward(
          row, weights: weights, bias: bias, activation: .identity, into: logits, rows: 0..<1)
        let values = logits.row(0)
        return values.indices.max { values[$0] < values[$1] } == label
      }
    }
  }

  private static func latents(
    of network: TypedAutoencoder, _ images: any ImageSource, count: Int, interpolation: Interpolation,
    team: ThreadTeam
  ) -> Matrix {
    let latents = Matrix(rows: count, columns: network.architecture.schema.freeCount)
    let threads = team.count
    let passes = (0..<threads).map { _ in BatchPass(network, capacity: 64) }
    team.run { part in
      let loader = BatchLoader(
        images: images, schema: network.architecture.schema, interpolation: interpolation)
      let range = partition(part, of: threads, count: count)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 64) {
        let rows = 0..<min(64, range.upperBound - start)
        for row in rows { loader.load(start + row, values: nil, into: passes[part].inputs, row: row) }
        passes[part].encode(rows: rows, codes: false)
        for row in rows { latents.setRow(start + row, toRow: row, of: passes[part].latents) }
      }
    }
    return latents
  }

  private static func moments(of latents: Matrix) -> (means: [Float], deviations: [Float]) {
    var sums = [Double](repeating: 0, count: latents.columns)
    var squares = sums
    for row in 0..<latents.rows {
      for (column, value) in latents.row(row).enumerated() {
        sums[column] += Double(value)
        squares[column] += Double(value) * Double(value)
      }
    }
    let count = Double(latents.rows)
    let means = sums.map { $0 / count }
    let deviations = zip(squares, means).map { max($0 / count - $1 * $1, 1e-12).squareRoot() }
    return (means.map { Float($0) }, deviations.map { Float($0) })
  }

  private static func standardised(_ row: [Float], _ means: [Float], _ deviations: [Float]) -> [Float] {
    row.indices.map { (row[$0] - means[$0]) / deviations[$0] }
  }

  /// Fits the weights. The bound on the second derivative is ½ XᵀX for every class, with a column of ones in
  /// X for the bias.
  private func fit(_ latents: Matrix, _ labels: [Int]) {
    let kernels = KernelVariant.best
    let (inputs, rows) = (latents.columns, latents.rows)
    let solver = SymmetricSolver(boundOf: latents)
    let logits = Matrix(rows: rows, columns: classCount)
    let gradient = PanelMatrix(rows: inputs, columns: classCount)
    let biasGradient = Matrix(rows: 1, columns: classCount)
    // Parameters of each class: weights, then the bias.
    var current = [[Double]](repeating: [Double](repeating: 0, count: inputs + 1), count: classCount)
    var previous = current
    for step in 0..<Self.stepCount {
      let momentum = Double(step) / Double(step + 3)
      let ahead = zip(current, previous).map { zip($0, $1).map { $0 + momentum * ($0 - $1) } }
      set(ahead)
      kernels.forward(
        latents, weights: weights, bias: bias, activation: .identity, into: logits, rows: 0..<rows)
      kernels.softmaxGradient(logits, labels: labels)
      kernels.weightGradient(latents, logits, batch: rows, into: gradient, inputs: 0..<inputs)
      kernels.biasGradient(logits, batch: rows, into: biasGradient)
      let slopes = gradient.transposedValues
      previous = current
      for number in 0..<classCount {
        var slope = (0..<inputs).map { Double(slopes[number * inputs + $0]) + ahead[number][$0] }
        slope.append(Double(biasGradient[0, number]))
        current[number] = zip(ahead[number], solver.solve(slope)).map { $0 - $1 }
      }
    }
    set(current)
  }

  private func set(_ parameters: [[Double]]) {
    weights.transposedValues = parameters.flatMap { $0.dropLast().map { Float($0) } }
    bias.setRow(0, to: parameters.map { Float($0[$0.count - 1]) })
  }
}
