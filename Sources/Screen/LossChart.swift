/// A chart of a loss by training step, with held-out values, phases and readable axes.
///
///     loss 0.0312 · min 0.0298 at 1.2k · ○ held-out 0.0331
///     0.1 ┤⣄  base           ┊decoder
///         │ ⠉⠒⠤⣀⣀            ┊⣆
///     0.05┤      ⠉⠉⠒○⠒⠒⠒⠒○⠤⠤⠤┊⠈⠒⠤⠤⠤⠤
///         └┬────────┬────────┬────────
///          0        500      1k
///
/// Every part gives way when the room is short: first the phases' names, then the axes, then the plot. Any
/// series is safe: empty, constant, huge, or with values that are no numbers, which break the line and are
/// counted in the first line.
public struct LossChart: Sendable {
  /// A value at a step.
  public struct Point: Hashable, Sendable {
    /// The step, counted as in `firstStep`.
    public var step: Double
    /// The loss.
    public var value: Double

    /// Puts a value at a step.
    public init(step: Double, value: Double) {
      self.step = step
      self.value = value
    }
  }

  /// Where a phase begins.
  public struct Phase: Hashable, Sendable {
    /// The phase's first step.
    public var step: Double
    /// The phase's name.
    public var label: String

    /// Names the phase that begins at a step.
    public init(step: Double, label: String) {
      self.step = step
      self.label = label
    }
  }

  /// How the values that share a column of dots are shown.
  public enum Trace: Sendable, Hashable {
    /// A line through their means.
    case mean
    /// A stroke from the lowest to the highest.
    case extremes
  }

  /// The loss of each step.
  public var losses: [Float]
  /// The step of the first loss.
  public var firstStep: Int
  /// Losses on images that are held out, marked as rings.
  public var heldOut: [Point]
  /// The phases, in order.
  public var phases: [Phase]
  /// The last step to leave room for, such as the planned end of the training; nil for the last one there is.
  public var plannedEnd: Double?
  /// The vertical axis; logarithmic gives way to linear where no loss is above 0.
  public var scale: AxisScale
  /// How values that share a column are shown.
  public var trace: Trace
  /// The seconds of each loss since the training began, as many as losses and never decreasing; otherwise
  /// they count as unknown.
  public var times: [Double]?
  /// What the horizontal axis counts.
  public var place = ChartUnit.steps
  /// The steps that the horizontal axis shows, of which any part may lie outside of the losses; nil for all.
  /// The vertical axis fits what is visible.
  public var visible: ClosedRange<Double>?
  /// The step that the first line reads out and that a vertical line marks, rounded to a whole one; nil for
  /// none.
  public var cursor: Double?
  /// The share of the past, from 0 (none) to below 1, in the average that is drawn in place of the losses. It
  /// begins anew with each phase, whose losses may mean something else.
  public var smoothing = 0.0
  /// Whether the lowest and the last visible value are written beside the line where there is room.
  public var labelsValues = false

  /// Describes a chart.
  public init(
    losses: [Float], firstStep: Int = 0, heldOut: [Point] = [], phases: [Phase] = [],
    plannedEnd: Double? = nil, scale: AxisScale = .logarithmic, trace: Trace = .mean
  ) {
    self.losses = losses
    self.firstStep = firstStep
    self.heldOut = heldOut
    self.phases = phases
    self.plannedEnd = plannedEnd
    self.scale = scale
    self.trace = trace
  }

  /// Draws the chart into a region.
  public func draw(on canvas: inout Canvas, in region: Rectangle, capabilities: Capabilities) {
    guard !region.isEmpty else { return }
    let scene = scene
    let (header, rest) = region.split(top: 1)
    drawHeader(scene, on: &canvas, in: header)
    guard !rest.isEmpty else { return }
    guard let values = valueAxis(scene, width: rest.width) else {
      let text = losses.contains(where: \.isFinite) ? "no losses in view" : "waiting for the first step"
      canvas.put(text, in: rest.line((rest.height - 1) / 2), .faint, alignment: .center)
      return
    }
    let layout = Layout(rest, values: values, hasPhases: !phases.isEmpty)
    drawValueAxis(values, layout, on: &canvas)
    drawHorizontalAxis(scene, layout, on: &canvas)
    drawPhases(scene, layout, on: &canvas)
    let curve = Curve(self, scene, values, size: layout.plot.size, form: DotRaster.Form(capabilities))
    draw(curve, layout, on: &canvas)
    drawCursor(scene, layout, on: &canvas)
    drawHeldOut(scene, values, layout, on: &canvas)
    if labelsValues { drawLabels(scene, curve, layout, on: &canvas) }
  }

  /// The values from bottom to top, nil where there is none to show.
  func valueAxis(_ scene: Scene, width: Int) -> ChartAxis? {
    for scale in scale == .linear ? [.linear] : [.logarithmic, AxisScale.linear] {
      let bins = scene.bins(count: 2 * width, scale: scale)
      let range = trace == .mean ? bins.means : bins.extremes
      let shown =
        heldOut.filter { scene.shows($0.step) }.map(\.value).filter { ChartAxis.hasPlace($0, scale) }
        + [range?.lowerBound, range?.upperBound].compactMap { $0 }
      if let low = shown.min(), let high = shown.max() { return ChartAxis(around: low, high, scale) }
    }
    return nil
  }

  /// The parts of a chart below its first line.
  struct Layout {
    /// The labels of the values, right-aligned, with the axis in the last column; may be empty.
    let gutter: Rectangle
    /// The phases' names above the plot; may be empty.
    let names: Rectangle
    /// Where the line runs.
    let plot: Rectangle
    /// The line below the plot and the labels of the steps below that; may be empty.
    let steps: Rectangle
    let ticks: [ChartTick]

    init(_ region: Rectangle, values: ChartAxis, hasPhases: Bool) {
      ticks = values.valueTicks(count: min(6, max(2, region.height / 2 - 1)))
      let labelWidth = min(9, ticks.map(\.label.count).max() ?? 0)
      let (left, right) = region.split(left: region.width >= labelWidth + 16 ? labelWidth + 1 : 0)
      let stepsHeight = region.height >= 5 ? 2 : 0
      let namesHeight = region.height >= 7 && hasPhases ? 1 : 0
      let (upper, lower) = right.split(top: region.height - stepsHeight)
      steps = lower
      (names, plot) = upper.split(top: namesHeight)
      gutter = Rectangle(column: left.column, row: plot.row, width: left.width, height: plot.height)
    }
  }
}
