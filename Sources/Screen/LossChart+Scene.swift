extension LossChart {
  /// What all parts of one drawing share: the horizontal axis and the series that is drawn, made once.
  struct Scene {
    let places: ChartPositions
    /// The places from left to right.
    let axis: ChartAxis
    /// All steps that there are or that room is left for.
    let allSteps: ClosedRange<Double>
    /// The steps from the left to the right end of the axis.
    let visibleSteps: ClosedRange<Double>
    /// The steps that the chart is zoomed to; nil for all.
    let zoom: ClosedRange<Double>?
    /// The indices of the losses that the axis shows.
    let indices: Range<Int>
    /// The losses, or their average where smoothing is on.
    let series: [Float]

    /// Whether something at a step is drawn; a chart that is not zoomed draws what lies outside at its ends.
    func shows(_ step: Double) -> Bool {
      zoom?.contains(step) ?? true
    }

    /// The column of a step among `count`, nil where it is not drawn.
    func column(of step: Double, count: Int) -> Int? {
      shows(step) ? axis.column(of: places.place(of: step), count: count) : nil
    }

    /// The drawn series sorted into columns.
    func bins(count: Int, scale: AxisScale) -> ChartBins {
      ChartBins(series, at: indices, count: count, scale: scale) { index in
        axis.column(of: places.place(of: Double(places.firstStep + index)), count: count)
      }
    }
  }

  /// Everything that the horizontal axis can show: the steps that there are, and those that room is left for
  /// where the axis counts steps. These are the limits of a zoom.
  public var allSteps: ClosedRange<Double> { allSteps(places) }

  /// The steps that the horizontal axis shows.
  public var visibleSteps: ClosedRange<Double> { visibleSteps(places) }

  /// The step at a column of the canvas where the chart is drawn in `region`; nil outside of the plot, and where
  /// there is no plot.
  public func step(at column: Int, in region: Rectangle) -> Double? {
    let rest = region.split(top: 1).rest
    let scene = scene
    guard !rest.isEmpty, let values = valueAxis(scene, width: rest.width) else { return nil }
    let plot = Layout(rest, values: values, hasPhases: !phases.isEmpty).plot
    guard plot.columns.contains(column) else { return nil }
    return scene.places.step(at: scene.axis.value(ofColumn: column - plot.column, count: plot.width))
  }

  var scene: Scene {
    let places = places
    let all = allSteps(places)
    let zoom = zoom(in: all)
    let shown = visibleSteps(places)
    let axis = ChartAxis(from: places.place(of: shown.lowerBound), to: places.place(of: shown.upperBound))
    return Scene(
      places: places, axis: axis, allSteps: all, visibleSteps: shown, zoom: zoom,
      indices: zoom.map(indices) ?? losses.indices, series: smoothedLosses ?? losses)
  }

  /// The seconds of the losses where they are known and fit the losses.
  var knownSeconds: [Double]? {
    times.flatMap { ChartPositions.areUsable($0, count: losses.count) ? $0 : nil }
  }

  /// The average of all losses, which begins anew with each phase; nil where smoothing is off.
  var smoothedLosses: [Float]? {
    guard smoothing > 0 else { return nil }
    return ChartSmoothing.average(
      losses, smoothing: min(smoothing, 0.9999), restarts: phases.compactMap { firstIndex(from: $0.step) })
  }

  private var places: ChartPositions {
    ChartPositions(firstStep: firstStep, seconds: place == .seconds ? knownSeconds : nil)
  }

  private func allSteps(_ places: ChartPositions) -> ClosedRange<Double> {
    let first = Double(firstStep)
    let last = Double(firstStep + losses.count - 1)
    // Nobody knows when a step that is still to come will be.
    if places.seconds != nil { return first...max(first, last) }
    let ends = [last, plannedEnd ?? 0] + heldOut.map(\.step)
    return first...max(first, ends.filter { $0.isFinite && $0 < Self.furthestStep }.max() ?? 0)
  }

  private func visibleSteps(_ places: ChartPositions) -> ClosedRange<Double> {
    let all = allSteps(places)
    let shown = zoom(in: all) ?? all
    // Steps without a known time have no place on an axis of seconds; one of steps is never without length.
    return places.seconds == nil
      ? shown.lowerBound...max(shown.upperBound, shown.lowerBound + 1) : shown.clamped(to: all)
  }

  /// The visible steps with finite ends; an end without end is that of all steps.
  private func zoom(in all: ClosedRange<Double>) -> ClosedRange<Double>? {
    guard let visible else { return nil }
    let limits = -Self.furthestStep...Self.furthestStep
    let range = visible.clamped(to: limits)
    let upper = visible.upperBound == .infinity ? all.upperBound : range.upperBound
    let lower = visible.lowerBound == -.infinity ? all.lowerBound : range.lowerBound
    return min(lower, upper)...max(upper, min(lower, upper) + 1)
  }

  private func indices(in steps: ClosedRange<Double>) -> Range<Int> {
    let start = firstIndex(from: steps.lowerBound) ?? 0
    let last = min(max((steps.upperBound - Double(firstStep)).rounded(.down), -1), Double(losses.count - 1))
    return start..<max(start, Int(last) + 1)
  }

  /// The index of the first loss that is not before a step, the count where all are before it.
  private func firstIndex(from step: Double) -> Int? {
    guard step.isFinite else { return nil }
    return Int(min(max((step - Double(firstStep)).rounded(.up), 0), Double(losses.count)))
  }

  /// Steps beyond this are taken for a mistake.
  private static var furthestStep: Double { 1e15 }
}
