import KernelInterface

/// The width and height of an image.
public struct ImageSize: Sendable {
  /// The size in pixels.
  public let width, height: Int

  init(_ width: Int, _ height: Int) {
    (self.width, self.height) = (width, height)
  }

  /// Squares and others, with counts of pixels and rows that fill vectors and that do not.
  public static let all = [
    ImageSize(8, 8), ImageSize(9, 13), ImageSize(13, 9), ImageSize(16, 16), ImageSize(28, 28),
    ImageSize(31, 17), ImageSize(14, 30), ImageSize(30, 24), ImageSize(8, 128), ImageSize(62, 11),
    ImageSize(64, 64), ImageSize(128, 128),
  ]
}

/// A turned, scaled, sheared and shifted map; some lead out of the image in part.
struct CaseMap {
  typealias Entries = (xx: Float, xy: Float, x0: Float, yx: Float, yy: Float, y0: Float)

  static let identity: Entries = (1, 0, 0, 0, 1, 0)
  let entries: Entries

  init(_ index: Int, _ size: ImageSize) {
    let step = Double(index)
    // The turn with half its angle's tangent t, without trigonometric functions.
    let t = 0.11 + 0.43 * step
    let (cosine, sine) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
    let factor = 0.6 + 0.13 * step
    let (dx, dy) = (1.37 * step - 4.19, 2.97 - 0.73 * step)
    entries = (
      Float(cosine * factor), Float(-sine * factor), Float(dx * Double(size.width) / 28),
      Float(sine * factor + 0.07), Float(cosine * factor), Float(dy * Double(size.height) / 28)
    )
  }
}

/// A seeded image of bytes, and one of numbers inside a border of zeros.
struct CaseImage {
  static var sizes: [ImageSize] { ImageSize.all }

  let width, height, rowLength: Int
  /// The pixels' coordinates relative to the centre.
  let x, y: UnsafeMutablePointer<Float>
  /// The bytes and the numbers, each from the border's first on.
  private let bytes: UnsafeMutablePointer<UInt8>
  let bordered: UnsafeMutablePointer<Float>

  init(_ memory: CaseMemory, _ size: ImageSize) {
    (width, height) = (size.width, size.height)
    rowLength = SampleGeometry.rowLength(width: width)
    (x, y) = (memory.floats(width * height), memory.floats(width * height))
    bytes = memory.bytes((height + 3) * NeighbourArguments.byteRowLength(rowLength))
    bordered = memory.floats((height + 4) * rowLength)
    var numbers = CaseNumbers(seed: 31)
    for row in 0..<height {
      for column in 0..<width {
        x[row * width + column] = Float(column) - Float(width - 1) / 2
        y[row * width + column] = Float(row) - Float(height - 1) / 2
        bytes[bytePlace(column, row)] = UInt8(truncatingIfNeeded: numbers.bits())
        bordered[(row + 1) * rowLength + column + 1] = 1 + numbers.next() / 2
      }
    }
  }

  var count: Int { width * height }
  /// The longer side ÷ 28: coordinates are rounded in proportion to their size.
  var scale: Double { max(1, Double(max(width, height)) / 28) }

  private func bytePlace(_ column: Int, _ row: Int) -> Int {
    (row + 1) * NeighbourArguments.byteRowLength(rowLength) + column + 1
  }

  func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && column < width && row >= 0 && row < height
  }

  /// The byte of a pixel; 0 outside.
  func byte(_ column: Int, _ row: Int) -> UInt8 { contains(column, row) ? bytes[bytePlace(column, row)] : 0 }

  private func number(_ column: Int, _ row: Int) -> Float {
    contains(column, row) ? bordered[(row + 1) * rowLength + column + 1] : 0
  }

  /// The bytes as numbers from 0 to 1.
  var unitNumbers: [Float] { (0..<count).map { Float(byte($0 % width, $0 / width)) / 255 } }
  var numbers: [Float] { unbordered(bordered) }

  /// The pixels of an image inside a border.
  func unbordered(_ image: UnsafeMutablePointer<Float>) -> [Float] {
    (0..<count).map { image[($0 / width + 1) * rowLength + $0 % width + 1] }
  }

  func geometry(_ map: CaseMap.Entries) -> SampleGeometry {
    SampleGeometry(width: width, height: height, count: count, x: x, y: y, map: map)
  }

  /// Packs each byte with its neighbours.
  func pack(_ table: KernelTable, _ memory: CaseMemory) -> UnsafeMutablePointer<Int32> {
    let packed = memory.integers((height + 2) * rowLength)
    for index in 0..<(height + 2) * rowLength { packed[index] = -1 }
    table.packNeighbours(
      NeighbourArguments(height: height, rowLength: rowLength, bytes: bytes, out: packed))
    return packed
  }

  /// The source index of each pixel.
  func places(_ map: CaseMap) -> [(x: Double, y: Double)] {
    let entries = map.entries
    return (0..<count).map { index in
      let (x, y) = (Double(x[index]), Double(y[index]))
      return (
        Double(entries.xx) * x + Double(entries.xy) * y + Double(entries.x0) + Double(width - 1) / 2,
        Double(entries.yx) * x + Double(entries.yy) * y + Double(entries.y0) + Double(height - 1) / 2
      )
    }
  }

  /// The bilinear value at a place of bytes or numbers, and its derivatives; zeros outside.
  func sample(
    _ x: Double, _ y: Double, ofNumbers: Bool = false
  ) -> (value: Double, alongX: Double, alongY: Double) {
    let (column, row) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
    let (right, down) = (x - Double(column), y - Double(row))
    func pixel(_ dx: Int, _ dy: Int) -> Double {
      ofNumbers ? Double(number(column + dx, row + dy)) : Double(byte(column + dx, row + dy))
    }
    let (a, b, c, d) = (pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1))
    let (above, below) = (a + right * (b - a), c + right * (d - c))
    return (
      above + down * (below - above), (1 - down) * (b - a) + down * (d - c),
      (1 - right) * (c - a) + right * (d - b)
    )
  }
}
