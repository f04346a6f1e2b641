import Primitives

/// The images of a source for training and for testing: those of its own splits or, without, a tenth for testing,
/// chosen by class.
struct SplitPlan: Sendable, Equatable {
  /// Images of a part.
  struct Selection: Sendable, Equatable {
    /// The index of the part.
    let part: Int
    /// The indices of the images, ascending; nil for all.
    let indices: [Int]?
    let count: Int
  }

  let training: Selection
  let test: Selection
  /// The sentences that say what was chosen.
  let notes: [String]

  /// Chooses the images.
  ///
  /// - Parameter subset: the number of images in all, in proportion to parts and classes; nil for all.
  init(_ parts: [SourcePart], subset: Int?) throws(AssemblyFault) {
    let (trainingPart, testPart) = Self.parts(of: parts)
    let used = Set([trainingPart, testPart]).sorted()
    var notes: [String] = []
    var chosen = used.map { part in Array(0..<parts[part].count) }
    let total = chosen.reduce(0) { $0 + $1.count }
    guard total >= 2 else { throw .tooFew(total) }
    let manner = Self.manner(used.map { parts[$0] })
    if let subset {
      if subset < total {
        guard subset >= 2 else { throw .tooSmallSubset(subset) }
        chosen = Self.subset(subset, of: used.map { parts[$0] })
      }
      notes.append(DataRemark(subset: subset, of: total, chosen: manner).text)
    }
    for (index, part) in parts.enumerated() where !used.contains(index) {
      notes.append("\(part.count) images of the part \(part.kind.rawValue) are not used")
    }
    if used.count == 2 {
      training = Self.selection(trainingPart, chosen[used.firstIndex(of: trainingPart) ?? 0], of: parts)
      test = Self.selection(testPart, chosen[used.firstIndex(of: testPart) ?? 0], of: parts)
      notes.append("\(training.count) images for training, \(test.count) for testing")
    } else {
      let labels = Self.labels(chosen[0], of: parts[trainingPart])
      let count = max(1, (labels.count + Stratification.heldOutFraction / 2) / Stratification.heldOutFraction)
      let held = Stratification.choose(count, labels: labels, use: .heldOut).map { chosen[0][$0] }
      let isHeld = Set(held)
      training = Self.selection(trainingPart, chosen[0].filter { !isHeld.contains($0) }, of: parts)
      test = Self.selection(trainingPart, held, of: parts)
      notes.append(
        "a tenth is held out for testing, \(manner): \(training.count) images for training, "
          + "\(test.count) for testing")
    }
    self.notes = notes
  }

  /// The parts for training and for testing; the same one where it must be divided.
  private static func parts(of parts: [SourcePart]) -> (training: Int, test: Int) {
    let training = parts.firstIndex { $0.kind == .training } ?? parts.firstIndex { $0.kind == .all } ?? 0
    let others = parts.indices.filter { $0 != training }
    let test = others.first { parts[$0].kind == .test } ?? others.first { parts[$0].kind == .validation }
    return (training, test ?? training)
  }

  /// Chooses `total` images of the parts, at least one of each.
  private static func subset(_ total: Int, of parts: [SourcePart]) -> [[Int]] {
    var quotas = Stratification.quotas(of: total, counts: parts.map(\.count))
    if let empty = quotas.firstIndex(of: 0), let largest = quotas.indices.max(by: { quotas[$0] < quotas[$1] })
    {
      quotas[empty] = 1
      quotas[largest] -= 1
    }
    return zip(parts.indices, quotas).map { part, quota in
      let labels = labels(Array(0..<parts[part].count), of: parts[part])
      return Stratification.choose(quota, labels: labels, use: .subset, part: part)
    }
  }

  /// The words about a choice among the images of parts.
  private static func manner(_ parts: [SourcePart]) -> String {
    parts.contains { !$0.labels.isEmpty } ? "by class (seed 0)" : "at random (seed 0)"
  }

  private static func labels(_ indices: [Int], of part: SourcePart) -> [Int?] {
    indices.map { part.labels.isEmpty ? nil : part.labels[$0] }
  }

  private static func selection(_ part: Int, _ indices: [Int], of parts: [SourcePart]) -> Selection {
    Selection(part: part, indices: indices.count == parts[part].count ? nil : indices, count: indices.count)
  }
}
