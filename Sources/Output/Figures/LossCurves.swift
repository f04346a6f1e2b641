import Screen

/// A chart of the losses of a training run by step, on a logarithmic axis.
public struct LossCurves {
  /// The mean losses since the previous record.
  public struct Record: Sendable, Hashable {
    /// The phase, from 1.
    public var phase: Int
    /// The number of steps done.
    public var step: Int
    /// The training loss: the sum of all parts.
    public var total: Double
    /// The pixel loss.
    public var reconstruction: Double
    /// The loss of the typed codes; 0 where they are not trained.
    public var codes: Double
    /// The loss on held-out images, where evaluated.
    public var heldOut: Double?

    /// Creates a record.
    public init(
      phase: Int, step: Int, total: Double, reconstruction: Double, codes: Double, heldOut: Double? = nil
    ) {
      (self.phase, self.step, self.total) = (phase, step, total)
      (self.reconstruction, self.codes, self.heldOut) = (reconstruction, codes, heldOut)
    }
  }

  private let records: [Record]
  private let title: String
  private let columns: ChartAxis
  private let rows: ChartAxis

  private static let plot = (left: 64.0, top: 56.0, right: 740.0, bottom: 400.0)
  private static let size = (width: 760, height: 440)

  /// Creates the chart of a run; nil where no loss is positive, as the axis is logarithmic.
  public init?(_ records: [Record], title: String) {
    let values = records.flatMap { [$0.total, $0.reconstruction, $0.codes, $0.heldOut ?? 0] }
      .filter { $0.isFinite && $0 > 0 }
    guard let lowest = values.min(), let highest = values.max() else { return nil }
    (self.records, self.title) = (records, title)
    columns = ChartAxis(from: 0, to: Double(records.map(\.step).max() ?? 1))
    rows = ChartAxis(around: lowest, highest, .logarithmic)
  }

  /// Draws the chart with axes, phases and legend.
  public var diagram: Diagram {
    var diagram = Diagram(width: Self.size.width, height: Self.size.height, title: title)
    drawAxes(in: &diagram)
    drawPhases(in: &diagram)
    for series in series { draw(series, in: &diagram) }
    for record in records {
      if let loss = record.heldOut, let point = point(record.step, loss) {
        diagram.add(.ring(point, radius: 3.5, .kind(6)))
      }
    }
    drawLegend(in: &diagram)
    return diagram
  }

  /// A curve: name, colour and values, nil for gaps.
  private struct Series {
    var name: String
    var ink: Diagram.Ink
    var width: Double
    var value: (Record) -> Double?
  }

  /// The curves; parts are drawn only where there are several.
  private var series: [Series] {
    let parts = [
      Series(name: "pixels", ink: .kind(3), width: 1.2) {
        $0.total > $0.reconstruction ? $0.reconstruction : nil
      },
      Series(name: "codes", ink: .kind(1), width: 1.2) { $0.codes > 0 ? $0.codes : nil },
    ]
    let total = Series(name: "loss", ink: .kind(5), width: 1.8) { $0.total }
    return parts.filter { part in records.contains { part.value($0) != nil } } + [total]
  }

  /// The vertical position of a value, nil where it has none.
  private func point(_ step: Int, _ value: Double) -> Diagram.Point? {
    guard let x = columns.fraction(of: Double(step)), let y = rows.fraction(of: value) else { return nil }
    let plot = Self.plot
    return Diagram.Point(
      plot.left + x * (plot.right - plot.left), plot.bottom - y * (plot.bottom - plot.top))
  }

  /// One line per phase, as the meaning of the loss changes between phases.
  private func draw(_ series: Series, in diagram: inout Diagram) {
    var (line, phase): ([Diagram.Point], Int?) = ([], nil)
    for record in records + [Record(phase: .min, step: 0, total: 0, reconstruction: 0, codes: 0)] {
      let point = series.value(record).flatMap { self.point(record.step, $0) }
      if record.phase != phase || point == nil {
        if line.count > 1 { diagram.add(.line(line, series.ink, width: series.width)) }
        line = []
      }
      if let point { line.append(point) }
      phase = record.phase
    }
  }

  private func drawAxes(in diagram: inout Diagram) {
    let plot = Self.plot
    for tick in rows.valueTicks(count: 8) {
      guard let y = point(0, tick.value)?.y else { continue }
      diagram.add(.line([Diagram.Point(plot.left, y), Diagram.Point(plot.right, y)], .faint, width: 0.4))
      diagram.add(.text(tick.label, Diagram.Point(plot.left - 8, y + 4), .end, .text))
    }
    for tick in columns.stepTicks(count: 8) {
      guard let x = point(Int(tick.value), rows.lower)?.x else { continue }
      diagram.add(
        .line([Diagram.Point(x, plot.bottom), Diagram.Point(x, plot.bottom + 5)], .faint, width: 1))
      diagram.add(.text(tick.label, Diagram.Point(x, plot.bottom + 19), .middle, .text))
    }
    let corner = Diagram.Point(plot.left, plot.bottom)
    diagram.add(
      .line(
        [Diagram.Point(plot.left, plot.top), corner, Diagram.Point(plot.right, plot.bottom)], .faint,
        width: 1))
    diagram.add(.text("steps", Diagram.Point(plot.right, plot.bottom + 34), .end, .text))
    diagram.add(.text(title, Diagram.Point(plot.left, 20), .start, .text))
  }

  /// Draws a line at the start of a phase, and as much of its name as fits before the next one.
  private func drawPhases(in diagram: inout Diagram) {
    let plot = Self.plot
    for (index, phase) in phases.enumerated() {
      guard let x = point(phase.start, rows.lower)?.x else { continue }
      if index > 0 {
        diagram.add(.line([Diagram.Point(x, plot.top), Diagram.Point(x, plot.bottom)], .faint, width: 1))
      }
      let isLast = index == phases.count - 1
      let end = isLast ? plot.right : point(phases[index + 1].start, rows.lower)?.x ?? plot.right
      let names = ["phase \(phase.number)", "\(phase.number)"]
      if let name = names.first(where: { Double($0.count) * Diagram.letterWidth + 5 <= end - x }) {
        diagram.add(.text(name, Diagram.Point(x + 5, plot.top - 4), .start, .text))
      }
    }
  }

  /// The phases in order, each with the step before its first.
  private var phases: [(number: Int, start: Int)] {
    var phases: [(number: Int, start: Int)] = []
    var lastStep = 0
    for record in records {
      if record.phase != phases.last?.number { phases.append((number: record.phase, start: lastStep)) }
      lastStep = record.step
    }
    return phases
  }

  private func drawLegend(in diagram: inout Diagram) {
    var entries = series.map { ($0.name, $0.ink) }.reversed() as [(String, Diagram.Ink)]
    let hasHeldOut = records.contains { $0.heldOut != nil }
    if hasHeldOut { entries.append(("held out", .kind(6))) }
    var x = Self.plot.right
    for (name, ink) in entries.reversed() {
      x -= Double(name.count) * Diagram.letterWidth
      diagram.add(.text(name, Diagram.Point(x, 20), .start, .text))
      if name == "held out" {
        diagram.add(.ring(Diagram.Point(x - 12, 16), radius: 3.5, ink))
      } else {
        diagram.add(.line([Diagram.Point(x - 24, 16), Diagram.Point(x - 6, 16)], ink, width: 1.8))
      }
      x -= 40
    }
  }
}
