/// A glyph drawn as shapes, so that neighbouring cells join without gaps in any font: blocks, frames, shades
/// and braille.
enum GlyphShape: Equatable {
  /// The size of a cell in units.
  static let (cellWidth, cellHeight) = (8, 16)

  /// A rectangle in units, relative to the cell's upper left corner.
  struct Box: Equatable {
    var x, y, width, height: Int
  }

  /// Rectangles in the foreground colour.
  case boxes([Box])
  /// The whole cell in a mixture of background and foreground; the payload is the fraction of the foreground.
  case shade(Double)
  /// Dots of two columns and four rows, as the bits of the braille pattern.
  case dots(UInt8)

  /// Creates the shape of a glyph; nil for one that needs a font.
  init?(_ glyph: Character) {
    guard glyph.unicodeScalars.count == 1, let scalar = glyph.unicodeScalars.first?.value else { return nil }
    let (width, height) = (Self.cellWidth, Self.cellHeight)
    switch scalar {
    case 0x2580: self = .boxes([Box(x: 0, y: 0, width: width, height: height / 2)])
    case 0x2581...0x2588:
      let eighths = Int(scalar - 0x2580) * height / 8
      self = .boxes([Box(x: 0, y: height - eighths, width: width, height: eighths)])
    case 0x2589...0x258F:
      self = .boxes([Box(x: 0, y: 0, width: Int(0x2590 - scalar) * width / 8, height: height)])
    case 0x2591...0x2593: self = .shade(Double(scalar - 0x2590) / 4)
    case 0x25AE: self = .boxes([Box(x: 2, y: 3, width: 4, height: 10)])
    case 0x25AF: self = .boxes(Self.outline(Box(x: 2, y: 3, width: 4, height: 10)))
    case 0x2801...0x28FF: self = .dots(UInt8(scalar - 0x2800))
    default:
      guard let boxes = Self.dashes[glyph] ?? Self.lines(glyph) else { return nil }
      self = .boxes(boxes)
    }
  }

  /// The dots of a braille pattern, in units relative to the cell's upper left corner.
  static func places(ofDots bits: UInt8) -> [(x: Int, y: Int)] {
    let order: [(column: Int, row: Int)] = [
      (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3),
    ]
    return order.enumerated().filter { bits & (1 << $0.offset) != 0 }.map {
      (x: 2 + 4 * $0.element.column, y: 2 + 4 * $0.element.row)
    }
  }

  /// The four sides of a box, one unit thick.
  private static func outline(_ box: Box) -> [Box] {
    [
      Box(x: box.x, y: box.y, width: box.width, height: 1),
      Box(x: box.x, y: box.y + box.height - 1, width: box.width, height: 1),
      Box(x: box.x, y: box.y + 1, width: 1, height: box.height - 2),
      Box(x: box.x + box.width - 1, y: box.y + 1, width: 1, height: box.height - 2),
    ]
  }

  private static let dashes: [Character: [Box]] = [
    "┆": [0, 6, 11].map { Box(x: 4, y: $0, width: 1, height: 4) },
    "┊": [0, 4, 8, 12].map { Box(x: 4, y: $0, width: 1, height: 2) },
  ]

  // MARK: Frames

  /// The directions of lines from the centre of a cell.
  private struct Arms: OptionSet {
    let rawValue: Int
    static let left = Arms(rawValue: 1)
    static let right = Arms(rawValue: 2)
    static let up = Arms(rawValue: 4)
    static let down = Arms(rawValue: 8)
  }

  private static let light: [Character: Arms] = [
    "─": [.left, .right], "│": [.up, .down], "┌": [.right, .down], "┐": [.left, .down], "└": [.right, .up],
    "┘": [.left, .up], "├": [.up, .down, .right], "┤": [.up, .down, .left], "┬": [.left, .right, .down],
    "┴": [.left, .right, .up], "┼": [.left, .right, .up, .down],
  ]
  private static let heavy: [Character: Arms] = [
    "━": [.left, .right], "┃": [.up, .down], "┏": [.right, .down], "┓": [.left, .down], "┗": [.right, .up],
    "┛": [.left, .up],
  ]

  private static func lines(_ glyph: Character) -> [Box]? {
    if let arms = light[glyph] { return lines(arms, x: 4, y: 8, thickness: 1) }
    return heavy[glyph].map { lines($0, x: 3, y: 7, thickness: 2) }
  }

  /// Lines that meet in a square of their thickness at a point.
  private static func lines(_ arms: Arms, x: Int, y: Int, thickness: Int) -> [Box] {
    var boxes: [Box] = []
    if !arms.isDisjoint(with: [.left, .right]) {
      let (start, end) = (arms.contains(.left) ? 0 : x, arms.contains(.right) ? cellWidth : x + thickness)
      boxes.append(Box(x: start, y: y, width: end - start, height: thickness))
    }
    if !arms.isDisjoint(with: [.up, .down]) {
      let (start, end) = (arms.contains(.up) ? 0 : y, arms.contains(.down) ? cellHeight : y + thickness)
      boxes.append(Box(x: x, y: start, width: thickness, height: end - start))
    }
    return boxes
  }
}
