/// The facts about a table's columns that tell labels from pixels.
struct TableStatistics: Sendable {
  /// The numbers of one column that may hold labels.
  struct Column: Sendable {
    /// The numbers, by row.
    private(set) var numbers: [Float] = []
    /// True while all are whole numbers that could be labels.
    private(set) var isWhole = true
    private var isPresent = [Bool](repeating: false, count: TableStatistics.largestLabel + 1)

    /// True if there are several labels, and at least every second one up to the largest.
    var looksLikeLabels: Bool {
      guard isWhole, let smallest = isPresent.firstIndex(of: true),
        let largest = isPresent.lastIndex(of: true)
      else { return false }
      let count = isPresent.count { $0 }
      return count >= 2 && 2 * count >= largest - smallest + 1
    }

    mutating func add(_ number: Float) {
      numbers.append(number)
      guard let label = TableStatistics.label(number) else {
        isWhole = false
        return
      }
      isPresent[label] = true
    }
  }

  /// The largest number that counts as a label.
  static let largestLabel = 1000

  let columnCount: Int
  private(set) var rowCount = 0
  /// The columns that may hold labels: the first ones, of which one may number the rows, and the last.
  private(set) var front: [Column]
  private(set) var last = Column()
  /// The numbers of columns at the end that are one-hot labels in all rows, the smallest first.
  private(set) var oneHotCounts: [Int]
  /// For each row, the distance of the last 1 from the end; kept for one-hot labels.
  private(set) var distances: [Int] = []
  /// The range of each column, and true where it has numbers that are not whole.
  private var smallest: [Float]
  private var largest: [Float]
  private var hasFractions: [Bool]

  /// Starts with no rows.
  ///
  /// - Parameter frontCount: the number of first columns that may hold labels or row numbers.
  init(columnCount: Int, frontCount: Int) {
    self.columnCount = columnCount
    front = [Column](repeating: Column(), count: min(frontCount, columnCount))
    smallest = [Float](repeating: .infinity, count: columnCount)
    largest = [Float](repeating: -.infinity, count: columnCount)
    hasFractions = [Bool](repeating: false, count: columnCount)
    oneHotCounts = TableLayout.oneHotCounts(of: columnCount)
  }

  /// Adds a row.
  mutating func add(_ row: [Float]) {
    rowCount += 1
    for column in front.indices { front[column].add(row[column]) }
    last.add(row[columnCount - 1])
    for (column, number) in row.enumerated() {
      smallest[column] = min(smallest[column], number)
      largest[column] = max(largest[column], number)
      if number != number.rounded() { hasFractions[column] = true }
    }
    guard !oneHotCounts.isEmpty else { return }
    oneHotCounts.removeAll { Self.oneHot(row[(columnCount - $0)...]) == nil }
    distances.append(row.lastIndex(of: 1).map { columnCount - 1 - $0 } ?? 0)
  }

  /// The numbers in a column that may hold labels.
  func numbers(in column: Int) -> [Float] {
    column < front.count ? front[column].numbers : last.numbers
  }

  /// The range of the numbers in `columns`, and true if one of them is not whole.
  func range(of columns: Range<Int>) -> (smallest: Float, largest: Float, hasFractions: Bool) {
    (
      smallest[columns].min() ?? .infinity, largest[columns].max() ?? -.infinity,
      hasFractions[columns].contains(true)
    )
  }

  /// The label that a number is; nil for other numbers.
  static func label(_ number: Float) -> Int? {
    (0...Float(largestLabel)).contains(number) && number == number.rounded() ? Int(number) : nil
  }

  /// The index of the only 1 among zeros; nil for other numbers.
  static func oneHot(_ numbers: ArraySlice<Float>) -> Int? {
    guard let index = numbers.firstIndex(of: 1), numbers.allSatisfy({ $0 == 0 || $0 == 1 }),
      numbers.lastIndex(of: 1) == index
    else { return nil }
    return index - numbers.startIndex
  }
}
