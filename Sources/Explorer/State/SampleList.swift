import Training

/// Which samples are stepped through, and in which order.
struct SampleList: Equatable {
  /// The class that is shown alone; absent for all.
  var filter: Int?
  /// The order by error; absent for the order in which they are stored.
  var order: SampleOrder?
  /// The samples' numbers in the order in which they are stepped through; never empty.
  private(set) var numbers: [Int]

  /// The class of each sample: looking it up for all takes longer than a key may.
  private let labels: [Int]

  /// All samples as they are stored.
  init(_ samples: Samples) {
    labels = samples.labels
    numbers = Array(labels.indices)
  }

  /// The classes that occur, in order, each with the count of its samples.
  var classes: [(label: Int, count: Int)] { Samples.classes(of: labels) }

  /// Lists the samples anew after a change.
  mutating func refresh() {
    let all = order?.ranking.numbers ?? Array(labels.indices)
    guard let filter else {
      numbers = all
      return
    }
    numbers = all.filter { labels[$0] == filter }
    // A class that does not occur shows all.
    if numbers.isEmpty { numbers = all }
  }

  /// Where a sample stands in the list, counted from 0.
  func position(of sample: Int) -> Int? { numbers.firstIndex(of: sample) }

  /// The sample so many places on, around the ends; the first where `sample` is not in the list.
  func sample(_ offset: Int, from sample: Int) -> Int {
    guard let position = position(of: sample) else { return numbers[0] }
    let count = numbers.count
    return numbers[((position + offset) % count + count) % count]
  }
}

/// All samples sorted by an error, with all that the error depends on.
struct SampleOrder: Equatable {
  var measure: ErrorMeasure
  var ranking: ErrorRanking
  /// The weights that it is of.
  var inference: SharedInference
  /// The values by which each input was transformed.
  var inputValues: [Double]
}

/// An order by error that is being computed.
struct AwaitedSampleOrder: Equatable {
  var number: Int
  var measure: ErrorMeasure
  var inference: SharedInference
  var inputValues: [Double]
}
