import Training

/// The moments of a run that are kept, in order.
struct TimeLine {
  /// A moment, with what has been measured of it.
  struct Moment {
    var checkpoint: TrainingCheckpoint
    /// How its weights steer and read; absent until that is known.
    var figures: SteeringFigures?

    var step: Int { checkpoint.step }
  }

  private(set) var moments: [Moment] = []
  /// The most moments that are kept, and the most memory that they may take: twice what a run sends. Where
  /// one that was stopped and resumed has more, every second one between the phases' ends gives way.
  static let mostMoments = 48
  private static let mostBytes = 128 << 20

  /// The moment at a step, or the last one before it; the first where there is none before.
  func index(ofStep step: Int) -> Int? {
    moments.isEmpty ? nil : moments.lastIndex { $0.step <= step } ?? 0
  }

  mutating func add(_ checkpoints: [TrainingCheckpoint]) {
    for checkpoint in checkpoints where moments.last.map({ $0.step < checkpoint.step }) ?? true {
      moments.append(Moment(checkpoint: checkpoint))
    }
    let bytes = moments.last?.checkpoint.snapshot.weights.byteCount ?? 0
    guard moments.count > min(Self.mostMoments, Self.mostBytes / max(1, bytes)) else { return }
    let last = moments.count - 1
    moments = moments.indices.filter {
      $0 == 0 || $0 == last || moments[$0].checkpoint.endedPhase != nil || $0 % 2 == 0
    }.map { moments[$0] }
  }

  mutating func take(_ figures: SteeringFigures, ofStep step: Int) {
    guard let index = moments.firstIndex(where: { $0.step == step }) else { return }
    moments[index].figures = figures
  }
}
