extension LossChart {
  /// The horizontal axis and the drawn series, computed once for all parts of a drawing.
  struct Scene {
    let places: ChartPositions
    /// The axis of positions, from left to right.
    let axis: ChartAxis
    /// All steps, including those that room is left for.
    let allSteps: ClosedRange<Double>
    /// The steps of the axis.
    let visibleSteps: ClosedRange<Double>
    /// The steps of the zoom; nil for all.
    let zoom: ClosedRange<Double>?
    /// The indices of the visible losses.
    let indices: Range<Int>
    /// The losses, or their average if smoothing is on.
    let series: [Float]

    /// Tells whether the content at a step is drawn; without zoom, steps outside the axis are drawn at its
    /// ends.
    func shows(_ step: Double) -> Bool {
      zoom?.contains(step) ?? true
    }

    /// The column of a step among `count`; nil where it is not drawn.
    func column(of step: Double, count: Int) -> Int? {
      shows(step) ? axis.column(of: places.place(of: step), count: count) : nil
    }

    /// The drawn series summarised by columns.
    func bins(count: Int, scale: AxisScale) -> ChartBins {
      ChartBins(series, at: indices, count: count, scale: scale) { index in
        axis.column(of: places.place(of: Double(places.firstStep + index)), count: count)
      }
    }
  }

  /// All steps that the horizontal axis can show, including planned steps on an axis of steps: the limits of
  /// a zoom.
  public var allSteps: ClosedRange<Double> { allSteps(places) }

  /// The steps of the horizontal axis.
  public var visibleSteps: ClosedRange<Double> { visibleSteps(places) }

  /// The step at a column of the canvas, for a chart drawn in `region`; nil outside the plot.
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

  /// The seconds of the losses, where they are known and valid.
  var knownSeconds: [Double]? {
    times.flatMap { ChartPositions.areUsable($0, count: losses.count) ? $0 : nil }
  }

  /// The average of all losses, restarting with each phase; nil without smoothing.
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
    // The times of future steps are unknown.
    if places.seconds != nil { return first...max(first, last) }
    let ends = [last, plannedEnd ?? 0] + heldOut.map(\.step)
    return first...max(first, ends.filter { $0.isFinite && $0 < Self.furthestStep }.max() ?? 0)
  }

  private func visibleSteps(_ places: ChartPositions) -> ClosedRange<Double> {
    let all = allSteps(places)
    let shown = zoom(in: all) ?? all
    // Steps without a known time have no position on an axis of seconds; an axis of steps is never empty.
    return places.seconds == nil
      ? shown.lowerBound...max(shown.upperBound, shown.lowerBound + 1) : shown.clamped(to: all)
  }

  /// The visible steps with finite ends; infinite ends are those of all steps.
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

  /// The index of the first loss not before a step; the count where all are before it.
  private func firstIndex(from step: Double) -> Int? {
    guard step.isFinite else { return nil }
    return Int(min(max((step - Double(firstStep)).rounded(.up), 0), Double(losses.count)))
  }

  /// The largest valid step.
  private static var furthestStep: Double { 1e15 }
}
