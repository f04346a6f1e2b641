import Networks
import Screen
import Training

/// Samples sorted by an error, the worst first.
///
/// While they are, a step to a sample and Backspace move the sliders to where that error is measured, and the
/// decoded picture is compared with what the error compares it with: the input as the encoder sees it, or the
/// sample as the sliders' values transform it.
extension ExplorerState {
  /// The errors that the model in use has. Typed values that are chance say nothing of inputs and angles.
  var orderMeasures: [ErrorMeasure] {
    if schema.typed.isEmpty { return [.input] }
    if headsUntrained { return [.upright] }
    return schema.index(of: .rotation) == nil ? [.input, .upright] : [.input, .upright, .angle]
  }

  /// The lines of the menu of orders.
  var orderTitles: [String] { orderMeasures.map(\.title) + ["as stored"] }

  /// Opens the menu of orders at the one that is in force, or is on its way.
  mutating func showOrders() {
    guard case .images = samples else {
      message = "sorting by error needs the images"
      return
    }
    let measure = awaitedOrder?.measure ?? list.order?.measure
    overlay = .orders(selected: measure.flatMap { orderMeasures.firstIndex(of: $0) } ?? 0)
  }

  /// Sorts as a line of the menu says: by an error, which takes a while and comes back as an event, or as stored.
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

  /// Lists the samples as they are stored.
  mutating func dropOrder() {
    awaitedOrder = nil
    list.order = nil
    list.refresh()
    needsReadouts = true
  }

  /// Applies the order that is awaited, and goes to the worst sample.
  mutating func take(_ ranking: ErrorRanking, number: Int) {
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

  // MARK: What is compared

  /// The error that the sample in sight is listed by; absent for samples as stored and for a drawing.
  var orderMeasure: ErrorMeasure? { showsDrawing ? nil : list.order?.measure }

  /// Whether the decoded picture is compared with the input, and not with the sample at the sliders' values.
  var comparesWithInput: Bool { orderMeasure == .input || orderMeasure == .angle }

  /// What the decoded picture is compared with; absent where no image is at hand.
  var target: [Float]? { comparesWithInput ? pictures.input : pictures.truth }

  /// What that is called.
  var targetName: String { comparesWithInput ? "input" : "truth" }

  /// Why the order is not of what is in sight; absent where it is.
  private func staleness(of order: SampleOrder) -> String? {
    if order.inference != current.inference { return "sorted by earlier weights" }
    if order.inputValues != inputValues { return "sorted for another angle of the input" }
    return nil
  }

  /// The rank of the sample in sight and the error that it was sorted by; empty for samples as stored.
  var orderWords: [String] {
    guard let order = list.order, !showsDrawing else { return [] }
    guard let position = list.position(of: sample) else { return [] }
    let name = list.filter.map { "class \(samples.className($0)): " } ?? ""
    let rank =
      "\(name)worst \(NumberText.grouped(position + 1)) of \(NumberText.grouped(list.numbers.count))"
    return [rank, staleness(of: order) ?? order.measure.text(order.ranking.errors[sample])]
  }

  // MARK: Menu and ranks

  /// The numbers that `g` goes to: ranks, where samples are sorted by error.
  var goToRange: ClosedRange<Int> {
    list.order == nil ? 0...samples.count - 1 : 1...list.numbers.count
  }

  /// Goes to the sample of a number or, where samples are sorted by error, of a rank.
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
  /// Words of the menu and of messages.
  var title: String {
    switch self {
    case .input: "error against the input"
    case .upright: "error of the upright reconstruction"
    case .angle: "error of the angle"
    }
  }

  /// An error with a few words that say which.
  func text(_ error: Double) -> String {
    switch self {
    case .input: "error against input \(NumberText.significant(error))"
    case .upright: "error upright \(NumberText.significant(error))"
    case .angle: "angle error \(NumberText.fixed(error * 180 / .pi, decimals: 1))°"
    }
  }
}
