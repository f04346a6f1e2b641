import Networks
import Screen
import Training

/// Samples sorted by an error, largest first.
///
/// While samples are sorted, a step to a sample and Backspace set the sliders to the values at which the
/// error is measured. The decoded picture is compared with the same target as in the error: the encoder's
/// input, or the sample transformed by the sliders' values.
extension ExplorerState {
  /// The errors that the model in use has. Untrained typed heads exclude errors of inputs and angles.
  var orderMeasures: [ErrorMeasure] {
    if schema.typed.isEmpty { return [.input] }
    if headsUntrained { return [.upright] }
    return schema.index(of: .rotation) == nil ? [.input, .upright] : [.input, .upright, .angle]
  }

  /// The lines of the order menu.
  var orderTitles: [String] { orderMeasures.map(\.title) + ["as stored"] }

  /// Opens the order menu at the current or awaited order.
  mutating func showOrders() {
    guard case .images = samples else {
      message = "sorting by error needs the images"
      return
    }
    let measure = awaitedOrder?.measure ?? list.order?.measure
    overlay = .orders(selected: measure.flatMap { orderMeasures.firstIndex(of: $0) } ?? 0)
  }

  /// Sorts by a line of the menu: by an error, in the background, or as stored.
  mutating func sort(choice: Int) -> [ExplorerEffect] {
    let measures = orderMeasures
    awaitedOrder = nil
    guard measures.indices.contains(choice) else {
      dropOrder()
      message = "samples in stored order"
      return []
    }
    rankingCount += 1
    awaitedOrder = AwaitedSampleOrder(
      number: rankingCount, measure: measures[choice], inference: current.inference, inputValues: inputValues)
    message = "sorting by the \(measures[choice].title)…"
    return [.rank(current.model, by: measures[choice], inputValues: inputValues, number: rankingCount)]
  }

  /// Restores the stored order of the samples.
  mutating func dropOrder() {
    awaitedOrder = nil
    list.order = nil
    list.refresh()
    needsReadouts = true
  }

  /// Applies the awaited order and goes to the sample with the largest error.
  mutating func receive(_ ranking: ErrorRanking, number: Int) {
    guard let awaited = awaitedOrder, number == awaited.number, case .images = samples,
      ranking.numbers.count == samples.count
    else { return }
    awaitedOrder = nil
    list.order = SampleOrder(
      measure: awaited.measure, ranking: ranking, inference: awaited.inference,
      inputValues: awaited.inputValues)
    list.refresh()
    needsReadouts = true
    if !showsDrawing { go(toSample: list.numbers[0]) }
    message = "worst first, by the \(awaited.measure.title); g goes to a rank, e changes the order"
  }

  // MARK: Target of the comparison

  /// The error by which the shown sample is sorted; nil for samples as stored and for a drawing.
  var orderMeasure: ErrorMeasure? { showsDrawing ? nil : list.order?.measure }

  /// Tells whether the decoded picture is compared with the input instead of the sample at the sliders'
  /// values.
  var comparesWithInput: Bool { orderMeasure == .input || orderMeasure == .angle }

  /// The target of the decoded picture; nil without an image.
  var target: [Float]? { comparesWithInput ? pictures.input : pictures.truth }

  /// The name of the target.
  var targetName: String { comparesWithInput ? "input" : "truth" }

  /// The reason why the order does not match the current weights or input; nil if it matches.
  private func staleness(of order: SampleOrder) -> String? {
    if order.inference != current.inference { return "sorted by earlier weights" }
    if order.inputValues != inputValues { return "sorted for another angle of the input" }
    return nil
  }

  /// The rank of the shown sample and its error; empty for samples as stored.
  var orderWords: [String] {
    guard let order = list.order, !showsDrawing else { return [] }
    guard let position = list.position(of: sample) else { return [] }
    let name = list.filter.map { "class \(samples.className($0)): " } ?? ""
    let rank =
      "\(name)worst \(NumberText.grouped(position + 1)) of \(NumberText.grouped(list.numbers.count))"
    return [rank, staleness(of: order) ?? order.measure.text(order.ranking.errors[sample])]
  }

  // MARK: Menu and ranks

  /// The numbers that `g` accepts: ranks if samples are sorted by error.
  var goToRange: ClosedRange<Int> {
    list.order == nil ? 0...samples.count - 1 : 1...list.numbers.count
  }

  /// Goes to the sample of a number or, if samples are sorted by error, of a rank.
  mutating func go(toNumber number: Int) {
    let range = goToRange
    guard range.contains(number) else {
      message =
        (list.order == nil ? "samples are numbered" : "ranks are numbered") + " from \(range.lowerBound) to "
        + "\(range.upperBound)"
      return
    }
    go(toSample: list.order == nil ? number : list.numbers[number - 1])
  }
}

extension ErrorMeasure {
  /// The error's name in the menu and in messages.
  var title: String {
    switch self {
    case .input: "error against the input"
    case .upright: "error of the upright reconstruction"
    case .angle: "error of the angle"
    }
  }

  /// An error with its unit or name.
  func text(_ error: Double) -> String {
    switch self {
    case .input: "error against input \(NumberText.significant(error))"
    case .upright: "error upright \(NumberText.significant(error))"
    case .angle: "angle error \(NumberText.fixed(error * 180 / .pi, decimals: 1))°"
    }
  }
}
