/// A data set whose images the program draws itself: an entry of the catalogue `BuiltInSet.all`.
public struct BuiltInSet: Sendable {
  /// The name, as for `--data`.
  public let name: String
  private let create: @Sendable () -> Dataset

  /// Creates an entry.
  init(_ name: String, _ create: @escaping @Sendable () -> Dataset) {
    (self.name, self.create) = (name, create)
  }

  /// The catalogue; the first set is the default.
  public static let all = [digits, sprites]

  /// The built-in digits.
  public static let digits = BuiltInSet("digits") { Digits.dataset() }

  /// The built-in sprites.
  public static let sprites = BuiltInSet("sprites") { Sprites.dataset() }

  /// The set called `name`.
  public static func named(_ name: String) -> BuiltInSet? { all.first { $0.name == name } }

  /// The names in quotes, for messages: `'digits' and 'sprites'`.
  public static let names = all.map { "'\($0.name)'" }.joined(separator: " and ")

  /// Creates the data set; images are drawn when they are read.
  public func dataset() -> Dataset { create() }

  /// The identity of the data set, from one image in 5,000: drawing all of them takes seconds, and they change only
  /// with the program.
  public func identity(of dataset: Dataset) -> DatasetIdentity { DatasetIdentity(of: dataset, oneIn: 5000) }
}

extension BuiltInSet: Equatable {
  /// Compares names.
  public static func == (one: BuiltInSet, other: BuiltInSet) -> Bool { one.name == other.name }
}
