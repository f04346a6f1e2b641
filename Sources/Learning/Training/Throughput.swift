import Networks

/// Images per second over the last few seconds of training.
public struct Throughput: Sendable, Hashable {
  private var marks: [Mark] = []
  private let window: Double

  private struct Mark: Hashable {
    var seconds: Double
    var images: Int
  }

  /// Creates a meter over the last `window` seconds.
  public init(window: Double = 3) {
    self.window = window
  }

  /// Counts `images` at `seconds` on a monotonic clock.
  public mutating func add(images: Int, at seconds: Double) {
    marks.append(Mark(seconds: seconds, images: images))
    while marks.count > 2, let first = marks.first, seconds - first.seconds > window { marks.removeFirst() }
  }

  /// Discards the measurements, after a pause.
  public mutating func restart() {
    marks = []
  }

  /// Images per second; nil until time has passed.
  public var imagesPerSecond: Double? {
    guard let first = marks.first, let last = marks.last, last.seconds > first.seconds else { return nil }
    let images = marks.dropFirst().reduce(0) { $0 + $1.images }
    return Double(images) / (last.seconds - first.seconds)
  }
}

extension Recipe {
  /// The recipe with the epochs that are completed when the next batch is at `position`.
  public func completed(at position: TrainingPosition) -> Recipe {
    var done = self
    for index in done.phases.indices where index >= position.phase {
      done.phases[index].epochs = index == position.phase ? position.epoch : 0
    }
    return done
  }

  /// The number of images left to train on from `position`, with `imageCount` in an epoch.
  public func remainingImages(from position: TrainingPosition, imageCount: Int) -> Int {
    guard position.phase < phases.count else { return 0 }
    let epochs = phases[position.phase...].reduce(0) { $0 + $1.epochs } - position.epoch
    return max(0, epochs * imageCount - position.batch * batchSize)
  }
}
