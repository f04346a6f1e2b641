import Coordinates
import Networks
import Screen

/// The start of a path from A to B.
struct PathStart: Equatable {
  /// The name of the sample.
  var name: String
  var reading: LatentPoint
}

/// A picture chosen on the path from A to B.
struct PathChoice: Equatable {
  var reading: LatentPoint
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

extension ExplorerState {
  /// The largest number of pictures of a filmstrip.
  static let mostFrames = 24
  /// The smallest number of pictures before they are drawn at half size.
  private static let fewFrames = 12

  /// The cells of one picture without its caption and the separating column: one column per pixel and half
  /// as many rows, or half of each.
  static func frameSize(in region: Rectangle) -> Size {
    let whole = Size(width: 28, height: 14)
    let grid = frameGrid(in: region, of: whole)
    return grid.width * grid.height >= fewFrames ? whole : Size(width: 14, height: 7)
  }

  /// The number of pictures of a size that fit side by side and below each other.
  private static func frameGrid(in region: Rectangle, of size: Size) -> Size {
    Size(
      width: max(1, (region.width + 1) / (size.width + 1)),
      height: max(1, (region.height - 1) / (size.height + 1)))
  }

  /// The filmstrip's pictures, if it is shown.
  var filmstripAnalysis: FilmstripAnalysis? {
    guard focus == .filmstrip, let page = ExplorerLayout(self, size: size).page else { return nil }
    let grid = Self.frameGrid(in: page.region, of: Self.frameSize(in: page.region))
    return FilmstripAnalysis(
      model: current.model, sliders: sliders,
      path: pathStart.map { .way(from: $0.reading, to: pathEnd) } ?? .slider(selected, scales[selected]),
      count: min(Self.mostFrames, grid.width * grid.height))
  }

  /// B: the end of the played path or of the chosen picture's path, otherwise the shown point.
  var pathEnd: LatentPoint {
    if case .path(let to, _, _) = playback { return to }
    if let pathChoice, pathChoice.reading == sliders { return pathChoice.end }
    return sliders
  }

  /// Region of a picture of the strip; its caption is in the row below.
  static func framePlace(_ index: Int, in region: Rectangle) -> Rectangle {
    let size = frameSize(in: region)
    let columns = frameGrid(in: region, of: size).width
    return Rectangle(
      column: region.column + index % columns * (size.width + 1),
      row: region.row + 1 + index / columns * (size.height + 1), width: size.width, height: size.height + 1)
  }

  /// The pictures that fit on the page; fewer than were drawn if the screen became smaller.
  func shownFrames(in region: Rectangle) -> [(place: Rectangle, index: Int)] {
    frames.indices.map { (place: Self.framePlace($0, in: region), index: $0) }
      .filter { $0.place.intersection(region) == $0.place }
  }

  /// Moves the sliders to a picture of the strip.
  mutating func choose(frame index: Int) {
    playback = nil
    history.keep(sliders)
    let end = pathEnd
    sliders = frames[index].reading
    // With a stored A, B remains unchanged.
    pathChoice = pathStart.map { _ in PathChoice(reading: sliders, end: end) }
    decode()
  }

  // MARK: A to B, and playback

  /// Stores the shown point as A, or removes A.
  mutating func keepStart() {
    playback = nil
    if pathStart != nil {
      pathStart = nil
      message = "A cleared: filmstrip and play use the selected slider"
    } else {
      pathStart = PathStart(name: sampleName, reading: sliders)
      message = "\(sampleName) is A: n chooses B; F shows the path from A to B, a plays it"
    }
  }

  mutating func switchPlaying() {
    if let playback {
      // The end of the path is the point that was shown before the playback.
      if case .path(let to, _, _) = playback {
        sliders = to
        decode()
      }
      self.playback = nil
      return
    }
    history.keep(sliders)
    playback =
      pathStart == nil
      ? .sweep(slider: selected, direction: 1) : .path(to: pathEnd, fraction: 0, direction: 1)
  }

  /// Speeds as powers of two.
  private static let speedSteps = -3...3
  /// The seconds from end to end at the normal speed.
  private static let sweepSeconds = 6.0

  mutating func changeSpeed(by step: Int) {
    speedStep = min(max(speedStep + step, Self.speedSteps.lowerBound), Self.speedSteps.upperBound)
    message = "speed \(NumberText.compact(pow2(speedStep)))×"
  }

  private func pow2(_ step: Int) -> Double { step < 0 ? 1 / Double(1 << -step) : Double(1 << step) }

  /// Advances the playback by some seconds.
  mutating func play(for seconds: Double) {
    let way = max(0, min(seconds, 1)) * pow2(speedStep) / Self.sweepSeconds
    switch playback {
    case .sweep(let slider, let direction): sweep(slider, direction, way)
    case .path(let to, let fraction, let direction):
      guard let start = pathStart else { return }
      let (next, turned) = Self.bounced(fraction, direction, by: way)
      playback = .path(to: to, fraction: next, direction: turned)
      sliders = schema.latentPoint(from: start.reading, to: to, fraction: next)
    case nil: return
    }
    decode()
  }

  private mutating func sweep(_ slider: Int, _ direction: Double, _ way: Double) {
    let scale = scales[slider]
    let length = scale.range.upperBound - scale.range.lowerBound
    let shown = scale.shown(sliders.value(ofSlider: slider))
    guard !scale.isCyclic else {
      sliders.set(slider, to: scale.value(ofShown: shown + way * length))
      return
    }
    let (fraction, turned) = Self.bounced((shown - scale.range.lowerBound) / length, direction, by: way)
    playback = .sweep(slider: slider, direction: turned)
    sliders.set(slider, to: scale.value(ofShown: scale.range.lowerBound + fraction * length))
  }

  /// Advances a fraction in [0, 1] and reverses the direction at the ends.
  private static func bounced(_ fraction: Double, _ direction: Double, by way: Double) -> (Double, Double) {
    guard fraction.isFinite else { return (0, 1) }
    let next = min(max(fraction, 0), 1) + direction * way
    if next >= 1 { return (max(0, 2 - next), -1) }
    if next <= 0 { return (min(1, -next), 1) }
    return (next, direction)
  }
}
