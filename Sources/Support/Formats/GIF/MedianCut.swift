extension Animation {
  /// The animation with at most 256 colours: unchanged with so few, else those of a median cut.
  public var reducedColors: Animation {
    guard frames[0].colors == .rgb, !MedianCut.hasFewColors(frames) else { return self }
    let cut = MedianCut(frames)
    return Animation(frames: frames.map(cut.reduced), delay: delay)
  }
}

/// A palette of 256 colours for pictures (Heckbert, "Color Image Quantization for Frame Buffer Display", 1982): the
/// box with the most pixels times its longest edge is cut at its median until there are enough.
struct MedianCut {
  /// Colours with equal upper bits, which get one colour of the palette.
  private struct Bin {
    var count = 0
    var sums = SIMD3<Int>()
  }

  static let mostColors = 256
  /// The number of upper bits of red, green and blue that tell bins apart.
  private static let bits = 5

  private(set) var palette: [PixelImage.RGB] = []
  /// The place in the palette of each bin.
  private var places: [UInt8]

  /// Tells whether pictures have at most 256 colours.
  static func hasFewColors(_ images: [PixelImage]) -> Bool {
    var colors = Set<SIMD3<UInt8>>()
    for image in images {
      for start in stride(from: 0, to: image.bytes.count, by: 3) {
        colors.insert(SIMD3(image.bytes[start], image.bytes[start + 1], image.bytes[start + 2]))
        if colors.count > mostColors { return false }
      }
    }
    return true
  }

  /// Chooses the palette of pictures in RGB.
  init(_ images: [PixelImage]) {
    var bins = Array(repeating: Bin(), count: 1 << (3 * Self.bits))
    for image in images {
      for start in stride(from: 0, to: image.bytes.count, by: 3) {
        let color = SIMD3(image.bytes[start], image.bytes[start + 1], image.bytes[start + 2])
        bins[Self.bin(of: color)].count += 1
        bins[Self.bin(of: color)].sums &+= SIMD3<Int>(truncatingIfNeeded: color)
      }
    }
    places = Array(repeating: 0, count: bins.count)
    var boxes = [bins.indices.filter { bins[$0].count > 0 }]
    func weight(_ box: [Int]) -> Int {
      box.count > 1 ? Self.longestEdge(box).length * box.reduce(0) { $0 + bins[$1].count } : 0
    }
    var weights = boxes.map(weight)
    while boxes.count < Self.mostColors, let most = weights.max(), most > 0,
      let widest = weights.firstIndex(of: most)
    {
      let (lower, upper) = Self.cut(boxes[widest]) { bins[$0].count }
      (boxes[widest], weights[widest]) = (lower, weight(lower))
      boxes.append(upper)
      weights.append(weight(upper))
    }
    for (place, box) in boxes.enumerated() {
      let count = box.reduce(0) { $0 + bins[$1].count }
      let sums = box.reduce(SIMD3<Int>()) { $0 &+ bins[$1].sums }
      func mean(_ sum: Int) -> UInt8 { UInt8((2 * sum + count) / (2 * max(1, count))) }
      palette.append(PixelImage.RGB(mean(sums.x), mean(sums.y), mean(sums.z)))
      for bin in box { places[bin] = UInt8(place) }
    }
  }

  /// A picture in RGB with the colours of the palette.
  func reduced(_ image: PixelImage) -> PixelImage {
    let bytes = stride(from: 0, to: image.bytes.count, by: 3).map { start in
      places[Self.bin(of: SIMD3(image.bytes[start], image.bytes[start + 1], image.bytes[start + 2]))]
    }
    return PixelImage(width: image.width, height: image.height, colors: .palette(palette), bytes: bytes)
  }

  private static func bin(of color: SIMD3<UInt8>) -> Int {
    let upper = SIMD3<Int>(truncatingIfNeeded: color &>> SIMD3(repeating: UInt8(8 - bits)))
    return upper.x << (2 * bits) | upper.y << bits | upper.z
  }

  /// Red, green or blue (2, 1 or 0) of a bin.
  private static func level(_ axis: Int, of bin: Int) -> Int { bin >> (axis * bits) & (1 << bits - 1) }

  private static func longestEdge(_ box: [Int]) -> (axis: Int, length: Int) {
    let edges = (0..<3).map { axis in
      let levels = box.lazy.map { level(axis, of: $0) }
      return (axis: axis, length: (levels.max() ?? 0) - (levels.min() ?? 0))
    }
    return edges.max { $0.length < $1.length } ?? (0, 0)
  }

  /// Both halves of a box of several bins, with about as many pixels each.
  private static func cut(_ box: [Int], count: (Int) -> Int) -> ([Int], [Int]) {
    let axis = longestEdge(box).axis
    let sorted = box.sorted { (level(axis, of: $0), $0) < (level(axis, of: $1), $1) }
    let half = sorted.reduce(0) { $0 + count($1) } / 2
    var (sum, end) = (0, 0)
    while end < sorted.count - 1, sum < half || end == 0 {
      sum += count(sorted[end])
      end += 1
    }
    return (Array(sorted[..<end]), Array(sorted[end...]))
  }
}
