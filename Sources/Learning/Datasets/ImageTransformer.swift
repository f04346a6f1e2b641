import Coordinates
import Kernels
import Primitives

/// Converts stored images to rows of floats in [0, 1], optionally transformed. Not thread-safe.
public final class ImageTransformer {
  private let schema: CoordinateSchema
  private let interpolation: Interpolation
  private let sampler: ImageSampler

  /// Creates a transformer of images of `shape`, for values of the coordinates of `schema`.
  public init(shape: ImageShape, schema: CoordinateSchema, interpolation: Interpolation) {
    self.schema = schema
    sampler = ImageSampler(width: shape.width, height: shape.height, channels: shape.channels)
    self.interpolation = interpolation
  }

  /// Sets a row of `matrix` to `pixels`, shifted by `jitter`, in pixels to the right and down, then
  /// transformed by `values`, one for each typed coordinate; nil leaves out either.
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

  /// The values of an image, transformed by `values` if given.
  public func image(_ index: Int, of images: any ImageSource, values: [Double]? = nil) -> [Float] {
    let row = Matrix(rows: 1, columns: images.shape.valueCount)
    images.withPixels(at: index) { load($0, values: values, into: row, row: 0) }
    return row.row(0)
  }
}
