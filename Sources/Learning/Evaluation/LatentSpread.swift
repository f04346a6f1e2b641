import Kernels
import Primitives

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The variances of the free latents over images and over their transforms.
struct LatentSpread {
  /// Σ over latents of (mean over images of the variance over transforms) ÷ Σ of (variance over images of the
  /// mean over transforms); nil where that is 0.
  let invariance: Double?
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
    invariance = ratio(within / Double(images), to: Self.variance(of: means))
    uprightVariance = Self.variance(of: scores.uprightLatents)
  }

  /// R² of a linear regression from the latents to (cos φ, sin φ), φ being the transform's angle; nil where one
  /// of them does not vary.
  func explained(_ angle: (_ image: Int, _ position: Int) -> Double) -> Double? {
    guard Self.variance(of: scores.latents) > 0 else { return nil }
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
    return ratio(residual, to: total).map { 1 - $0 }
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let meanSquare = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    return varianceBeyondRounding(variance, meanSquare: meanSquare)
  }

  /// The sum of the variances of the columns.
  private static func variance(of matrix: Matrix) -> Double {
    (0..<matrix.columns).reduce(0) { sum, column in
      sum + variance((0..<matrix.rows).map { Double(matrix[$0, column]) })
    }
  }
}
