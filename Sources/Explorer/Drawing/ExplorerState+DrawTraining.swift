import Screen
import Training

extension ExplorerState {
  /// The loss chart with a line of figures, or an invitation where nothing has been trained.
  func drawTraining(on canvas: inout Canvas, in region: Rectangle) {
    guard let training else {
      let lines = ["t trains this network", "while you turn the digit"]
      for (index, line) in lines.enumerated() where index + 1 < region.height {
        canvas.put(line, in: region.line(index + 1), .faint, alignment: .center)
      }
      return
    }
    let lines = [trainingPlace(training), trainingPace(training)].filter { !$0.isEmpty }
    let oneLine = lines.joined(separator: " · ")
    let heading = oneLine.count <= region.width ? [oneLine] : lines
    let (top, chart) = region.split(top: heading.count)
    for (index, line) in heading.enumerated() { canvas.put(line, in: top.line(index)) }
    LossChart(
      losses: training.losses, firstStep: 1,
      heldOut: training.heldOut.map { LossChart.Point(step: Double($0.step), value: $0.loss) },
      phases: training.phaseStarts.map { start in
        LossChart.Phase(step: Double(start.step + 1), label: "phase \(start.phase + 1)")
      },
      plannedEnd: training.plannedSteps.map(Double.init)
    ).draw(on: &canvas, in: chart, capabilities: capabilities)
  }

  /// Everything in one line, for screens without a chart.
  func trainingLine(_ training: TrainingPanel) -> String {
    let loss = training.losses.last.map { "loss \(NumberText.significant(Double($0)))" } ?? ""
    return [trainingPlace(training), loss, trainingPace(training)].filter { !$0.isEmpty }
      .joined(separator: " · ")
  }

  /// Where the run is: phase and epoch, or how it ended.
  private func trainingPlace(_ training: TrainingPanel) -> String {
    let ending =
      switch training.status {
      case .paused: "paused"
      case .stopped: "stopped"
      case .failed: "failed"
      case .finished: "finished"
      case .idle, .running: ""
      }
    guard let phase = training.phase, training.status != .finished else {
      return ending.isEmpty ? "finished" : ending
    }
    let phases = training.configuration.recipe.phases.count
    let place =
      "phase \(training.position.phase + 1)/\(phases) \(phase.name) · "
      + "epoch \(training.position.epoch + 1)/\(phase.epochs)"
    return ending.isEmpty ? place : "\(ending) · \(place)"
  }

  /// How fast the run is, and how long it will take.
  private func trainingPace(_ training: TrainingPanel) -> String {
    guard training.status == .running else { return "" }
    var parts: [String] = []
    if let rate = training.imagesPerSecond { parts.append("\(NumberText.compact(rate.rounded())) img/s") }
    if let seconds = training.secondsLeft { parts.append("\(Self.clock(seconds)) left") }
    return parts.isEmpty ? "starting" : parts.joined(separator: " · ")
  }

  /// Minutes and seconds, or hours and minutes.
  static func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 360_000 else { return "long" }
    let whole = Int(seconds.rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return whole < 3600
      ? "\(whole / 60):\(two(whole % 60))" : "\(whole / 3600) h \(two(whole / 60 % 60)) min"
  }
}
