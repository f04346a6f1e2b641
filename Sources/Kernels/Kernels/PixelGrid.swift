import KernelInterface

/// A map from output to source coordinates, both relative to the centre: (xx · x + xy · y + x0, yx · x + yy ·
/// y + y0).
public typealias SamplingMap = (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float)

/// The pixels of images of one size: their coordinates, relative to the centre.
///
/// Images have one or several planes, one after the other in a matrix's row, as in PyTorch; each has its pixels in
/// row-major order. All planes are sampled through the same map.
public final class PixelGrid: Sendable {
  /// The widths and heights of images that can be sampled.
  public static let sides = 8...128

  /// The size in pixels.
  public let width, height: Int
  /// The number of planes.
  public let channels: Int
  /// The row stride of a plane with its border, in pixels.
  let rowLength: Int
  /// The coordinates: all of x, then all of y. Immutable after `init`.
  private nonisolated(unsafe) let coordinates: UnsafeMutablePointer<Float>

  /// Creates the grid of images of `width` by `height` pixels, both in `sides`.
  public init(width: Int, height: Int, channels: Int = 1) {
    precondition(
      Self.sides.contains(width) && Self.sides.contains(height) && channels >= 1,
      "images of \(width) × \(height) × \(channels)")
    self.width = width
    self.height = height
    self.channels = channels
    rowLength = SampleGeometry.rowLength(width: width)
    coordinates = allocateZeros(count: 2 * width * height)
    for pixel in 0..<width * height {
      coordinates[pixel] = Float(pixel % width) - Float(width - 1) / 2
      coordinates[pixel + width * height] = Float(pixel / width) - Float(height - 1) / 2
    }
  }

  deinit {
    coordinates.deallocate()
  }

  /// The number of pixels.
  public var pixelCount: Int { width * height }

  /// The number of values: pixels of all planes.
  public var valueCount: Int { pixelCount * channels }

  func geometry(_ map: SamplingMap) -> SampleGeometry {
    SampleGeometry(
      width: width, height: height, count: pixelCount, x: coordinates, y: coordinates + pixelCount, map: map)
  }

  /// The number of values of a plane with its border of zeros.
  fileprivate var borderedCount: Int { (height + 4) * rowLength }

  /// Copies a plane inside its border.
  fileprivate func copy(_ plane: UnsafePointer<Float>, intoBordered bordered: UnsafeMutablePointer<Float>) {
    for line in 0..<height {
      (bordered + rowLength * (line + 1) + 1).update(from: plane + line * width, count: width)
    }
  }

  /// Copies a plane from inside its border.
  fileprivate func copy(fromBordered bordered: UnsafePointer<Float>, to plane: UnsafeMutablePointer<Float>) {
    for line in 0..<height {
      (plane + line * width).update(from: bordered + rowLength * (line + 1) + 1, count: width)
    }
  }
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
    let geometry = grid.geometry(map)
    withZeros(grid.borderedCount) { bordered in
      for plane in 0..<grid.channels {
        let offset = plane * grid.pixelCount
        grid.copy(source.base + (sourceRow ?? row) * source.stride + offset, intoBordered: bordered)
        table.sampleNumbers(
          NumberSampleArguments(geometry: geometry, source: bordered), out.base + row * out.stride + offset)
      }
    }
  }

  /// Computes the gradient of `sample`: from row `row` of `gradient`, with respect to the samples, to the
  /// same row of `sourceGradient`; returns the gradient of the map's entries, summed over the planes.
  public func sampleBackward(
    _ gradient: Matrix, source: Matrix, through map: SamplingMap, on grid: PixelGrid,
    into sourceGradient: Matrix, row: Int
  ) -> SamplingMap {
    for matrix in [gradient, source, sourceGradient] { check(matrix, grid, row) }
    let (geometry, count) = (grid.geometry(map), grid.borderedCount)
    var sums = SIMD8<Float>()
    withZeros(2 * count + 8) { image in
      let (bordered, entries) = (image + count, image + 2 * count)
      for plane in 0..<grid.channels {
        let offset = plane * grid.pixelCount
        if plane > 0 { bordered.update(repeating: 0, count: count) }
        grid.copy(source.base + row * source.stride + offset, intoBordered: image)
        table.sampleNumbersBackward(
          NumberSampleArguments(geometry: geometry, source: image),
          gradient.base + row * gradient.stride + offset, bordered, entries)
        grid.copy(fromBordered: bordered, to: sourceGradient.base + row * sourceGradient.stride + offset)
        for entry in 0..<6 { sums[entry] += entries[entry] }
      }
    }
    return (sums[0], sums[1], sums[2], sums[3], sums[4], sums[5])
  }

  private func check(_ matrix: Matrix, _ grid: PixelGrid, _ row: Int) {
    matrix.check(row: row, column: 0)
    precondition(matrix.columns >= grid.valueCount, "\(matrix.columns) columns for \(grid.valueCount) values")
  }

  private func withZeros(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { memory in
      guard let start = memory.baseAddress else { return }
      memory.initialize(repeating: 0)
      body(start)
    }
  }
}
