import Screen

/// A combination of colours; nil is the terminal's default colour.
struct ColorPair: Hashable, Sendable {
  var foreground: TerminalColor?
  var background: TerminalColor?

  static let standard = ColorPair()

  /// One of at most 240 pairs in place of two colours of 24 bits: the palette's nearest to their mean, twice.
  /// Other pairs, of which there are few, have the nearest colours of the palette.
  var coarse: ColorPair {
    if case .rgb(let red, let green, let blue) = foreground,
      case .rgb(let otherRed, let otherGreen, let otherBlue) = background
    {
      func mean(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Int(a) + Int(b)) / 2) }
      let color = TerminalColor.rgb(
        mean(red, otherRed), mean(green, otherGreen), mean(blue, otherBlue)
      ).ofPalette
      return ColorPair(foreground: color, background: color)
    }
    return ColorPair(foreground: foreground?.ofPalette, background: background?.ofPalette)
  }
}

extension TerminalColor {
  /// The number of the nearest colour of the palette.
  var number: UInt8 {
    switch self {
    case .palette(let number): number
    case .rgb(let red, let green, let blue): Palette.nearest(red, green, blue)
    }
  }

  fileprivate var ofPalette: TerminalColor { .palette(number) }
}

/// The numbers of the colour pairs on the screen.
///
/// A number stands for one pair as long as a cell shows it, and until the end of the frame in which the last such
/// cell changes: ncurses compares numbers, so a number must not stand for two pairs in two successive frames.
/// Where too many pairs are on the screen, cells get coarse ones (see `ColorPair.coarse`), for which some numbers
/// are kept.
struct ColorPairs {
  /// Numbers, and the one to begin the search for an unused one with.
  private struct Pool {
    let range: Range<Int>
    var next: Int

    init(_ range: Range<Int>) { (self.range, next) = (range, range.lowerBound) }

    mutating func unusedNumber(_ uses: [Int]) -> Int? {
      for _ in range {
        let number = next
        next = number + 1 < range.upperBound ? number + 1 : range.lowerBound
        if uses[number] == 0 { return number }
      }
      return nil
    }
  }

  private var numbers: [ColorPair: Int] = [:]
  /// The pair of each number; 0 is the terminal's default.
  private var pairs: [ColorPair?]
  /// The number of cells with each number, including those that have lost it in this frame.
  private var uses: [Int]
  /// The number of each cell, row by row.
  private var cells: [Int] = []
  /// The numbers that cells have lost in this frame.
  private var released: [Int] = []
  private var exactPool: Pool
  private var coarsePool: Pool

  /// - Parameters:
  ///   - limit: the largest number plus 1.
  ///   - coarseCount: the count of the numbers that are kept for coarse pairs.
  init(limit: Int, coarseCount: Int = 0) {
    let limit = max(1, limit)
    pairs = [.standard] + Array(repeating: nil, count: limit - 1)
    uses = Array(repeating: 0, count: limit)
    exactPool = Pool(1..<max(1, limit - coarseCount))
    coarsePool = Pool(exactPool.range.upperBound..<limit)
  }

  /// The pair of a number; nil where the number has none.
  subscript(number: Int) -> ColorPair? { pairs.indices.contains(number) ? pairs[number] : nil }

  /// Forgets the cells, before all cells of a screen of `count` cells are drawn.
  mutating func reset(cellCount count: Int) {
    cells = Array(repeating: 0, count: count)
    uses = Array(repeating: 0, count: pairs.count)
    released = []
  }

  /// The number of a pair or of its coarse form, and true if the number did not stand for it before; 0 where all
  /// are in use.
  mutating func number(of pair: ColorPair) -> (number: Int, isNew: Bool) {
    find(pair, in: \.exactPool) ?? find(pair.coarse, in: \.coarsePool) ?? (0, false)
  }

  private mutating func find(
    _ pair: ColorPair, in pool: WritableKeyPath<ColorPairs, Pool>
  ) -> (number: Int, isNew: Bool)? {
    if pair == .standard { return (0, false) }
    if let number = numbers[pair] { return (number, false) }
    guard let number = self[keyPath: pool].unusedNumber(uses) else { return nil }
    if let old = pairs[number] { numbers[old] = nil }
    pairs[number] = pair
    numbers[pair] = number
    return (number, true)
  }

  /// Records that a cell has a number.
  mutating func set(_ number: Int, atCell cell: Int) {
    guard cells.indices.contains(cell), cells[cell] != number else { return }
    released.append(cells[cell])
    cells[cell] = number
    uses[number] += 1
  }

  /// Records that all cells drawn so far are on the screen.
  mutating func endFrame() {
    // Cells have 0 without a use of it after a reset.
    for number in released where number > 0 { uses[number] -= 1 }
    released.removeAll(keepingCapacity: true)
  }
}
