import CKernels
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
  /// Source coordinates for output coordinates, both relative to the centre:
  /// (xx · x + xy · y + x0, yx · x + yy · y + y0).
  public typealias Map = (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float)

  private let variant: KernelVariant
  private let width: Int
  private let height: Int
  private let bytes: UnsafeMutablePointer<UInt8>
  private let neighbours: UnsafeMutablePointer<Int32>
  /// The coordinates of each pixel, relative to the centre.
  private let x, y: [Float]

  /// A sampler for images of `width` by `height` pixels, 16 to 30 of them in a row.
  public init(width: Int, height: Int, variant: KernelVariant = .best) {
    precondition((16...30).contains(width) && height >= 1, "images of \(width) × \(height) pixels")
    self.variant = variant
    self.width = width
    self.height = height
    let byteCount = (height + 3) * NeighbourArguments.byteRowLength
    bytes = .allocate(capacity: byteCount)
    bytes.initialize(repeating: 0, count: byteCount)
    let neighbourCount = (height + 2) * NeighbourArguments.rowLength
    neighbours = .allocate(capacity: neighbourCount)
    neighbours.initialize(repeating: 0, count: neighbourCount)
    x = (0..<width * height).map { Float($0 % width) - Float(width - 1) / 2 }
    y = (0..<width * height).map { Float($0 / width) - Float(height - 1) / 2 }
  }

  deinit {
    bytes.deallocate()
    neighbours.deallocate()
  }

  /// Writes the image of `pixels` (0…255) as numbers in [0, 1], transformed by `map`, to a row of `out`.
  public func sample(
    _ pixels: Span<UInt8>, through map: Map, interpolation: Interpolation, into out: Matrix, row: Int
  ) {
    precondition(pixels.count == width * height, "\(pixels.count) pixels for \(width) × \(height)")
    pixels.withUnsafeBufferPointer(load)
    run(map, interpolation, into: out, row: row)
  }

  /// Copies an image inside the border and packs each pixel with its neighbours.
  private func load(_ pixels: UnsafeBufferPointer<UInt8>) {
    guard let first = pixels.baseAddress else { return }
    let rowLength = NeighbourArguments.byteRowLength
    for row in 0..<height {
      (bytes + (row + 1) * rowLength + 1).update(from: first + row * width, count: width)
    }
    variant.table.packNeighbours(NeighbourArguments(height: height, bytes: bytes, out: neighbours))
  }

  private func run(_ map: Map, _ interpolation: Interpolation, into out: Matrix, row: Int) {
    out.check(row: row, column: 0)
    precondition(out.columns == width * height, "\(out.columns) columns for \(width) × \(height) pixels")
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        variant.table.sample(
          SampleArguments(
            width: width, height: height, source: neighbours, rowLength: NeighbourArguments.rowLength,
            count: width * height, x: x,
            y: y, out: out.base + row * out.stride, map: map, nearest: interpolation == .nearest))
      }
    }
  }
}

extension Matrix {
  /// Writes `pixels` (0…255), as many as there are columns, as numbers in [0, 1] to one row: byte ÷ 255.
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

/// Asks for the cache lines of `bytes`, which will be read soon.
public func prefetch(_ bytes: Span<UInt8>) {
  bytes.withUnsafeBufferPointer { bytes in
    guard let first = bytes.baseAddress else { return }
    for place in stride(from: 0, to: bytes.count, by: 64) { ck_prefetch_to_read(first + place) }
  }
}
