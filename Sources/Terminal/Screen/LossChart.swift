/// A chart of the loss by training step, with held-out values, phases and labelled axes.
///
///     loss 0.0312 · min 0.0298 at 1.2k · ○ held-out 0.0331
///     0.1 ┤⣄  base           ┊decoder
///         │ ⠉⠒⠤⣀⣀            ┊⣆
///     0.05┤      ⠉⠉⠒○⠒⠒⠒⠒○⠤⠤⠤┊⠈⠒⠤⠤⠤⠤
///         └┬────────┬────────┬────────
///          0        500      1k
///
/// In small regions, the phases' names are omitted first, then the axes, then the plot. Any series is valid:
/// empty, constant, huge, or with values that are not finite, which interrupt the curve and are counted in
/// the header.
public struct LossChart: Sendable {
  /// A value at a step.
  public struct Point: Hashable, Sendable {
    /// The step, counted as in `firstStep`.
    public var step: Double
    /// The loss.
    public var value: Double

    /// Creates a point.
    public init(step: Double, value: Double) {
      self.step = step
      self.value = value
    }
  }

  /// The start of a phase.
  public struct Phase: Hashable, Sendable {
    /// The phase's first step.
    public var step: Double
    /// The phase's name.
    public var label: String

    /// Creates a phase.
    public init(step: Double, label: String) {
      self.step = step
      self.label = label
    }
  }

  /// The drawing of several values in a column of dots.
  public enum Trace: Sendable, Hashable {
    /// A curve through their means.
    case mean
    /// A stroke from the lowest to the highest value.
    case extremes
  }

  /// The loss of each step.
  public var losses: [Float]
  /// The step of the first loss.
  public var firstStep: Int
  /// Held-out losses, drawn as rings.
  public var heldOut: [Point]
  /// The phases, in order.
  public var phases: [Phase]
  /// The planned last step, to leave room for; nil for the last loss.
  public var plannedEnd: Double?
  /// The vertical scale; linear where no loss is above 0.
  public var scale: AxisScale
  /// The drawing of several values in a column.
  public var trace: Trace
  /// The seconds of each loss since the start of training, nondecreasing; ignored where the counts differ.
  public var times: [Double]?
  /// The unit of the horizontal axis.
  public var place = ChartUnit.steps
  /// The steps of the horizontal axis, possibly outside the losses; nil for all. The vertical axis fits the
  /// visible values.
  public var visible: ClosedRange<Double>?
  /// The step shown in the header and marked by a vertical line, rounded; nil for none.
  public var cursor: Double?
  /// The weight of the past in the average drawn in place of the losses, from 0 (none) to below 1. The
  /// average restarts with each phase, whose loss may be defined differently.
  public var smoothing = 0.0
  /// Labels the lowest and the last visible value where there is room.
  public var labelsValues = false

  /// Creates a chart.
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

  /// The vertical axis; nil without values to show.
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

  /// The regions of a chart below its header.
  struct Layout {
    /// The right-aligned labels of the values, with the axis in the last column; possibly empty.
    let gutter: Rectangle
    /// The phases' names above the plot; possibly empty.
    let names: Rectangle
    /// The curve.
    let plot: Rectangle
    /// The horizontal axis and its labels; possibly empty.
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
