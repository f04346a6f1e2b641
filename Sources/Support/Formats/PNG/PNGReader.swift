import CZlib

/// A reader of PNG files of all colour types and depths, interlaced or not, as grey bytes, row by row.
///
/// Colours are converted to grey as (19595 · red + 38470 · green + 7471 · blue) ÷ 65536, rounded (ITU-R
/// BT.601), times the opacity. Colour profiles and gamma are ignored.
public enum PNGReader {
  /// Decodes the pixels of `file`, which must have this size.
  public static func grey(_ file: [UInt8], width: Int, height: Int) throws(PNGFault) -> [UInt8] {
    let chunks = try PNGChunks(file)
    let header = chunks.header
    guard header.width == width, header.height == height else {
      throw .wrongSize([header.width, header.height], expected: [width, height])
    }
    let passes = header.isInterlaced ? Pass.interlaced : [Pass.whole]
    let sizes = passes.map { $0.size(of: header) }
    var lines = try inflate(chunks.pixels, to: sizes.reduce(0) { $0 + $1.rows * (1 + $1.rowBytes) })[...]
    let colors = PNGColors(chunks)
    var image = [UInt8](repeating: 0, count: width * height)
    for (pass, size) in zip(passes, sizes) {
      var above = [UInt8](repeating: 0, count: size.rowBytes)
      for row in 0..<size.rows {
        let line = lines.prefix(1 + size.rowBytes)
        lines = lines.dropFirst(line.count)
        above = try unfiltered(line, above: above, distance: max(1, header.bitsPerPixel / 8))
        for column in 0..<size.columns {
          let place = (pass.y + row * pass.yStep) * header.width + pass.x + column * pass.xStep
          image[place] = try colors.grey(in: above, pixel: column)
        }
      }
    }
    return image
  }

  /// A pass of an interlaced image.
  private struct Pass {
    let x, y, xStep, yStep: Int

    static let whole = Pass(x: 0, y: 0, xStep: 1, yStep: 1)
    /// Adam7.
    static let interlaced = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ].map { Pass(x: $0.0, y: $0.1, xStep: $0.2, yStep: $0.3) }

    func size(of header: PNGHeader) -> (columns: Int, rows: Int, rowBytes: Int) {
      let columns = (header.width - x + xStep - 1) / xStep
      let rows = (header.height - y + yStep - 1) / yStep
      return (columns, rows, (columns * header.bitsPerPixel + 7) / 8)
    }
  }

  /// Inflates exactly `count` bytes.
  private static func inflate(_ bytes: [UInt8], to count: Int) throws(PNGFault) -> [UInt8] {
    var status: Int32 = Z_OK
    var consumed = UInt(bytes.count)
    // One byte more detects an excess.
    let inflated = [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
      var length = UInt(count + 1)
      status = uncompress2(buffer.baseAddress, &length, bytes, &consumed)
      filled = min(Int(length), count + 1)
    }
    switch status {
    case Z_OK where inflated.count == count && consumed == bytes.count: return inflated
    case Z_OK, Z_BUF_ERROR: throw .wrongPixelCount
    default: throw .damagedPixels
    }
  }

  /// Reverses a row's filter; its bytes are differences from those `distance` before, those above, or both.
  private static func unfiltered(
    _ line: ArraySlice<UInt8>, above: [UInt8], distance: Int
  ) throws(PNGFault) -> [UInt8] {
    guard let filter = line.first, filter <= 4 else { throw .unknownFilter(line.first ?? 0) }
    var row = Array(line.dropFirst())
    for index in row.indices {
      let left = index >= distance ? row[index - distance] : 0
      let up = above[index]
      switch filter {
      case 1: row[index] &+= left
      case 2: row[index] &+= up
      case 3: row[index] &+= UInt8((Int(left) + Int(up)) / 2)
      case 4:
        let corner = index >= distance ? above[index - distance] : 0
        row[index] &+= nearest(left: left, up: up, corner: corner)
      default: break
      }
    }
    return row
  }

  /// The neighbour nearest to left + up − corner (Paeth predictor).
  private static func nearest(left: UInt8, up: UInt8, corner: UInt8) -> UInt8 {
    let estimate = Int(left) + Int(up) - Int(corner)
    let distances = [left, up, corner].map { abs(estimate - Int($0)) }
    if distances[0] <= distances[1], distances[0] <= distances[2] { return left }
    return distances[1] <= distances[2] ? up : corner
  }
}

/// The conversion of a pixel's samples to grey.
private struct PNGColors {
  private let header: PNGHeader
  private let palette: [[UInt8]]
  /// The opacity of each colour of the palette; missing ones are opaque.
  private let paletteAlpha: [UInt8]
  /// The samples of the one transparent colour.
  private let transparent: [Int]?

  init(_ chunks: PNGChunks) {
    (header, palette) = (chunks.header, chunks.palette)
    let bytes = chunks.transparency ?? []
    paletteAlpha = header.colorType == .palette ? bytes : []
    transparent =
      header.colorType == .palette || bytes.isEmpty
      ? nil : stride(from: 0, to: bytes.count, by: 2).map { BigEndian.number(bytes[$0..<$0 + 2]) }
  }

  func grey(in row: [UInt8], pixel: Int) throws(PNGFault) -> UInt8 {
    let count = header.colorType.samples
    let samples = (0..<count).map { sample(pixel * count + $0, in: row) }
    var alpha = transparent == samples ? 0 : 255
    let grey: Int
    switch header.colorType {
    case .grey: grey = byte(samples[0])
    case .greyAlpha: (grey, alpha) = (byte(samples[0]), byte(samples[1]))
    case .color: grey = luma(samples.map(byte))
    case .colorAlpha: (grey, alpha) = (luma(samples.map(byte)), byte(samples[3]))
    case .palette:
      let index = samples[0]
      guard index < palette.count else { throw .colorBeyondPalette(index) }
      grey = luma(palette[index].map { Int($0) })
      if index < paletteAlpha.count { alpha = Int(paletteAlpha[index]) }
    }
    return UInt8((grey * alpha + 127) / 255)
  }

  /// A sample as stored.
  private func sample(_ index: Int, in row: [UInt8]) -> Int {
    let depth = header.bitDepth
    if depth == 16 { return Int(row[2 * index]) << 8 | Int(row[2 * index + 1]) }
    let bit = index * depth
    return Int(row[bit / 8]) >> (8 - depth - bit % 8) & (1 << depth - 1)
  }

  /// A sample scaled to 0–255, rounded.
  private func byte(_ sample: Int) -> Int {
    let most = 1 << header.bitDepth - 1
    return (sample * 255 + most / 2) / most
  }

  private func luma(_ color: [Int]) -> Int {
    (19595 * color[0] + 38470 * color[1] + 7471 * color[2] + 32768) >> 16
  }
}
