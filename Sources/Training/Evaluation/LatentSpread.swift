import Kernels

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The variances of the free latents over images and over their transforms.
struct LatentSpread {
  /// Σ over latents of (mean over images of the variance over transforms) ÷ Σ of (variance over images of the
  /// mean over transforms).
  let invariance: Double
  /// Σ over latents of the variance over upright images.
  let uprightVariance: Double
  private let scores: Scores

  init(_ scores: Scores) {
    self.scores = scores
    let (images, transforms, width) = (scores.count, scores.grid.count, scores.latents.columns)
    var within = 0.0
    let means = Matrix(rows: images, columns: width)
    for image in 0..<images {
      let rows = (0..<transforms).map { scores.latents.row(image * transforms + $0) }
      for column in 0..<width {
        let values = rows.map { Double($0[column]) }
        within += Self.variance(values)
        means[image, column] = Float(values.reduce(0, +) / Double(transforms))
      }
    }
    invariance = within / Double(images) / max(Self.variance(of: means), 1e-12)
    uprightVariance = max(Self.variance(of: scores.uprightLatents), 1e-12)
  }

  /// R² of a linear regression from the latents to (cos φ, sin φ), φ being the transform's angle.
  func explained(_ angle: (_ image: Int, _ position: Int) -> Double) -> Double {
    let (transforms, width) = (scores.grid.count, scores.latents.columns)
    let solver = SymmetricSolver(SymmetricSolver.moments(of: scores.latents))
    var residual = 0.0
    var total = 0.0
    for target in [cos, sin] as [(Double) -> Double] {
      var products = [Double](repeating: 0, count: width + 1)
      var (sum, squares) = (0.0, 0.0)
      for row in 0..<scores.latents.rows {
        let value = target(angle(row / transforms, row % transforms))
        for (column, latent) in scores.latents.row(row).enumerated() {
          products[column] += Double(latent) * value
        }
        products[width] += value
        sum += value
        squares += value * value
      }
      let count = Double(scores.latents.rows)
      total += squares - sum * sum / count
      residual += squares - zip(solver.solve(products), products).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return 1 - residual / max(total, 1e-12)
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  /// The sum of the variances of the columns.
  private static func variance(of matrix: Matrix) -> Double {
    (0..<matrix.columns).reduce(0) { sum, column in
      sum + variance((0..<matrix.rows).map { Double(matrix[$0, column]) })
    }
  }
}
