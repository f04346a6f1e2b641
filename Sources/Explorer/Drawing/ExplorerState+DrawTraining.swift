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
    let (top, chart) = region.split(top: 1)
    canvas.put(trainingLine(training), in: top)
    LossChart(
      losses: training.losses, firstStep: 1,
      heldOut: training.heldOut.map { LossChart.Point(step: Double($0.step), value: $0.loss) },
      phases: training.phaseStarts.map { start in
        LossChart.Phase(step: Double(start.step + 1), label: "phase \(start.phase + 1)")
      },
      plannedEnd: training.plannedSteps.map(Double.init)
    ).draw(on: &canvas, in: chart, capabilities: capabilities)
  }

  /// Phase, epoch, speed and the time left.
  func trainingLine(_ training: TrainingPanel) -> String {
    var parts: [String] = []
    switch training.status {
    case .paused: parts.append("paused")
    case .finished: parts.append("finished")
    case .stopped: parts.append("stopped")
    case .failed: parts.append("failed")
    case .running, .idle: break
    }
    if training.isActive, let phase = training.phase {
      let phases = training.configuration.recipe.phases.count
      parts.append("phase \(training.position.phase + 1)/\(phases) \(phase.name)")
      parts.append("epoch \(training.position.epoch + 1)/\(phase.epochs)")
    }
    if let loss = training.losses.last { parts.append("loss \(NumberText.significant(Double(loss)))") }
    if let rate = training.imagesPerSecond, training.status == .running {
      parts.append("\(NumberText.compact(rate.rounded())) img/s")
    }
    if let seconds = training.secondsLeft, training.status == .running {
      parts.append("\(Self.clock(seconds)) left")
    }
    return parts.isEmpty ? "training starts" : parts.joined(separator: " · ")
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
