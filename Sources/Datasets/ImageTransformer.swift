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
  /// row of `matrix`.
  public func load(_ pixels: Span<UInt8>, values: [Double]?, into matrix: Matrix, row: Int) {
    guard let values else {
      matrix.setRow(row, toPixels: pixels)
      return
    }
    let map = schema.map(of: values)
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
