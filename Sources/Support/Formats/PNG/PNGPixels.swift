import CZlib

/// The pixels of a PNG file as bytes: one sample for grey or three for colour, and one for the opacity of files that
/// have transparent pixels.
struct PNGPixels {
  let width, height: Int
  /// 1 for grey, 3 for red, green and blue.
  let channels: Int
  let hasAlpha: Bool
  /// The bytes, row-major, `samples` for each pixel.
  private(set) var bytes: [UInt8]

  private let header: PNGHeader
  private let palette: [PixelImage.RGB]
  /// The opacity of each colour of the palette; missing ones are opaque.
  private let paletteAlpha: [UInt8]
  /// The samples of the one transparent colour.
  private let transparent: [Int]?

  /// The number of bytes of a pixel.
  var samples: Int { channels + (hasAlpha ? 1 : 0) }

  /// Decompresses and converts the pixels.
  init(_ chunks: PNGChunks) throws(PNGFault) {
    let header = chunks.header
    (self.header, palette) = (header, chunks.palette)
    (width, height) = (header.width, header.height)
    let transparency = chunks.transparency ?? []
    let isPalette = header.colorType == .palette
    paletteAlpha = isPalette ? transparency : []
    transparent =
      isPalette || transparency.isEmpty
      ? nil
      : stride(from: 0, to: transparency.count, by: 2).map { BigEndian.number(transparency[$0..<$0 + 2]) }
    switch header.colorType {
    case .grey, .greyAlpha: channels = 1
    case .color, .colorAlpha: channels = 3
    case .palette: channels = palette.allSatisfy(\.isGrey) ? 1 : 3
    }
    hasAlpha = chunks.transparency != nil || [.greyAlpha, .colorAlpha].contains(header.colorType)
    let passes = header.isInterlaced ? Pass.interlaced : [Pass.whole]
    let size = passes.reduce(0) { $0 + $1.byteCount(of: header) }
    var lines = try Self.inflate(chunks.pixels, to: size)
    bytes = []
    bytes = [UInt8](repeating: 0, count: width * height * samples)
    var place = 0
    for pass in passes { try read(pass, in: &lines, at: &place) }
  }

  /// Reads the rows of a pass from `place` on.
  private mutating func read(_ pass: Pass, in lines: inout [UInt8], at place: inout Int) throws(PNGFault) {
    let (columns, rows, rowBytes) = pass.size(of: header)
    let isPlain =
      pass.xStep == 1 && header.bitDepth == 8 && header.colorType != .palette && transparent == nil
    for row in 0..<rows {
      let line = place + 1..<place + 1 + rowBytes
      try Self.unfilter(
        &lines, line: line, hasRowAbove: row > 0, distance: max(1, header.bitsPerPixel / 8))
      place = line.upperBound
      let target = (pass.y + row * pass.yStep) * width + pass.x
      if isPlain {
        bytes.replaceSubrange(target * samples..<(target + width) * samples, with: lines[line])
      } else {
        for column in 0..<columns {
          try convert(lines, line.lowerBound, pixel: column, to: (target + column * pass.xStep) * samples)
        }
      }
    }
  }

  /// Inflates exactly `count` bytes.
  private static func inflate(_ bytes: [UInt8], to count: Int) throws(PNGFault) -> [UInt8] {
    // Deflate compresses at most 1032 to 1.
    guard count / 1032 <= bytes.count else { throw .wrongPixelCount }
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
  private static func unfilter(
    _ lines: inout [UInt8], line: Range<Int>, hasRowAbove: Bool, distance: Int
  ) throws(PNGFault) {
    let filter = lines[line.lowerBound - 1]
    guard filter <= 4 else { throw .unknownFilter(filter) }
    guard filter > 0 else { return }
    let toRowAbove = line.count + 1
    for index in line {
      let isFirst = index < line.lowerBound + distance
      let left = isFirst ? 0 : lines[index - distance]
      let up = hasRowAbove ? lines[index - toRowAbove] : 0
      switch filter {
      case 1: lines[index] &+= left
      case 2: lines[index] &+= up
      case 3: lines[index] &+= UInt8((Int(left) + Int(up)) / 2)
      default:
        let corner = isFirst || !hasRowAbove ? 0 : lines[index - toRowAbove - distance]
        lines[index] &+= nearest(left: left, up: up, corner: corner)
      }
    }
  }

  /// The neighbour nearest to left + up − corner (Paeth predictor).
  private static func nearest(left: UInt8, up: UInt8, corner: UInt8) -> UInt8 {
    let estimate = Int(left) + Int(up) - Int(corner)
    let (toLeft, toUp) = (abs(estimate - Int(left)), abs(estimate - Int(up)))
    let toCorner = abs(estimate - Int(corner))
    if toLeft <= toUp, toLeft <= toCorner { return left }
    return toUp <= toCorner ? up : corner
  }
}

extension PNGPixels {
  /// Converts a pixel of the row that begins at `start` to the bytes at `target`.
  private mutating func convert(
    _ lines: [UInt8], _ start: Int, pixel: Int, to target: Int
  ) throws(PNGFault) {
    if header.colorType == .palette {
      try convertIndex(sample(pixel, of: lines, start), to: target)
      return
    }
    let count = header.colorType.samples
    var isTransparent = transparent != nil
    for index in 0..<count {
      let sample = sample(pixel * count + index, of: lines, start)
      bytes[target + index] = byte(sample)
      if let transparent, transparent[index] != sample { isTransparent = false }
    }
    if transparent != nil { bytes[target + count] = isTransparent ? 0 : 255 }
  }

  private mutating func convertIndex(_ index: Int, to target: Int) throws(PNGFault) {
    guard index < palette.count else { throw .colorBeyondPalette(index) }
    let color = palette[index]
    bytes[target] = color.red
    if channels == 3 { (bytes[target + 1], bytes[target + 2]) = (color.green, color.blue) }
    if hasAlpha { bytes[target + channels] = index < paletteAlpha.count ? paletteAlpha[index] : 255 }
  }

  /// A sample as stored.
  private func sample(_ index: Int, of lines: [UInt8], _ start: Int) -> Int {
    let depth = header.bitDepth
    if depth == 16 { return Int(lines[start + 2 * index]) << 8 | Int(lines[start + 2 * index + 1]) }
    let bit = index * depth
    return Int(lines[start + bit / 8]) >> (8 - depth - bit % 8) & (1 << depth - 1)
  }

  /// A sample scaled to 0–255, rounded.
  private func byte(_ sample: Int) -> UInt8 {
    let most = 1 << header.bitDepth - 1
    return UInt8((sample * 255 + most / 2) / most)
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
      let columns = max(0, (header.width - x + xStep - 1) / xStep)
      let rows = columns == 0 ? 0 : max(0, (header.height - y + yStep - 1) / yStep)
      return (columns, rows, (columns * header.bitsPerPixel + 7) / 8)
    }

    /// The number of bytes of all rows with their filters.
    func byteCount(of header: PNGHeader) -> Int {
      let (_, rows, rowBytes) = size(of: header)
      return rows * (1 + rowBytes)
    }
  }
}

extension PixelImage.RGB {
  /// True if red, green and blue are equal.
  var isGrey: Bool { red == green && green == blue }
}
