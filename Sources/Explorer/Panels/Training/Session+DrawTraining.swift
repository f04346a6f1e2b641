import Networks
import Screen
import Training

extension Session {
  /// Draws the run's progress and its chart, or an invitation without a run.
  func drawTraining(on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout) {
    guard let training else {
      drawInvitation(on: &canvas, in: region, layout)
      return
    }
    let rows = trainingRows(training, in: region)
    canvas.put(
      trainingPlace(training), in: rows.place, layout.focus == .training ? .selected : Style(.standard, .bold)
    )
    canvas.put(fitting(trainingPace(training), width: region.width), in: rows.pace)
    drawTimeline(training, on: &canvas, in: rows.timeline)
    phaseDiagram(training)?.draw(on: &canvas, in: rows.diagram)
    // The losses belong to the run's last step.
    if let losses = training.curve.last, training.restored == nil {
      canvas.put(lossText(losses, width: region.width), in: rows.parts, .faint)
    }
    if let phaseSummary,
      training.restored.map({ $0.step == phaseSummary.step }) ?? true
    {
      canvas.put(fitting(phaseSummary.words, width: region.width), in: rows.phaseSummary, Style(.good))
    }
    lossChart?.draw(on: &canvas, in: rows.chart, capabilities: capabilities)
  }

  private func phaseDiagram(_ training: TrainingPanel) -> PhaseDiagram? {
    let phases = training.configuration.recipe.phases
    let restored = training.restored.map { phases[min($0.phase, phases.count - 1)] }
    return (restored ?? training.phase ?? phases.last).map {
      PhaseDiagram(phase: $0, schema: schema, headName: headName, rotationSymbol: capabilities.spelled("θ"))
    }
  }

  func trainingRows(_ training: TrainingPanel, in region: Rectangle) -> TrainingRows {
    let height = phaseDiagram(training)?.height(width: region.width) ?? 0
    // The line keeps its position while another sample is shown.
    let hasPhaseSummary = phaseSummaryQuery != nil
    return TrainingRows(
      region, training, diagramHeight: region.height >= 12 ? height : min(height, 1),
      hasPhaseSummary: hasPhaseSummary)
  }

  /// Distribution of the panel's rows; the chart gets the remaining ones, and parts without space are
  /// empty.
  struct TrainingRows {
    private(set) var place, pace, timeline, diagram, parts, phaseSummary, chart: Rectangle

    init(_ region: Rectangle, _ training: TrainingPanel, diagramHeight: Int, hasPhaseSummary: Bool) {
      chart = region
      func removeTop(_ height: Int, if hasRoom: Bool, _ rest: inout Rectangle) -> Rectangle {
        let (top, below) = rest.split(top: hasRoom ? height : 0)
        rest = below
        return top
      }
      place = removeTop(1, if: true, &chart)
      pace = removeTop(1, if: training.status == .running && region.height >= 3, &chart)
      timeline = removeTop(1, if: region.height >= 9 && region.width >= 20, &chart)
      diagram = removeTop(diagramHeight, if: region.height >= 7, &chart)
      parts = removeTop(1, if: region.height >= 12 && training.curve.last != nil, &chart)
      phaseSummary = removeTop(1, if: region.height >= 5 && hasPhaseSummary, &chart)
      _ = removeTop(1, if: region.height >= 20, &chart)
    }
  }

  /// Draws the first steps for a new user, or the key that trains, in place of the chart.
  private func drawInvitation(
    on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout
  ) {
    let hints = [
      "Welcome! A few things to try:",
      capabilities.unicode
        ? "← → turn the image, ↑ ↓ select a slider" : "arrows: turn the image, select a slider",
      "n shows the next sample, t trains", "D draws an image; F, M, T, C, A: 5 pages",
      "? lists, searches and runs all actions",
    ]
    let lines = display.showsHints ? hints : ["t trains this network", "while you move the sliders"]
    for (index, line) in lines.enumerated() where index + 1 < region.height {
      let style: Style = layout.focus == .training ? .selected : display.showsHints ? .standard : .faint
      canvas.put(line, in: region.line(index + 1), style, alignment: .center)
    }
  }

  /// The run's state in a few words, for screens without a chart.
  func trainingWords(_ training: TrainingPanel) -> [String] {
    let loss = training.curve.losses.last.map { ["loss \(NumberText.significant(Double($0)))"] } ?? []
    return [trainingPlace(training)] + loss + trainingPace(training)
  }

  /// The current phase and epoch, or the way in which the run ended.
  private func trainingPlace(_ training: TrainingPanel) -> String {
    let ending =
      switch training.status {
      case .paused: "paused"
      case .stopped: "stopped"
      case .failed: "failed"
      case .finished: "finished"
      case .idle, .running: ""
      }
    if let restored = training.restored { return "in use: \(snapshotName(restored)) · \(ending)" }
    guard let phase = training.phase, training.status != .finished else {
      return ending.isEmpty ? "finished" : ending
    }
    let phases = training.configuration.recipe.phases.count
    let place =
      (phases > 1 ? "phase \(training.position.phase + 1)/\(phases) " : "") + phase.name
      + " · epoch \(training.position.epoch + 1)/\(phase.epochs)"
    return ending.isEmpty ? place : "\(ending) · \(place)"
  }

  /// The speed of the run, the remaining time and the number of threads.
  private func trainingPace(_ training: TrainingPanel) -> [String] {
    guard training.status == .running else { return [] }
    var parts: [String] = []
    if let rate = training.progress.imagesPerSecond {
      parts.append("\(NumberText.compact(rate.rounded())) img/s")
    }
    if let seconds = training.secondsLeft { parts.append("\(Self.clock(seconds)) left") }
    if let threads = training.progress.threads {
      parts.append(threads == 1 ? "1 thread" : "\(threads) threads")
    }
    return parts.isEmpty ? ["starting"] : parts
  }

  /// Draws the phases side by side, in proportion to their epochs, with their progress.
  private func drawTimeline(_ training: TrainingPanel, on canvas: inout Canvas, in line: Rectangle) {
    let phases = training.configuration.recipe.phases
    let epochs = phases.reduce(0) { $0 + $1.epochs }
    guard epochs > 0, !line.isEmpty else { return }
    var start = 0
    for (index, phase) in phases.enumerated() {
      let first = line.column + start * line.width / epochs
      start += phase.epochs
      let end = line.column + start * line.width / epochs
      let done = first + Int(Double(end - first) * fraction(training, ofPhase: index))
      for column in first..<end {
        canvas[column, line.row] =
          column < done ? Cell("━", Style(.accent, .bold)) : Cell("─", .faint)
      }
      guard end > first else { continue }
      let isCurrent = index == training.restored?.phase ?? training.position.phase
      let name = "\(index + 1)"
      canvas.put(
        name, in: Rectangle(column: first, row: line.row, width: end - first, height: 1),
        isCurrent ? .selected : .standard)
    }
  }

  /// Progress of a phase, from 0 to 1.
  private func fraction(_ training: TrainingPanel, ofPhase index: Int) -> Double {
    let position = training.restored?.kept.snapshot.position ?? training.position
    if index != position.phase { return index < position.phase ? 1 : 0 }
    let batches = Double(training.progress.images?.batches ?? 1)
    let epochs = Double(max(1, training.configuration.recipe.phases[index].epochs))
    return min(1, (Double(position.epoch) + Double(position.batch) / batches) / epochs)
  }

  /// The parts of the loss, with shorter names where the others do not fit.
  private func lossText(_ losses: Losses, width: Int) -> String {
    func parts(_ reconstruction: String, _ stages: String) -> [String] {
      func text(_ value: Double) -> String { NumberText.significant(value) }
      var parts = ["\(reconstruction) \(text(losses.reconstruction))"]
      if losses.coordinates != 0 { parts.append("\(codeName) \(text(losses.coordinates))") }
      if losses.stages != 0 { parts.append("\(stages) \(text(losses.stages))") }
      return parts
    }
    let whole = parts("loss: reconstruction", stageNames)
    let forms = [whole, parts("loss: image", "stages"), parts("image", "stages")]
    let fits = forms.first { Glyph.columns(of: $0.joined(separator: " · ")) <= width }
    return fitting(fits ?? whole, width: width)
  }

  /// Name of the typed codes in one word.
  private var codeName: String { schema.typed == [.rotation] ? "angle" : "codes" }

  /// The networks before a staged encoder's backbone.
  private var stageNames: String {
    let architecture = modelInUse.model.architecture
    return [architecture.locator.isEmpty ? nil : "locator", architecture.compass.isEmpty ? nil : "compass"]
      .compactMap { $0 }.joined(separator: " + ")
  }

  /// Minutes and seconds, or hours and minutes.
  static func clock(_ seconds: Double) -> String {
    guard seconds >= 0, seconds < 360_000 else { return "long" }
    let whole = Int(seconds.rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return whole < 3600
      ? "\(whole / 60):\(two(whole % 60))" : "\(whole / 3600) h \(two(whole / 60 % 60)) min"
  }
}
