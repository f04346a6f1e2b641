import Screen
import Training

extension HistoryPage {
  /// Draws the run's snapshots and the shown sample as decoded by their weights.
  func draw(_ session: Session, on canvas: inout Canvas, in region: Rectangle) {
    let snapshots = session.snapshots
    guard let index = index(session) else {
      canvas.put(reasonForNoSnapshots(session), in: region.line(0), .selected)
      canvas.put(
        "This page shows snapshots of the weights, during a run and after it.", in: region.line(1))
      return
    }
    let layout = HistoryLayout(region, session.imageShape)
    let snapshot = snapshots[index]
    let change = layout.words == nil ? changeSincePhaseBegan(snapshot, session) : []
    canvas.put(
      fitting(
        ["\(index + 1)/\(snapshots.count): \(session.snapshotName(snapshot))", phaseName(snapshot)]
          + (change.isEmpty ? [] : ["since it began: " + change.joined(separator: ", ")]),
        width: layout.heading.width), in: layout.heading, .selected)
    drawScrubber(session, on: &canvas, in: layout.scrubber, selected: index)
    session.drawSelectedSlider(on: &canvas, in: layout.slider)
    drawPictures(snapshot, session, on: &canvas, layout)
    for (place, shown) in shownSnapshots(in: layout, session) {
      draw(snapshots[shown], isChosen: shown == index, session, on: &canvas, in: place)
    }
  }

  private func reasonForNoSnapshots(_ session: Session) -> String {
    if session.training?.timeline.hasNoRoom == true {
      let limit = WeightSnapshot.maximumBytes / 1_000_000
      return "no snapshots: the weights of this network exceed \(limit) MB"
    }
    return session.isTraining ? "waiting for the first snapshot…" : "no run yet: t trains"
  }

  /// Draws the numbered phases and a mark for every snapshot, heavier at the end of a phase.
  private func drawScrubber(
    _ session: Session, on canvas: inout Canvas, in line: Rectangle, selected: Int
  ) {
    let snapshots = session.snapshots
    func column(_ index: Int) -> Int { session.column(ofStep: snapshots[index].step, in: line) }
    let done = session.column(ofStep: snapshots.last?.step ?? 0, in: line)
    for column in line.columns {
      canvas[column, line.row] =
        column <= done ? Cell("━", Style(.standard)) : Cell("─", .faint)
    }
    for index in snapshots.indices {
      canvas[column(index), line.row] = Cell("•", Style(.mark))
    }
    for index in snapshots.indices {
      guard let phase = snapshots[index].kept.endedPhase else { continue }
      let column = column(index)
      canvas[column, line.row] = Cell("◆", Style(.mark, .bold))
      if column > line.column + 1 { canvas.put("\(phase + 1)", column: column - 1, row: line.row) }
    }
    canvas[column(selected), line.row] = Cell("●", .selected)
  }

  private func drawPictures(
    _ snapshot: SnapshotTimeline.Snapshot, _ session: Session, on canvas: inout Canvas,
    _ layout: HistoryLayout
  ) {
    let frame = frame(ofStep: snapshot.step)
    let now = session.readouts.squaredError.map { ["error \(NumberText.significant($0))"] } ?? []
    let then = frame.map { ["error \(NumberText.significant($0.error))"] } ?? []
    let contents: [(pixels: [Float], words: [String])] = [
      (frame?.pixels ?? [], ["snapshot"] + then), (session.target ?? [], [session.targetName]),
      (session.pictures.decoded, ["in use"] + now),
    ]
    for (index, place) in layout.pictures.enumerated() {
      session.drawCaptioned(
        contents[index].pixels, fitting(contents[index].words, width: place.width),
        style: index == 0 ? .selected : .standard, on: &canvas, in: place)
    }
    guard let words = layout.words else { return }
    for (index, line) in snapshotWords(snapshot, frame, session).enumerated() where index < words.height {
      canvas.put(line.text, in: words.line(index), line.style)
    }
  }

  /// The figures of the snapshot's weights, for this sample and for many.
  private func snapshotWords(
    _ snapshot: SnapshotTimeline.Snapshot, _ frame: SnapshotFrame?, _ session: Session
  ) -> [(text: String, style: Style)] {
    var lines: [(text: String, style: Style)] = []
    if let angle = frame?.angleError, !session.showsDrawing {
      lines.append(("\(session.sampleName): angle error \(Session.degrees(angle))", .standard))
    }
    lines.append(("many samples, all angles:", .standard))
    guard let figures = snapshot.figures else { return lines + [(" measuring…", .faint)] }
    lines.append((" steering error \(NumberText.significant(figures.error))", .standard))
    if let angle = figures.angle {
      // The mean absolute error of a uniformly random angle is 90°.
      let chance = angle.degrees > 80 ? " (chance)" : ""
      lines.append((" angle error \(Session.degrees(angle))\(chance)", .standard))
    }
    let change = changeSincePhaseBegan(snapshot, session)
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
  private func changeSincePhaseBegan(
    _ snapshot: SnapshotTimeline.Snapshot, _ session: Session
  ) -> [String] {
    guard let old = session.training?.timeline.beginning(ofPhaseOf: snapshot)?.figures,
      let new = snapshot.figures
    else { return [] }
    func text(_ value: Double) -> String { NumberText.significant(value) }
    var change = ["steering \(text(old.error)) → \(text(new.error))"]
    if let was = old.angle, let now = new.angle {
      change.append("angle error \(Session.degrees(was)) → \(Session.degrees(now))")
    }
    return change
  }

  /// Draws a snapshot's picture with its label and its steering error.
  private func draw(
    _ snapshot: SnapshotTimeline.Snapshot, isChosen: Bool, _ session: Session, on canvas: inout Canvas,
    in place: Rectangle
  ) {
    let (picture, captions) = place.split(top: place.height - 2)
    session.drawSmall(frame(ofStep: snapshot.step)?.pixels ?? [], on: &canvas, in: picture)
    let mark = session.snapshotMark(snapshot)
    let figures = snapshot.figures.map { "steer \(NumberText.significant($0.error))" } ?? "…"
    let style: Style = isChosen ? .selected : .standard
    canvas.put(isChosen ? "▸\(mark)◂" : mark, in: captions.line(0), style, alignment: .center)
    canvas.put(figures, in: captions.line(1), style, alignment: .center)
  }

  // MARK: Figures

  /// The snapshot's picture beside the one in use.
  func pictures(_ session: Session) -> [FigureRequest.Picture] {
    guard let index = index(session), let frame = frame(ofStep: session.snapshots[index].step) else {
      return []
    }
    let mark = session.snapshotMark(session.snapshots[index])
    let pictures = [
      session.figurePicture(mark, frame.pixels), session.figurePicture("in use", session.pictures.decoded),
    ]
    return pictures.compactMap { $0 } + session.targetPicture
  }

  func strip(_ session: Session) -> [FigureRequest.Picture] {
    session.snapshots.compactMap { snapshot in
      session.figurePicture(session.snapshotMark(snapshot), frame(ofStep: snapshot.step)?.pixels)
    }
  }
}
