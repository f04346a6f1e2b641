import Formats

/// The labels of images, read from an array.
enum SourceLabels {
  /// The largest label.
  static let largest = 255
  /// The number of columns from which one-hot rows are not expected.
  private static let mostColumns = 10_000

  /// Tells whether an array of this type and shape may hold the labels of `count` images.
  static func fits(_ array: SourceArray, count: Int) -> Bool {
    array.count == count && (array.shape.count == 1 || (array.shape.count == 2 && array.shape[1] == 1))
      && !array.type.kind.isFloat
  }

  /// The labels in an array of N, N×1 or, one-hot, N×k numbers; nil where rows name several classes.
  static func read(_ array: SourceArray) throws(DatasetError) -> [Int]? {
    let columns = array.rowShape.reduce(1, *)
    guard array.shape.count == 1 || array.shape.count == 2, (1...mostColumns).contains(columns) else {
      throw .source(
        path: array.path, .wrongShape(array.key, shape: array.shape, expected: "N, N×1 or N×k of labels"))
    }
    var labels: [Int] = []
    var isOneHot = true
    try array.readPieces { piece throws(DatasetError) in
      let numbers = array.type.integers(in: piece)
      if columns > 1 {
        let classes = oneHot(numbers, columns: columns)
        isOneHot = classes != nil
        labels += classes ?? []
        return isOneHot
      }
      for (index, number) in numbers.enumerated() {
        guard let number, (0...largest).contains(number) else {
          let text = number.map(String.init) ?? "no whole number"
          throw .source(
            path: array.path, .badLabel(array: array.key, index: labels.count + index, label: text))
        }
      }
      labels += numbers.compactMap { $0 }
      return true
    }
    return isOneHot ? labels : nil
  }

  /// The columns of the ones in rows that are zero otherwise; nil where a row is not such.
  private static func oneHot(_ numbers: [Int?], columns: Int) -> [Int]? {
    var classes: [Int] = []
    for start in stride(from: 0, to: numbers.count, by: columns) {
      let row = numbers[start..<start + columns]
      guard row.allSatisfy({ $0 == 0 || $0 == 1 }), row.reduce(0, { $0 + ($1 ?? 0) }) == 1,
        let one = row.firstIndex(of: 1)
      else { return nil }
      classes.append(one - start)
    }
    return classes
  }

  /// The class names of labels without names: the numbers from 0 to the largest.
  static func classNames(of labels: [[Int]]) -> [String] {
    labels.compactMap { $0.max() }.max().map { (0...$0).map(String.init) } ?? []
  }
}
