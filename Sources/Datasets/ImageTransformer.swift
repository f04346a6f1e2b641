import Coordinates
import Kernels

/// Turns stored images into rows of numbers in [0, 1]: as they are, or transformed by typed values.
///
/// Each thread has its own.
public final class ImageTransformer {
  private let schema: CoordinateSchema
  private let interpolation: Interpolation
  private let sampler = ImageSampler(width: ImageShape.width, height: ImageShape.height)

  /// A transformer for values of the coordinates of `schema`.
  public init(schema: CoordinateSchema, interpolation: Interpolation) {
    self.schema = schema
    self.interpolation = interpolation
  }

  /// Writes `pixels`, transformed by `values` (one for each typed coordinate) unless they are absent, to a
  /// row of `matrix`; shifted by `jitter`, in pixels to the right and down, before that.
  public func load(
    _ pixels: Span<UInt8>, values: [Double]?, jitter: (x: Double, y: Double)? = nil, into matrix: Matrix,
    row: Int
  ) {
    if values == nil, jitter == nil {
      matrix.setRow(row, toPixels: pixels)
      return
    }
    var map = values.map(schema.map(of:)) ?? .identity
    if let jitter { map = map.composed(with: .shift(x: jitter.x, y: jitter.y)) }
    sampler.sample(
      pixels, through: (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0), interpolation: interpolation,
      into: matrix, row: row)
  }

  /// The 784 numbers of an image, transformed by `values` unless they are absent.
  public func image(_ index: Int, of images: any ImageSource, values: [Double]? = nil) -> [Float] {
    let row = Matrix(rows: 1, columns: ImageShape.pixelCount)
    images.withPixels(at: index) { load($0, values: values, into: row, row: 0) }
    return row.row(0)
  }
}
