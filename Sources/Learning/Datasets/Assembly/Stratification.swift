import Primitives

/// Choices of images that take the same fraction of every class, the same ones in every run (seed 0).
enum Stratification {
  /// The fraction that is held out of a source without splits.
  static let heldOutFraction = 10

  /// The uses of a choice, which are independent of each other.
  enum Use: Int {
    case heldOut = 1
    case subset
    case validation
  }

  /// Shares `total` among groups in proportion to their `counts`: each gets its part rounded down, and those with the
  /// largest remainders one more, the first of equal ones.
  static func quotas(of total: Int, counts: [Int]) -> [Int] {
    let sum = counts.reduce(0, +)
    guard sum > 0 else { return counts }
    let total = min(total, sum)
    var quotas = counts.map { $0 * total / sum }
    let remainders = counts.map { $0 * total % sum }
    let left = total - quotas.reduce(0, +)
    let order = counts.indices.sorted { (remainders[$1], $0) < (remainders[$0], $1) }
    for group in order.prefix(left) { quotas[group] += 1 }
    return quotas
  }

  /// Chooses `total` of the images, in ascending order, by classes; images without label are a class of their own.
  ///
  /// - Parameter part: the number of the source's part, whose choice is its own.
  static func choose(_ total: Int, labels: [Int?], use: Use, part: Int = 0) -> [Int] {
    let classes = shuffledClasses(labels, stream(for: use, part: part))
    let quotas = quotas(of: total, counts: classes.map(\.count))
    return zip(classes, quotas).flatMap { $0.prefix($1) }.sorted()
  }

  /// All images in an order of which every end, of any length, takes about the same fraction of each class: of a class of
  /// n images, one at random in each of n equal parts of the order.
  static func mixed(labels: [Int?], use: Use) -> [Int] {
    let stream = stream(for: use, part: 0)
    return shuffledClasses(labels, stream).flatMap { members in
      members.enumerated().map { rank, index in
        // The positions behind the images' own, which ordered the class.
        (
          place: (Double(rank) + stream.uniform(at: labels.count + index)) / Double(members.count),
          index: index
        )
      }
    }
    .sorted { ($0.place, $0.index) < ($1.place, $1.index) }.map(\.index)
  }

  private static func stream(for use: Use, part: Int) -> RandomStream {
    RandomStream(seed: 0, purpose: .splitting, use.rawValue, part)
  }

  /// The images of each class in random order, the classes by number.
  private static func shuffledClasses(_ labels: [Int?], _ stream: RandomStream) -> [[Int]] {
    var members: [Int: [Int]] = [:]
    for (index, label) in labels.enumerated() { members[label ?? -1, default: []].append(index) }
    return members.keys.sorted().map { label in
      (members[label] ?? []).map { (bits: stream.bits(at: UInt64($0)), index: $0) }
        .sorted { ($0.bits, $0.index) < ($1.bits, $1.index) }.map(\.index)
    }
  }
}
