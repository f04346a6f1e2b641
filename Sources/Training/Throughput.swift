import Networks

/// Images per second over the last few seconds of running time, and the time left.
public struct Throughput: Sendable, Hashable {
  private var marks: [Mark] = []
  private let window: Double

  private struct Mark: Hashable {
    var seconds: Double
    var images: Int
  }

  /// A meter that looks back `window` seconds.
  public init(window: Double = 3) {
    self.window = window
  }

  /// Notes that `images` more were learnt from, at `seconds` on a clock that never goes back.
  public mutating func add(images: Int, at seconds: Double) {
    marks.append(Mark(seconds: seconds, images: images))
    while marks.count > 2, let first = marks.first, seconds - first.seconds > window { marks.removeFirst() }
  }

  /// Forgets what was, after a pause.
  public mutating func restart() {
    marks = []
  }

  /// Images per second; absent until time has passed.
  public var imagesPerSecond: Double? {
    guard let first = marks.first, let last = marks.last, last.seconds > first.seconds else { return nil }
    let images = marks.dropFirst().reduce(0) { $0 + $1.images }
    return Double(images) / (last.seconds - first.seconds)
  }
}

extension Recipe {
  /// The recipe with the epochs that were completed when the next batch is at `position`.
  public func completed(at position: TrainingPosition) -> Recipe {
    var done = self
    for index in done.phases.indices where index >= position.phase {
      done.phases[index].epochs = index == position.phase ? position.epoch : 0
    }
    return done
  }

  /// How many images are still to be learnt from, from `position` on, with `imageCount` in an epoch.
  public func remainingImages(from position: TrainingPosition, imageCount: Int) -> Int {
    guard position.phase < phases.count else { return 0 }
    let epochs = phases[position.phase...].reduce(0) { $0 + $1.epochs } - position.epoch
    return max(0, epochs * imageCount - position.batch * batchSize)
  }
}
