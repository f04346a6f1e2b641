import Datasets
import Networks

/// Sorts the images of a batch so that similar ones are adjacent.
///
/// Kernels skip the zeros that adjacent rows have in common, in images and in rectified layers. The order has
/// no other effect. Transformed images are sorted by their first typed value, others by class, each group of
/// rows separately.
struct BatchOrder {
  private struct Row {
    var key: Double
    var index: Int
  }

  private let images: any ImageSource
  private var rows: [Row] = []
  private var values: [Double] = []
  /// The batch's image indices in the new order.
  private(set) var indices: [Int] = []
  /// The rows of each of the plan's groups.
  private(set) var groups: [Range<Int>] = []

  /// Creates an order for images of `source`; allocates once for batches of up to `capacity`.
  init(of source: any ImageSource, capacity: Int) {
    images = source
    rows.reserveCapacity(capacity)
    indices.reserveCapacity(capacity)
  }

  /// Sorts a batch.
  mutating func sort(_ batch: ArraySlice<Int>, plan: StepPlan, sampler: TransformSampler) {
    if values.isEmpty { values = sampler.schema.neutralValues }
    groups = plan.rows(of: batch.count)
    rows.removeAll(keepingCapacity: true)
    for (group, range) in zip(plan.groups, groups) {
      let isTransformed = group.input == .transformed || group.target == .transformed
      for index in batch[batch.startIndex + range.lowerBound..<batch.startIndex + range.upperBound] {
        if isTransformed { sampler.draw(index, into: &values) }
        rows.append(
          Row(key: isTransformed ? values.first ?? 0 : Double(images.label(at: index) ?? -1), index: index))
      }
      rows[range].sort { ($0.key, $0.index) < ($1.key, $1.index) }
    }
    indices.removeAll(keepingCapacity: true)
    for row in rows { indices.append(row.index) }
  }

  /// The index of the group that a row belongs to.
  func group(of row: Int) -> Int { groups.firstIndex { $0.contains(row) } ?? 0 }
}
