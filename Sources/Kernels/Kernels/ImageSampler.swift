import CKernels
import KernelInterface

/// The interpolation of a transformed image.
public enum Interpolation: String, Sendable, CaseIterable, Codable {
  /// Bilinear interpolation.
  case bilinear
  /// The nearest pixel, as in the article's code.
  case nearest
}

/// Samples images of one size through affine maps, zero outside the image. Not thread-safe.
public final class ImageSampler {
  private let variant: KernelVariant
  private let grid: PixelGrid
  private let bytes: UnsafeMutablePointer<UInt8>
  private let neighbours: UnsafeMutablePointer<Int32>

  /// Creates a sampler for images of `width` (16 to 30) by `height` pixels.
  public init(width: Int, height: Int, variant: KernelVariant = .best) {
    self.variant = variant
    grid = PixelGrid(width: width, height: height)
    let byteCount = (height + 3) * NeighbourArguments.byteRowLength
    bytes = .allocate(capacity: byteCount)
    bytes.initialize(repeating: 0, count: byteCount)
    let neighbourCount = (height + 2) * SampleGeometry.rowLength
    neighbours = .allocate(capacity: neighbourCount)
    neighbours.initialize(repeating: 0, count: neighbourCount)
  }

  deinit {
    bytes.deallocate()
    neighbours.deallocate()
  }

  /// Writes the image of `pixels` (0–255), transformed by `map`, to a row of `out` as values in [0, 1].
  public func sample(
    _ pixels: Span<UInt8>, through map: SamplingMap, interpolation: Interpolation, into out: Matrix, row: Int
  ) {
    precondition(pixels.count == grid.count, "\(pixels.count) pixels for \(grid.width) × \(grid.height)")
    pixels.withUnsafeBufferPointer(load)
    run(map, interpolation, into: out, row: row)
  }

  /// Copies an image inside the border and packs each pixel with its neighbours.
  private func load(_ pixels: UnsafeBufferPointer<UInt8>) {
    guard let first = pixels.baseAddress else { return }
    let rowLength = NeighbourArguments.byteRowLength
    for row in 0..<grid.height {
      (bytes + (row + 1) * rowLength + 1).update(from: first + row * grid.width, count: grid.width)
    }
    variant.table.packNeighbours(NeighbourArguments(height: grid.height, bytes: bytes, out: neighbours))
  }

  private func run(_ map: SamplingMap, _ interpolation: Interpolation, into out: Matrix, row: Int) {
    out.check(row: row, column: 0)
    precondition(out.columns == grid.count, "\(out.columns) columns for \(grid.count) pixels")
    variant.table.sample(
      SampleArguments(
        geometry: grid.geometry(map), source: neighbours, out: out.base + row * out.stride,
        nearest: interpolation == .nearest))
  }
}

extension Matrix {
  /// Sets one row to `pixels` (0–255), one for each column, as values in [0, 1]: byte ÷ 255.
  public func setRow(_ row: Int, toPixels pixels: Span<UInt8>, kernels: KernelVariant = .best) {
    check(row: row, column: 0)
    precondition(pixels.count == columns, "\(pixels.count) pixels for a row of \(columns)")
    pixels.withUnsafeBufferPointer { pixels in
      guard let bytes = pixels.baseAddress else { return }
      kernels.table.unitNumbers(
        UnitNumberArguments(count: columns, bytes: bytes, out: base + row * stride))
    }
  }
}

/// Prefetches the cache lines of `bytes`.
public func prefetch(_ bytes: Span<UInt8>) {
  bytes.withUnsafeBufferPointer { bytes in
    guard let first = bytes.baseAddress else { return }
    for place in stride(from: 0, to: bytes.count, by: 64) { ck_prefetch_to_read(first + place) }
  }
}
