import Evaluation
import Training

/// The samples that can be stepped through, and their order.
struct SampleList: Equatable {
  /// The only class shown; nil for all.
  var filter: Int?
  /// The order by error; nil for the stored order.
  var order: SampleOrder?
  /// The samples' numbers in order; never empty.
  private(set) var numbers: [Int]

  /// The class of each sample, nil without one; cached because computing all of them is slow.
  private let labels: [Int?]

  /// Lists all samples in stored order.
  init(_ samples: Samples) {
    labels = samples.labels
    numbers = Array(labels.indices)
  }

  /// The classes that occur, in order, with their sample counts.
  var classes: [(label: Int, count: Int)] { Samples.classes(of: labels) }

  /// Updates the list after a change.
  mutating func refresh() {
    let all = order?.ranking.numbers ?? Array(labels.indices)
    guard let filter else {
      numbers = all
      return
    }
    numbers = all.filter { labels[$0] == filter }
    // A class without samples shows all.
    if numbers.isEmpty { numbers = all }
  }

  /// The index of a sample in the list.
  func position(of sample: Int) -> Int? { numbers.firstIndex(of: sample) }

  /// The sample some positions on, around the ends; the first if `sample` is not in the list.
  func sample(_ offset: Int, from sample: Int) -> Int {
    guard let position = position(of: sample) else { return numbers[0] }
    let count = numbers.count
    return numbers[((position + offset) % count + count) % count]
  }
}

/// All samples sorted by an error, with everything that the error depends on.
struct SampleOrder: Equatable {
  var measure: ErrorMeasure
  var ranking: ErrorRanking
  /// The network that was measured.
  var inference: SharedInference
  /// The values by which each input was transformed.
  var inputValues: [Double]
}
