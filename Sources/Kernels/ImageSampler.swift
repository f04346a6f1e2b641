import KernelTypes

/// How a transformed image takes its values from the source's pixels.
public enum Interpolation: String, Sendable, CaseIterable, Codable {
  /// The four nearest pixels, weighted by distance.
  case bilinear
  /// The nearest pixel, as the article's code does it.
  case nearest
}

/// Samples images of one size through affine maps, zeros outside, from a copy with a border of zeros.
///
/// Each thread has its own.
public final class ImageSampler {
  private let variant: KernelVariant
  private let width: Int
  private let height: Int
  private let rowLength: Int
  private let bordered: UnsafeMutablePointer<Float>
  private var ink = (left: 0, right: 0, top: 0, bottom: 0)

  /// A sampler for images of `width` by `height` pixels.
  public init(width: Int, height: Int, variant: KernelVariant = .best) {
    precondition(width >= 16 && height >= 1, "images of \(width) × \(height) are narrower than a vector")
    self.variant = variant
    self.width = width
    self.height = height
    rowLength = width + 4
    bordered = allocateZeros(count: (height + 3) * (width + 4))
  }

  deinit {
    bordered.deallocate()
  }

  /// Writes the image of `pixels` (0…255) as numbers in [0, 1], transformed by `map`, to a row of `out`.
  ///
  /// `map` takes output to source coordinates, relative to the centre:
  /// (xx · x + xy · y + x0, yx · x + yy · y + y0).
  public func sample(
    _ pixels: Span<UInt8>, through map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float),
    interpolation: Interpolation, into out: Matrix, row: Int
  ) {
    precondition(pixels.count == width * height, "\(pixels.count) pixels for \(width) × \(height)")
    unitValues.withUnsafeBufferPointer { unit in
      pixels.withUnsafeBufferPointer { load($0) { unit[Int($0)] } }
    }
    run(map, interpolation, into: out, row: row)
  }

  /// The same for an image of numbers.
  public func sample(
    _ values: Span<Float>, through map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float),
    interpolation: Interpolation, into out: Matrix, row: Int
  ) {
    precondition(values.count == width * height, "\(values.count) values for \(width) × \(height)")
    values.withUnsafeBufferPointer { load($0) { $0 } }
    run(map, interpolation, into: out, row: row)
  }

  /// Copies an image inside the border and finds the box of its ink.
  private func load<Value>(_ source: UnsafeBufferPointer<Value>, _ convert: (Value) -> Float) {
    ink = (left: width, right: -1, top: height, bottom: -1)
    for row in 0..<height {
      let target = bordered + (row + 1) * rowLength + 1
      var (first, last) = (width, -1)
      for column in 0..<width {
        let value = convert(source[row * width + column])
        target[column] = value
        first = value != 0 ? min(first, column) : first
        last = value != 0 ? column : last
      }
      guard last >= 0 else { continue }
      ink = (min(ink.left, first), max(ink.right, last), min(ink.top, row), row)
    }
  }

  private func run(
    _ map: (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float), _ interpolation: Interpolation,
    into out: Matrix, row: Int
  ) {
    out.check(row: row, column: 0)
    precondition(out.columns == width * height, "\(out.columns) columns for \(width) × \(height) pixels")
    variant.table.sample(
      SampleArguments(
        width: width, height: height, source: bordered + rowLength + 1, sourceRow: rowLength,
        ink: ink,
        out: out.base + row * out.stride, map: map, nearest: interpolation == .nearest))
  }
}

/// The number in [0, 1] for each byte: byte ÷ 255.
let unitValues: [Float] = (0...255).map { Float($0) / 255 }

extension Matrix {
  /// Writes `pixels` (0…255), as many as there are columns, as numbers in [0, 1] to one row.
  public func setRow(_ row: Int, toPixels pixels: Span<UInt8>) {
    check(row: row, column: 0)
    precondition(pixels.count == columns, "\(pixels.count) pixels for a row of \(columns)")
    let target = base + row * stride
    unitValues.withUnsafeBufferPointer { unit in
      for column in 0..<columns { target[column] = unit[Int(pixels[column])] }
    }
  }
}
