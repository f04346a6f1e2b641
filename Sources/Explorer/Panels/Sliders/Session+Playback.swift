import Coordinates
import Networks
import Screen

/// The path from A to B, and the automatic movement of the sliders.
struct PathState {
  /// The start of the path from A to B; nil while the selected slider is traversed.
  var start: PathStart?
  var choice: PathChoice?
  /// The automatic movement of the sliders.
  var playback: Playback?
  /// The speed of the playback, as a power of two.
  var speedStep = 0
}

/// The start of a path from A to B.
struct PathStart: Equatable {
  /// The name of the sample.
  var name: String
  var point: LatentPoint
}

/// A picture chosen on the path from A to B.
struct PathChoice: Equatable {
  var point: LatentPoint
  /// B at the time of the choice.
  var end: LatentPoint
}

/// An automatic movement of the sliders.
enum Playback: Equatable {
  /// One slider, up or down.
  case sweep(slider: Int, direction: Double)
  /// All sliders, from one position to another and back; `fraction` of the path is done.
  case path(to: LatentPoint, fraction: Double, direction: Double)
}

/// The path from A to B, and playback.
extension Session {
  /// B: the end of the played path or of the chosen picture's path, otherwise the shown point.
  var pathEnd: LatentPoint {
    if case .path(let to, _, _) = path.playback { return to }
    if let choice = path.choice, choice.point == sliders { return choice.end }
    return sliders
  }

  /// Moves the sliders to a point of the path; with a stored A, B remains unchanged.
  mutating func chooseOnPath(_ point: LatentPoint) {
    path.playback = nil
    let end = pathEnd
    moveSliders(to: point)
    path.choice = path.start.map { _ in PathChoice(point: point, end: end) }
  }

  /// Stores the shown point as A, or removes A.
  mutating func keepStart() {
    path.playback = nil
    if path.start != nil {
      path.start = nil
      message = "A cleared: filmstrip and play use the selected slider"
    } else {
      path.start = PathStart(name: sampleName, point: sliders)
      message = "\(sampleName) is A: n chooses B; F shows the path from A to B, a plays it"
    }
  }

  mutating func switchPlaying() {
    if let playback = path.playback {
      // The end of the path is the point that was shown before the playback.
      if case .path(let to, _, _) = playback {
        sliders = to
        decode()
      }
      path.playback = nil
      return
    }
    sliderPanel.history.keep(sliders)
    path.playback =
      path.start == nil
      ? .sweep(slider: selected, direction: 1) : .path(to: pathEnd, fraction: 0, direction: 1)
  }

  /// Speeds as powers of two.
  private static let speedSteps = -3...3
  /// The seconds from end to end at the normal speed.
  private static let sweepSeconds = 6.0

  mutating func changeSpeed(by step: Int) {
    path.speedStep = min(max(path.speedStep + step, Self.speedSteps.lowerBound), Self.speedSteps.upperBound)
    message = "speed \(NumberText.compact(pow2(path.speedStep)))×"
  }

  private func pow2(_ step: Int) -> Double { step < 0 ? 1 / Double(1 << -step) : Double(1 << step) }

  /// Advances the playback by some seconds.
  mutating func play(for seconds: Double) {
    let step = max(0, min(seconds, 1)) * pow2(path.speedStep) / Self.sweepSeconds
    switch path.playback {
    case .sweep(let slider, let direction): sweep(slider, direction, by: step)
    case .path(let to, let fraction, let direction):
      guard let start = path.start else { return }
      let (next, turned) = Self.bounced(fraction, direction, by: step)
      path.playback = .path(to: to, fraction: next, direction: turned)
      sliders = schema.latentPoint(from: start.point, to: to, fraction: next)
    case nil: return
    }
    decode()
  }

  private mutating func sweep(_ slider: Int, _ direction: Double, by step: Double) {
    let scale = scales[slider]
    let length = scale.range.upperBound - scale.range.lowerBound
    let shown = scale.shown(sliders.value(ofSlider: slider))
    guard !scale.isCyclic else {
      sliders.set(slider, to: scale.value(ofShown: shown + step * length))
      return
    }
    let (fraction, turned) = Self.bounced((shown - scale.range.lowerBound) / length, direction, by: step)
    path.playback = .sweep(slider: slider, direction: turned)
    sliders.set(slider, to: scale.value(ofShown: scale.range.lowerBound + fraction * length))
  }

  /// Advances a fraction in [0, 1] and reverses the direction at the ends.
  private static func bounced(_ fraction: Double, _ direction: Double, by step: Double) -> (Double, Double) {
    guard fraction.isFinite else { return (0, 1) }
    let next = min(max(fraction, 0), 1) + direction * step
    if next >= 1 { return (max(0, 2 - next), -1) }
    if next <= 0 { return (min(1, -next), 1) }
    return (next, direction)
  }

  /// Stops the playback of a path when an action of the user has moved the sliders.
  mutating func interruptPlayback(ifMovedFrom before: (sliders: LatentPoint, playback: Playback?)) {
    if case .path = path.playback, path.playback == before.playback, sliders != before.sliders {
      path.playback = nil
    }
  }
}
