import Screen
import Training

extension ExplorerState {
  /// Draws the run's snapshots and the shown sample as decoded by their weights.
  func drawHistory(on canvas: inout Canvas, in region: Rectangle) {
    guard let index = snapshotIndex else {
      canvas.put(reasonForNoMoments, in: region.line(0), .selected)
      canvas.put(
        "This page shows snapshots of the weights, during a run and after it.", in: region.line(1))
      return
    }
    let layout = HistoryLayout(region)
    let snapshot = snapshots[index]
    let change = layout.words == nil ? changeSincePhaseBegan(snapshot) : []
    canvas.put(
      Self.fitting(
        ["\(index + 1)/\(snapshots.count): \(snapshotName(snapshot))", phaseName(snapshot)]
          + (change.isEmpty ? [] : ["since it began: " + change.joined(separator: ", ")]),
        width: layout.heading.width), in: layout.heading, .selected)
    drawScrubber(on: &canvas, in: layout.scrubber, selected: index)
    slider(selected, sliderColumns, width: layout.slider.width)
      .draw(on: &canvas, in: layout.slider, capabilities: capabilities)
    drawMomentPictures(snapshot, on: &canvas, layout)
    for (place, index) in shownSnapshots(in: layout) { draw(snapshots[index], index, on: &canvas, in: place) }
  }

  private var reasonForNoMoments: String {
    if training?.timeline.hasNoRoom == true {
      let limit = WeightSnapshot.maximumBytes / 1_000_000
      return "no snapshots: the weights of this network exceed \(limit) MB"
    }
    return isTraining ? "waiting for the first snapshot…" : "no run yet: t trains"
  }

  /// Draws the numbered phases and a mark for every snapshot, heavier at the end of a phase.
  private func drawScrubber(on canvas: inout Canvas, in line: Rectangle, selected: Int) {
    let done = column(ofStep: snapshots.last?.step ?? 0, in: line)
    for column in line.columns {
      canvas[column, line.row] =
        column <= done ? Cell("━", Style(.standard)) : Cell("─", .faint)
    }
    for index in snapshots.indices {
      canvas[snapshotColumn(index, in: line), line.row] = Cell("•", Style(.mark))
    }
    for index in snapshots.indices {
      guard let phase = snapshots[index].kept.endedPhase else { continue }
      let column = snapshotColumn(index, in: line)
      canvas[column, line.row] = Cell("◆", Style(.mark, .bold))
      if column > line.column + 1 { canvas.put("\(phase + 1)", column: column - 1, row: line.row) }
    }
    canvas[snapshotColumn(selected, in: line), line.row] = Cell("●", .selected)
  }

  private func drawMomentPictures(
    _ snapshot: SnapshotTimeline.Snapshot, on canvas: inout Canvas, _ layout: HistoryLayout
  ) {
    let frame = frame(ofStep: snapshot.step)
    let now = readouts.squaredError.map { ["error \(NumberText.significant($0))"] } ?? []
    let then = frame.map { ["error \(NumberText.significant($0.error))"] } ?? []
    let contents: [(pixels: [Float], words: [String])] = [
      (frame?.pixels ?? [], ["snapshot"] + then), (target ?? [], [targetName]),
      (pictures.decoded, ["in use"] + now),
    ]
    for (index, place) in layout.pictures.enumerated() {
      drawCaptioned(
        contents[index].pixels, Self.fitting(contents[index].words, width: place.width),
        style: index == 0 ? .selected : .standard, on: &canvas, in: place)
    }
    guard let words = layout.words else { return }
    for (index, line) in snapshotWords(snapshot, frame).enumerated() where index < words.height {
      canvas.put(line.text, in: words.line(index), line.style)
    }
  }

  /// The figures of the snapshot's weights, for this sample and for many.
  private func snapshotWords(
    _ snapshot: SnapshotTimeline.Snapshot, _ frame: SnapshotFrame?
  ) -> [(text: String, style: Style)] {
    var lines: [(text: String, style: Style)] = []
    if let angle = frame?.angleError, !showsDrawing {
      lines.append(("\(sampleName): angle error \(Self.degrees(angle))", .standard))
    }
    lines.append(("many samples, all angles:", .standard))
    guard let figures = snapshot.figures else { return lines + [(" measuring…", .faint)] }
    lines.append((" steering error \(NumberText.significant(figures.error))", .standard))
    if let angle = figures.angle {
      // The mean absolute error of a uniformly random angle is 90°.
      let chance = angle.degrees > 80 ? " (chance)" : ""
      lines.append((" angle error \(Self.degrees(angle))\(chance)", .standard))
    }
    let change = changeSincePhaseBegan(snapshot)
    if !change.isEmpty {
      let phases = snapshot.kept.snapshot.configuration.recipe.phases.count
      let name = phases > 1 ? "phase \(snapshot.phase + 1)" : "the run"
      lines.append(("since \(name) began:", Style(.good)))
      lines += change.map { (" " + $0, Style(.good)) }
    }
    return lines
  }

  private func phaseName(_ snapshot: SnapshotTimeline.Snapshot) -> String {
    let phases = snapshot.kept.snapshot.configuration.recipe.phases
    return phases[min(snapshot.phase, phases.count - 1)].name
  }

  /// The change of the figures from the start of the snapshot's phase to the snapshot.
  private func changeSincePhaseBegan(_ snapshot: SnapshotTimeline.Snapshot) -> [String] {
    guard let old = training?.timeline.beginning(ofPhaseOf: snapshot)?.figures, let new = snapshot.figures
    else { return [] }
    func text(_ value: Double) -> String { NumberText.significant(value) }
    var change = ["steering \(text(old.error)) → \(text(new.error))"]
    if let was = old.angle, let now = new.angle {
      change.append("angle error \(Self.degrees(was)) → \(Self.degrees(now))")
    }
    return change
  }

  /// Draws a snapshot's picture with its label and its steering error.
  private func draw(
    _ snapshot: SnapshotTimeline.Snapshot, _ index: Int, on canvas: inout Canvas, in place: Rectangle
  ) {
    let (picture, captions) = place.split(top: place.height - 2)
    drawSmall(frame(ofStep: snapshot.step)?.pixels ?? [], on: &canvas, in: picture)
    let isChosen = index == snapshotIndex
    let mark = snapshotMark(snapshot)
    let figures = snapshot.figures.map { "steer \(NumberText.significant($0.error))" } ?? "…"
    let style: Style = isChosen ? .selected : .standard
    canvas.put(isChosen ? "▸\(mark)◂" : mark, in: captions.line(0), style, alignment: .center)
    canvas.put(figures, in: captions.line(1), style, alignment: .center)
  }
}
