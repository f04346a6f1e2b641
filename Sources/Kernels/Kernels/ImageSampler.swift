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
  private let byteRowLength: Int

  /// Creates a sampler for images of `width` by `height` pixels, both in `PixelGrid.sides`.
  ///
  /// - Parameter channels: the number of an image's planes, one after the other.
  public init(width: Int, height: Int, channels: Int = 1, variant: KernelVariant = .best) {
    self.variant = variant
    grid = PixelGrid(width: width, height: height, channels: channels)
    byteRowLength = NeighbourArguments.byteRowLength(grid.rowLength)
    let byteCount = (height + 3) * byteRowLength
    bytes = .allocate(capacity: byteCount)
    bytes.initialize(repeating: 0, count: byteCount)
    let neighbourCount = (height + 2) * grid.rowLength
    neighbours = .allocate(capacity: neighbourCount)
    neighbours.initialize(repeating: 0, count: neighbourCount)
  }

  deinit {
    bytes.deallocate()
    neighbours.deallocate()
  }

  /// Writes the image of `pixels` (0–255, plane by plane), transformed by `map`, to a row of `out` as values in
  /// [0, 1].
  public func sample(
    _ pixels: Span<UInt8>, through map: SamplingMap, interpolation: Interpolation, into out: Matrix, row: Int
  ) {
    precondition(
      pixels.count == grid.valueCount && out.columns == grid.valueCount,
      "\(pixels.count) values and \(out.columns) columns for \(grid.width) × \(grid.height) × \(grid.channels)"
    )
    out.check(row: row, column: 0)
    let geometry = grid.geometry(map)
    pixels.withUnsafeBufferPointer { pixels in
      guard let first = pixels.baseAddress else { return }
      for plane in 0..<grid.channels {
        let offset = plane * grid.pixelCount
        load(first + offset)
        variant.table.sample(
          SampleArguments(
            geometry: geometry, source: neighbours, out: out.base + row * out.stride + offset,
            nearest: interpolation == .nearest))
      }
    }
  }

  /// Copies a plane inside the border and packs each pixel with its neighbours.
  private func load(_ plane: UnsafePointer<UInt8>) {
    for row in 0..<grid.height {
      (bytes + (row + 1) * byteRowLength + 1).update(from: plane + row * grid.width, count: grid.width)
    }
    variant.table.packNeighbours(
      NeighbourArguments(height: grid.height, rowLength: grid.rowLength, bytes: bytes, out: neighbours))
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
