/// The facts about known tables, by their file names.
enum TableSet {
  /// The split that a file is, by the words in its name.
  static func kind(of name: String) -> SourcePart.Kind {
    let words = name.lowercased().split { !$0.isLetter }
    if words.contains(where: { ["train", "training", "tra"].contains($0) }) { return .training }
    if words.contains(where: { ["val", "valid", "validation"].contains($0) }) { return .validation }
    return words.contains { ["test", "testing", "tes"].contains($0) } ? .test : .all
  }

  /// Tells whether images are stored column by column: EMNIST's, and MNIST's variants with backgrounds.
  static func isTransposed(_ name: String) -> Bool {
    let name = name.lowercased()
    if name.hasPrefix("emnist") { return true }
    return name.hasSuffix(".amat") && !name.contains("rotation")
      && (name.contains("background") || name.contains("noise"))
  }

  /// The letter that a label stands for in a set of letters; nil in other sets.
  static func letter(_ number: Int, in name: String) -> String? {
    let name = name.lowercased()
    let first: Int
    if name.hasPrefix("a_z") || name.hasPrefix("sign_mnist") {
      first = 0
    } else if name.hasPrefix("emnist-letters") {
      first = 1
    } else {
      return nil
    }
    guard (first..<first + 26).contains(number) else { return nil }
    return String(UnicodeScalar(UInt8(ascii: "A") + UInt8(number - first)))
  }
}

/// The classes of the numbers in columns of labels.
///
/// Numbers from 0 to the largest are labels as they are, as long as few are missing; else the numbers that occur are
/// counted from 0.
struct TableClasses: Sendable {
  /// The class names, by label.
  let names: [String]
  private let places: [Int: Int]

  /// Finds out the classes of all numbers.
  init(of tables: [[Int]], set: String) {
    let numbers = Set(tables.joined()).sorted()
    let largest = numbers.last ?? -1
    let known = IDXDirectory.knownClassNames(ofSet: Self.setName(set)) ?? []
    let isPlain = numbers.first == 0 && largest <= SourceLabels.largest && 2 * numbers.count > largest
    let values = isPlain ? Array(0...largest) : numbers
    names = values.map { value in
      if let letter = TableSet.letter(value, in: set) { return letter }
      return known.count == values.count && isPlain ? known[value] : "\(value)"
    }
    places = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
  }

  /// The label of a number.
  func label(of number: Int) -> Int? { places[number] }

  /// The name of the set in that of a file such as `fashion-mnist_train.csv`.
  private static func setName(_ file: String) -> String { String(file.prefix { $0 != "_" && $0 != "." }) }
}
