extension LossChart {
  /// A figure of the header and its style.
  private typealias Figure = (text: String, style: Style)

  /// Draws one line with the main figures, or those at the cursor; the last ones are omitted where there is
  /// no room.
  func drawHeader(_ scene: Scene, on canvas: inout Canvas, in line: Rectangle) {
    let shown = cursorStep.map { figures(at: $0, scene) } ?? summary(scene)
    var rest = line
    for (index, figure) in shown.enumerated() {
      let text = (index == 0 ? "" : " · ") + figure.text
      guard index == 0 || text.count <= rest.width else { return }
      let used = canvas.put(text, in: rest, figure.style)
      rest = rest.split(left: used.count).rest
    }
  }

  private func summary(_ scene: Scene) -> [Figure] {
    let last = losses.last.map { NumberText.significant(Double($0)) } ?? "–"
    var figures: [Figure] = [("loss " + last, Style(.accent, .bold))]
    if smoothing > 0, let average = scene.series.last, average.isFinite {
      figures.append(("smoothed " + NumberText.significant(Double(average)), Style(.accent)))
    }
    let unusable = losses.count { !$0.isFinite }
    if unusable > 0 { figures.append(("\(unusable) not finite", Style(.alarm, .bold))) }
    if let point = heldOut.last {
      figures.append(("○ held-out " + NumberText.significant(point.value), Style(.mark)))
    }
    // The same series as the curve.
    let series = smoothing > 0 ? scene.series : losses
    if let index = Self.lowestIndex(series, in: series.indices) {
      let lowest = NumberText.significant(Double(series[index]))
      let seconds = place == .seconds ? knownSeconds?[index] : nil
      let place = seconds.map(ChartTime.duration) ?? NumberText.compact(Double(firstStep + index))
      figures.append(("min \(lowest) at \(place)", .standard))
    }
    figures.append((scale == .linear ? "linear" : "log", .faint))
    return figures
  }

  /// The figures at a step.
  private func figures(at step: Double, _ scene: Scene) -> [Figure] {
    var figures: [Figure] = [("step " + NumberText.fixed(step, decimals: 0), .standard)]
    let offset = step - Double(firstStep)
    if offset >= 0, offset < Double(losses.count) {
      let index = Int(offset)
      if let seconds = knownSeconds { figures.append((ChartTime.duration(seconds[index]), .standard)) }
      let style: Style = losses[index].isFinite ? Style(.accent, .bold) : Style(.alarm, .bold)
      figures.append(("loss " + NumberText.significant(Double(losses[index])), style))
      if smoothing > 0, scene.series[index].isFinite {
        figures.append(("smoothed " + NumberText.significant(Double(scene.series[index])), Style(.accent)))
      }
    } else {
      figures.append(("loss –", Style(.accent, .bold)))
    }
    if let point = heldOut.filter({ $0.step <= step }).max(by: { $0.step < $1.step }) {
      let value = NumberText.significant(point.value)
      figures.append(("○ held-out \(value) at \(NumberText.compact(point.step))", Style(.mark)))
    }
    return figures
  }

  /// The index of the first lowest value in a range.
  static func lowestIndex(_ values: [Float], in indices: Range<Int>) -> Int? {
    var lowest: Int?
    var minimum = Float.infinity
    for index in indices where values[index] < minimum && values[index].isFinite {
      minimum = values[index]
      lowest = index
    }
    return lowest
  }
}
