import Screen

/// The loss chart and its controls.
extension Session {
  /// The chart of the current run; nil without one.
  var lossChart: LossChart? {
    guard let training else { return nil }
    var lossChart = LossChart(
      losses: training.curve.losses, firstStep: 1,
      heldOut: training.curve.heldOut.map { LossChart.Point(step: Double($0.step), value: $0.loss) },
      phases: training.curve.phaseStarts.map { start in
        LossChart.Phase(step: Double(start.step + 1), label: "phase \(start.phase + 1)")
      },
      plannedEnd: training.plannedSteps.map(Double.init), scale: chart.scale)
    lossChart.times = training.curve.times
    lossChart.place = chart.showsTime ? .seconds : .steps
    lossChart.smoothing = chart.smoothing
    lossChart.labelsValues = true
    lossChart.visible = training.zoom.visible
    lossChart.cursor = training.zoom.cursor
    return lossChart
  }

  mutating func performOnChart(_ action: Action) {
    switch action {
    case .switchScale:
      chart.scale = chart.scale == .linear ? .logarithmic : .linear
      message = chart.scale == .linear ? "losses on a linear axis" : "losses on a logarithmic axis"
    case .switchPlace:
      chart.showsTime.toggle()
      message = chart.showsTime ? "losses by time, pauses left out" : "losses by step"
    case .switchSmoothing:
      chart.switchSmoothing()
      message =
        chart.smoothing == 0
        ? "losses not smoothed" : "losses smoothed by \(NumberText.compact(chart.smoothing))"
    case .zoomIn, .zoomOut, .wholeRun, .cursorLeft, .cursorRight, .cursorFirst, .cursorLast:
      moveOnChart(action)
    default: break
    }
  }

  private mutating func moveOnChart(_ action: Action) {
    guard let lossChart, var zoom = training?.zoom else {
      message = "no training run; t starts one"
      return
    }
    let (all, shown) = (lossChart.allSteps, lossChart.visibleSteps)
    // One key press moves the cursor by about one column of a chart of usual width.
    let stride = max(1, ((shown.upperBound - shown.lowerBound) / 100).rounded())
    switch action {
    case .zoomIn: zoom.zoomIn(within: all)
    case .zoomOut: zoom.zoomOut(within: all)
    case .wholeRun: zoom.reset()
    case .cursorLeft: zoom.moveCursor(by: -stride, within: lossChart.learntSteps)
    case .cursorRight: zoom.moveCursor(by: stride, within: lossChart.learntSteps)
    case .cursorFirst: zoom.moveCursor(to: shown.lowerBound, within: lossChart.learntSteps)
    default: zoom.moveCursor(to: shown.upperBound, within: lossChart.learntSteps)
    }
    training?.zoom = zoom
  }
}

extension LossChart {
  /// The range from the first step to the last step with a loss.
  var learntSteps: ClosedRange<Double> {
    Double(firstStep)...Double(firstStep + max(losses.count - 1, 0))
  }
}

/// Settings of the loss chart, kept between runs.
struct ChartControls: Equatable {
  var scale = AxisScale.logarithmic
  /// Tells whether the horizontal axis shows seconds instead of steps.
  var showsTime = false
  /// The weight of the previous value in the exponential moving average, in [0, 1); 0 draws the raw losses.
  var smoothing = 0.0

  /// The values that `s` cycles through.
  private static let smoothings = [0, 0.9, 0.98]

  mutating func switchSmoothing() {
    let index = Self.smoothings.firstIndex(of: smoothing) ?? 0
    smoothing = Self.smoothings[(index + 1) % Self.smoothings.count]
  }
}
