import Primitives

/// The columns of a table of pixels: which are labels, and the shape of the images.
struct TableLayout: Sendable, Equatable {
  /// The columns of labels.
  enum Labels: Sendable, Equatable {
    case none
    case column(Int)
    /// A column for each class, of which one is 1 and the others are 0.
    case oneHot(Range<Int>)
  }

  let columnCount: Int
  let labels: Labels
  let pixels: Range<Int>
  /// The width and height.
  let side: Int
  let channels: Int

  /// The names of columns that hold labels.
  private static let labelNames = ["label", "labels", "class", "target", "y", "digit"]
  /// The names of columns that number the rows.
  private static let rowNames = ["", "id", "index", "unnamed: 0"]
  /// The sides of images, in pixels. Smaller ones would be tables of other things.
  private static let sides = 8...1024

  /// Finds out the columns.
  ///
  /// - Parameters:
  ///   - names: the names in the first line.
  ///   - key: `first`, `last`, `none` or the name of a column, as the user says.
  init(_ statistics: TableStatistics, names: [String]?, key: String?) throws(TableLayoutFault) {
    let count = statistics.columnCount
    if let names, let column = try Self.labelColumn(in: names, key: key) {
      let start = column > 0 && Self.rowNames.contains(names[0].lowercased()) ? 1 : 0
      guard column == start || column == count - 1 else { throw .labelsBetweenPixels(names[column]) }
      self = try Self.shaped(
        .column(column), column == start ? start + 1..<count : start..<count - 1, of: count)
      return
    }
    switch key {
    case "none": self = try Self.shaped(.none, 0..<count, of: count)
    case "first": self = try Self.shaped(.column(0), 1..<count, of: count)
    case "last": self = try Self.shaped(.column(count - 1), 0..<count - 1, of: count)
    default: self = try Self.guessed(statistics)
    }
  }

  private init(_ labels: Labels, _ pixels: Range<Int>, of count: Int, side: Int, channels: Int) {
    (columnCount, self.labels, self.pixels, self.side, self.channels) = (
      count, labels, pixels, side, channels
    )
  }

  /// The numbers of columns that could be one-hot labels after the pixels of images.
  static func oneHotCounts(of columns: Int) -> [Int] {
    guard shape(of: columns) == nil, shape(of: columns - 1) == nil else { return [] }
    return (2...62).filter { shape(of: columns - $0) != nil }
  }

  /// The column of labels by its name, or by the one that the user gave; nil where no name says so.
  static func labelColumn(in names: [String], key: String?) throws(TableLayoutFault) -> Int? {
    guard let key, !["first", "last", "none"].contains(key) else {
      return key == nil ? names.firstIndex { labelNames.contains($0.lowercased()) } : nil
    }
    guard let column = names.firstIndex(where: { $0.lowercased() == key.lowercased() }) else {
      throw .noColumn(key)
    }
    return column
  }

  private static func guessed(_ statistics: TableStatistics) throws(TableLayoutFault) -> TableLayout {
    let count = statistics.columnCount
    if shape(of: count) != nil { return try shaped(.none, 0..<count, of: count) }
    if shape(of: count - 1) != nil {
      let isFirst = try labelsAreFirst(statistics)
      return try shaped(
        .column(isFirst ? 0 : count - 1), isFirst ? 1..<count : 0..<count - 1, of: count)
    }
    if let classes = statistics.oneHotCounts.first {
      return try shaped(.oneHot(count - classes..<count), 0..<count - classes, of: count)
    }
    throw .noImages(columns: count)
  }

  private static func labelsAreFirst(_ statistics: TableStatistics) throws(TableLayoutFault) -> Bool {
    let (first, last) = (statistics.front[0], statistics.last)
    switch (first.looksLikeLabels, last.looksLikeLabels) {
    case (true, false): return true
    case (false, true): return false
    default:
      guard first.isWhole != last.isWhole else {
        throw first.isWhole ? .labelsAtEitherEnd(columns: statistics.columnCount) : .labelsAtNoEnd
      }
      return first.isWhole
    }
  }

  private static func shaped(
    _ labels: Labels, _ pixels: Range<Int>, of count: Int
  ) throws(TableLayoutFault) -> TableLayout {
    guard let (side, channels) = shape(of: pixels.count) else { throw .noImages(columns: count) }
    return TableLayout(labels, pixels, of: count, side: side, channels: channels)
  }

  /// The side and channels of square images of so many values.
  private static func shape(of values: Int) -> (side: Int, channels: Int)? {
    for channels in [1, 3] where values > 0 && values % channels == 0 {
      let side = Int(Double(values / channels).squareRoot().rounded())
      if side * side * channels == values, sides.contains(side) { return (side, channels) }
    }
    return nil
  }
}

/// A fault of a table's columns.
public enum TableLayoutFault: Error, Sendable, Equatable {
  /// The number of columns is not that of square images, with or without labels.
  case noImages(columns: Int)
  /// Both the first and the last column could hold labels.
  case labelsAtEitherEnd(columns: Int)
  /// Neither the first nor the last column holds whole numbers.
  case labelsAtNoEnd
  /// The column of labels stands between those of pixels.
  case labelsBetweenPixels(String)
  /// No column has the name that the user gave.
  case noColumn(String)
  /// There are more different labels than can be stored.
  case tooManyClasses(Int)
  /// A label is not a whole number from 0 to 1000.
  case wrongLabel(row: Int, value: Float)
}

extension TableLayoutFault: CustomStringConvertible {
  /// A short message.
  public var description: String {
    switch self {
    case .noImages(let columns):
      "\(columns) columns are not the pixels of square images of 8×8 or more, with or without labels"
    case .labelsAtEitherEnd(let columns):
      "the first and the last of \(columns) columns could be labels; '--key labels=first' or "
        + "'--key labels=last' says which"
    case .labelsAtNoEnd: "neither the first nor the last column holds labels (whole numbers)"
    case .labelsBetweenPixels(let name): "the column '\(name.printable)' stands between those of pixels"
    case .noColumn(let name): "no column is called '\(name.printable)'"
    case .tooManyClasses(let count):
      "\(count) different labels; the limit is \(SourceLabels.largest + 1)"
    case .wrongLabel(let row, let value): "row \(row): the label \(value) is no whole number from 0 to 1000"
    }
  }
}
