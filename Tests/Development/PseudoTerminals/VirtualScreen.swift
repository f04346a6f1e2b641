/// A terminal emulator: enough of a VT100 and of xterm to check text, styles and modes.
public struct VirtualScreen: Sendable {
  /// A cell of the screen.
  public struct Cell: Hashable, Sendable {
    /// The glyph.
    public var glyph: Character
    /// The style in which it was written.
    public var look: Look

    /// Creates a cell; a space in the default style by default.
    public init(glyph: Character = " ", look: Look = Look()) {
      self.glyph = glyph
      self.look = look
    }
  }

  /// The width in columns.
  public private(set) var width: Int
  /// The height in rows.
  public private(set) var height: Int
  /// The cursor is visible.
  public private(set) var isCursorVisible = true
  /// The alternate screen is active, as for full-screen programs.
  public private(set) var isAlternate = false
  /// The active private modes of xterm, such as 1002 for the mouse.
  public private(set) var privateModes: Set<Int> = []
  /// The number of bytes received.
  public private(set) var byteCount = 0
  /// The number of times that a glyph was drawn at or before the position of the previous one: the number of
  /// frames begun by a program that draws from the top down and from left to right.
  public private(set) var passCount = 0

  private var cells: [[Cell]]
  private var primary: [[Cell]] = []
  private var column = 0
  private var row = 0
  private var saved = (column: 0, row: 0)
  private var scrollRegion: ClosedRange<Int>
  /// The style of the next glyph.
  public private(set) var look = Look()
  /// The keypad sends application sequences.
  public private(set) var isKeypadApplication = false
  /// Scrolling is restricted to a region of rows.
  public var hasScrollMargins: Bool { scrollRegion != 0...max(0, height - 1) }
  private var lastGlyph: Character = " "
  /// The row and column of the last change.
  private var lastDrawn = (Int.max, Int.max)
  private var pending: [UInt8] = []

  /// Creates an empty screen.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
    cells = Self.blank(width, height)
    scrollRegion = 0...max(0, height - 1)
  }

  /// The cell at a position within the screen.
  public subscript(column: Int, row: Int) -> Cell { cells[row][column] }

  /// The glyphs of a row without trailing spaces.
  public func line(_ row: Int) -> String {
    var text = String(cells[row].map(\.glyph))
    while text.last == " " { text.removeLast() }
    return text
  }

  /// All rows, separated by line breaks.
  public var text: String { (0..<height).map(line).joined(separator: "\n") }

  /// Changes the extent like a terminal window: the upper left corner stays.
  public mutating func resize(width: Int, height: Int) {
    cells = Self.resized(cells, width, height)
    if isAlternate { primary = Self.resized(primary, width, height) }
    self.width = width
    self.height = height
    scrollRegion = 0...max(0, height - 1)
    column = min(column, max(0, width - 1))
    row = min(row, max(0, height - 1))
  }

  /// Processes output; a sequence may be split between calls.
  public mutating func feed(_ bytes: [UInt8]) {
    byteCount += bytes.count
    pending += bytes
    var index = 0
    while index < pending.count, let length = sequenceLength(at: index) {
      handle(Array(pending[index..<index + length]))
      index += length
    }
    pending.removeFirst(index)
  }

  private static func blank(_ width: Int, _ height: Int) -> [[Cell]] {
    Array(repeating: Array(repeating: Cell(), count: width), count: height)
  }

  private static func resized(_ cells: [[Cell]], _ width: Int, _ height: Int) -> [[Cell]] {
    (0..<height).map { row in
      (0..<width).map { row < cells.count && $0 < cells[row].count ? cells[row][$0] : Cell() }
    }
  }
}

// MARK: - Telling sequences apart

extension VirtualScreen {
  /// The bytes of the character or control sequence at an index; nil while incomplete.
  private func sequenceLength(at index: Int) -> Int? {
    let available = pending.count - index
    let first = pending[index]
    guard first == 0x1B else {
      let length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      // A truncated character ends at the next one.
      let rest = pending[(index + 1)..<min(index + length, pending.count)]
      if let next = rest.firstIndex(where: { $0 & 0xC0 != 0x80 }) { return next - index }
      return length <= available ? length : nil
    }
    guard available >= 2 else { return nil }
    switch pending[index + 1] {
    case UInt8(ascii: "["):
      // An escape byte cancels an incomplete sequence.
      let end = pending[(index + 2)...].firstIndex { (0x40...0x7E).contains($0) || $0 == 0x1B }
      return end.map { pending[$0] == 0x1B ? $0 - index : $0 - index + 1 }
    case UInt8(ascii: "]"):
      let final = pending[(index + 2)...].firstIndex { $0 == 0x07 }
      return final.map { $0 - index + 1 }
    case 0x1B: return 1
    case 0x20...0x2F: return available < 3 ? nil : pending[index + 2] == 0x1B ? 2 : 3
    default: return 2
    }
  }

  private mutating func handle(_ sequence: [UInt8]) {
    if sequence == [0x1B] { return }
    if sequence[0] == 0x1B {
      sequence[1] == UInt8(ascii: "[")
        ? handleControlSequence(sequence) : handleEscape(sequence[1])
    } else if sequence[0] < 0x20 || sequence[0] == 0x7F {
      handleControl(sequence[0])
    } else {
      write(String(decoding: sequence, as: UTF8.self).first ?? "\u{FFFD}")
    }
  }

  private mutating func handleControl(_ byte: UInt8) {
    switch byte {
    case 0x08: column = max(0, column - 1)
    case 0x09: column = min(width - 1, (column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: column = 0
    default: break
    }
  }

  private mutating func handleEscape(_ byte: UInt8) {
    switch Character(Unicode.Scalar(byte)) {
    case "7": saved = (column, row)
    case "8": (column, row) = saved
    case "D": lineFeed()
    case "M": reverseLineFeed()
    case "=": isKeypadApplication = true
    case ">": isKeypadApplication = false
    default: break
    }
  }
}

// MARK: - Control sequences

extension VirtualScreen {
  private mutating func handleControlSequence(_ sequence: [UInt8]) {
    guard sequence.count > 2, let last = sequence.last, (0x40...0x7E).contains(last) else { return }
    let body = String(decoding: sequence[2..<sequence.count - 1], as: UTF8.self)
    let final = Character(Unicode.Scalar(sequence[sequence.count - 1]))
    if body.hasPrefix("?") {
      guard final == "h" || final == "l" else { return }
      for mode in body.dropFirst().split(separator: ";") { setMode(Int(mode) ?? 0, isOn: final == "h") }
      return
    }
    guard body.allSatisfy({ $0.isNumber || $0 == ";" }) else { return }
    let numbers = body.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let first = numbers.first ?? 0
    if move(final, numbers, count: max(1, first)) { return }
    if "JKXP@".contains(final) { noteDrawing() }
    switch final {
    case "m": look.set(numbers)
    case "J": eraseScreen(first)
    case "K": eraseLine(first)
    case "X": erase(row, column..<min(width, column + max(1, first)))
    case "P": deleteCells(max(1, first))
    case "@": insertCells(max(1, first))
    case "L": insertLines(max(1, first))
    case "M": deleteLines(max(1, first))
    case "S": for _ in 0..<max(1, first) { scroll(scrollRegion, up: true) }
    case "T": for _ in 0..<max(1, first) { scroll(scrollRegion, up: false) }
    case "b": for _ in 0..<max(1, first) { write(lastGlyph) }
    case "r": setScrollRegion(numbers)
    default: break
    }
  }

  private mutating func move(_ final: Character, _ numbers: [Int], count: Int) -> Bool {
    switch final {
    case "A": row -= count
    case "B", "e": row += count
    case "C", "a": column = min(column, width - 1) + count
    case "D": column = min(column, width - 1) - count
    case "G", "`": column = count - 1
    case "d": row = count - 1
    case "H", "f":
      row = count - 1
      column = max(1, numbers.count > 1 ? numbers[1] : 1) - 1
    default: return false
    }
    row = min(max(0, row), height - 1)
    column = min(max(0, column), width - 1)
    return true
  }

  private mutating func setMode(_ mode: Int, isOn: Bool) {
    if isOn { privateModes.insert(mode) } else { privateModes.remove(mode) }
    switch mode {
    case 25: isCursorVisible = isOn
    case 1049, 1047, 47:
      guard isOn != isAlternate else { return }
      isAlternate = isOn
      if isOn {
        primary = cells
        saved = (column, row)
        cells = Self.blank(width, height)
      } else {
        cells = primary
        (column, row) = saved
      }
    default: break
    }
  }

  private mutating func setScrollRegion(_ numbers: [Int]) {
    let top = max(1, numbers.first ?? 1) - 1
    let bottom = (numbers.count > 1 && numbers[1] > 0 ? min(numbers[1], height) : height) - 1
    scrollRegion = top < bottom ? top...bottom : 0...height - 1
    (column, row) = (0, 0)
  }
}

// MARK: - Changing cells

extension VirtualScreen {
  private var erased: Cell { Cell(look: Look(background: look.background)) }

  private mutating func write(_ glyph: Character) {
    lastGlyph = glyph
    // As in terminals, the line wraps only when a glyph follows the last column.
    if column >= width {
      column = 0
      lineFeed()
    }
    let isWide = Self.isWide(glyph)
    if isWide, column == width - 1 { return }
    noteDrawing()
    cells[row][column] = Cell(glyph: glyph, look: look)
    column += 1
    if isWide {
      cells[row][column] = Cell(look: look)
      column += 1
    }
  }

  /// Returns true for a glyph of two columns; its second cell is a space here.
  private static func isWide(_ glyph: Character) -> Bool {
    let wide: [ClosedRange<UInt32>] = [
      0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]
    return glyph.unicodeScalars.first.map { first in wide.contains { $0.contains(first.value) } } ?? false
  }

  private mutating func noteDrawing() {
    if (row, column) <= lastDrawn { passCount += 1 }
    lastDrawn = (row, column)
  }

  private mutating func lineFeed() {
    if row == scrollRegion.upperBound {
      scroll(scrollRegion, up: true)
    } else {
      row = min(row + 1, height - 1)
    }
  }

  private mutating func reverseLineFeed() {
    if row == scrollRegion.lowerBound {
      scroll(scrollRegion, up: false)
    } else {
      row = max(row - 1, 0)
    }
  }

  private mutating func scroll(_ region: ClosedRange<Int>, up: Bool) {
    let empty = Array(repeating: erased, count: width)
    cells.remove(at: up ? region.lowerBound : region.upperBound)
    cells.insert(empty, at: up ? region.upperBound : region.lowerBound)
  }

  private mutating func erase(_ row: Int, _ columns: Range<Int>) {
    for column in columns { cells[row][column] = erased }
  }

  private mutating func eraseLine(_ part: Int) {
    let column = min(column, width - 1)
    erase(row, part == 0 ? column..<width : part == 1 ? 0..<column + 1 : 0..<width)
  }

  private mutating func eraseScreen(_ part: Int) {
    if part < 2 { eraseLine(part) }
    let rows = part == 0 ? row + 1..<height : part == 1 ? 0..<row : 0..<height
    for row in rows { erase(row, 0..<width) }
  }

  private mutating func deleteCells(_ count: Int) {
    for _ in 0..<min(count, width - column) {
      cells[row].remove(at: column)
      cells[row].append(erased)
    }
  }

  private mutating func insertCells(_ count: Int) {
    for _ in 0..<min(count, width - column) {
      cells[row].removeLast()
      cells[row].insert(erased, at: column)
    }
  }

  private mutating func insertLines(_ count: Int) {
    guard scrollRegion.contains(row) else { return }
    for _ in 0..<count { scroll(row...scrollRegion.upperBound, up: false) }
  }

  private mutating func deleteLines(_ count: Int) {
    guard scrollRegion.contains(row) else { return }
    for _ in 0..<count { scroll(row...scrollRegion.upperBound, up: true) }
  }
}
