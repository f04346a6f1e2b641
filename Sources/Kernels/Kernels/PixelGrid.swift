import KernelInterface

/// A map from output to source coordinates, both relative to the centre: (xx · x + xy · y + x0, yx · x + yy ·
/// y + y0).
public typealias SamplingMap = (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float)

/// The coordinates of the pixels of images of one size, relative to the centre.
public final class PixelGrid: Sendable {
  let width, height: Int
  /// The coordinates: all of x, then all of y. Immutable after `init`.
  private nonisolated(unsafe) let coordinates: UnsafeMutablePointer<Float>

  /// Creates the grid of images of `width` (16 to 30) by `height` pixels.
  public init(width: Int, height: Int) {
    precondition((16...30).contains(width) && height >= 1, "images of \(width) × \(height) pixels")
    self.width = width
    self.height = height
    coordinates = allocateZeros(count: 2 * width * height)
    for pixel in 0..<width * height {
      coordinates[pixel] = Float(pixel % width) - Float(width - 1) / 2
      coordinates[pixel + width * height] = Float(pixel / width) - Float(height - 1) / 2
    }
  }

  deinit {
    coordinates.deallocate()
  }

  var count: Int { width * height }

  func geometry(_ map: SamplingMap) -> SampleGeometry {
    SampleGeometry(
      width: width, height: height, count: count, x: coordinates, y: coordinates + count, map: map)
  }

  /// The number of values of an image with its border of zeros.
  fileprivate var borderedCount: Int { (height + 4) * SampleGeometry.rowLength }
  /// The offset of the image within its border.
  fileprivate var start: Int { SampleGeometry.rowLength + 1 }
}

extension KernelVariant {
  /// Samples an image of floats, bilinearly through `map`, into row `row` of `out`.
  ///
  /// - Parameter sourceRow: the image's row in `source`; `row` by default.
  public func sample(
    _ source: Matrix, at sourceRow: Int? = nil, through map: SamplingMap, on grid: PixelGrid,
    into out: Matrix, row: Int
  ) {
    check(source, grid, sourceRow ?? row)
    check(out, grid, row)
    withBordered(source, sourceRow ?? row, on: grid) { image in
      table.sampleNumbers(
        NumberSampleArguments(geometry: grid.geometry(map), source: image), out.base + row * out.stride)
    }
  }

  /// Computes the gradient of `sample`: from row `row` of `gradient`, with respect to the samples, to the
  /// same row of `sourceGradient`; returns the gradient of the map's entries.
  public func sampleBackward(
    _ gradient: Matrix, source: Matrix, through map: SamplingMap, on grid: PixelGrid,
    into sourceGradient: Matrix, row: Int
  ) -> SamplingMap {
    for matrix in [gradient, source, sourceGradient] { check(matrix, grid, row) }
    precondition(grid.count % 16 == 0, "\(grid.count) pixels are not a multiple of 16")
    let start = sourceGradient.base + row * sourceGradient.stride
    return withBordered(source, row, on: grid) { image in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: grid.borderedCount + 6) { memory in
        guard let bordered = memory.baseAddress else { return (0, 0, 0, 0, 0, 0) }
        bordered.initialize(repeating: 0, count: memory.count)
        let entries = bordered + grid.borderedCount
        table.sampleNumbersBackward(
          NumberSampleArguments(geometry: grid.geometry(map), source: image),
          gradient.base + row * gradient.stride, bordered, entries)
        for line in 0..<grid.height {
          (start + line * grid.width).update(
            from: bordered + grid.start + line * SampleGeometry.rowLength, count: grid.width)
        }
        return (entries[0], entries[1], entries[2], entries[3], entries[4], entries[5])
      }
    }
  }

  private func check(_ matrix: Matrix, _ grid: PixelGrid, _ row: Int) {
    matrix.check(row: row, column: 0)
    precondition(matrix.columns >= grid.count, "\(matrix.columns) columns for \(grid.count) pixels")
  }

  /// Copies an image inside a border of zeros.
  private func withBordered<Result>(
    _ source: Matrix, _ row: Int, on grid: PixelGrid, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    let pixels = source.base + row * source.stride
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: grid.borderedCount) { memory in
      guard let bordered = memory.baseAddress else { preconditionFailure("a temporary has an address") }
      bordered.initialize(repeating: 0, count: memory.count)
      for line in 0..<grid.height {
        (bordered + grid.start + line * SampleGeometry.rowLength).update(
          from: pixels + line * grid.width, count: grid.width)
      }
      return body(bordered)
    }
  }
}
