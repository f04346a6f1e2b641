import Evaluation
import Networks
import Screen
import Training

/// Samples sorted by an error, largest first.
///
/// While samples are sorted, a step to a sample and Backspace set the sliders to the values at which the
/// error is measured. The decoded picture is compared with the same target as in the error: the encoder's
/// input, or the sample transformed by the sliders' values.
extension Session {
  /// The errors that the model in use has. Untrained typed heads exclude errors of inputs and angles.
  var orderMeasures: [ErrorMeasure] {
    if schema.typed.isEmpty { return [.input] }
    if headsUntrained { return [.upright] }
    return schema.index(of: .rotation) == nil ? [.input, .upright] : [.input, .upright, .angle]
  }

  /// The lines of the order menu.
  var orderTitles: [String] { orderMeasures.map(\.title) + ["as stored"] }

  /// The line of the order menu for the current or awaited order.
  var orderChoice: Int {
    let measure = selection.awaitedOrder?.query.measure ?? selection.list.order?.measure
    return measure.flatMap { orderMeasures.firstIndex(of: $0) } ?? 0
  }

  /// Sorts by a line of the menu: by an error, in the background, or as stored.
  mutating func sort(choice: Int) {
    let measures = orderMeasures
    guard measures.indices.contains(choice) else {
      dropOrder()
      message = "samples in stored order"
      return
    }
    selection.awaitedOrder = AwaitedSampleOrder(
      query: RankingQuery(
        model: modelInUse.model, measure: measures[choice], inputValues: inputValues),
      inference: modelInUse.inference)
    message = "sorting by the \(measures[choice].title)…"
  }

  /// Restores the stored order of the samples.
  mutating func dropOrder() {
    selection.awaitedOrder = nil
    selection.list.order = nil
    selection.list.refresh()
    inference.hasNewPictures = true
  }

  /// Applies the awaited order and goes to the sample with the largest error.
  mutating func receiveRanking(_ answer: QueryAnswer) {
    guard selection.ranking.awaitedNumber == answer.number, let awaited = selection.awaitedOrder else {
      return
    }
    let answered = selection.ranking.receive(answer)
    // A failed order may be requested again.
    selection.awaitedOrder = nil
    guard let ranking = answered, case .images = samples, ranking.numbers.count == samples.count else {
      return
    }
    selection.list.order = SampleOrder(
      measure: awaited.query.measure, ranking: ranking, inference: awaited.inference,
      inputValues: awaited.query.inputValues)
    selection.list.refresh()
    inference.hasNewPictures = true
    if !showsDrawing { go(toSample: selection.list.numbers[0]) }
    message =
      "worst first, by the \(awaited.query.measure.title); g goes to a rank, e changes the order"
  }

  // MARK: Target of the comparison

  /// The error by which the shown sample is sorted; nil for samples as stored and for a drawing.
  var orderMeasure: ErrorMeasure? { showsDrawing ? nil : selection.list.order?.measure }

  /// Tells whether the decoded picture is compared with the input instead of the sample at the sliders'
  /// values.
  var comparesWithInput: Bool { orderMeasure == .input || orderMeasure == .angle }

  /// The target of the decoded picture; nil without an image.
  var target: [Float]? { comparesWithInput ? pictures.input : pictures.truth }

  /// The name of the target.
  var targetName: String { comparesWithInput ? "input" : "truth" }

  /// The reason why the order does not match the current weights or input; nil if it matches.
  private func staleness(of order: SampleOrder) -> String? {
    if order.inference != modelInUse.inference { return "sorted by earlier weights" }
    if order.inputValues != inputValues { return "sorted for another angle of the input" }
    return nil
  }

  /// The rank of the shown sample and its error; empty for samples as stored.
  var orderWords: [String] {
    guard let order = selection.list.order, !showsDrawing else { return [] }
    guard let position = selection.list.position(of: sample) else { return [] }
    let name = selection.list.filter.map { "class \(samples.className($0)): " } ?? ""
    let rank =
      "\(name)worst \(NumberText.grouped(position + 1)) of \(NumberText.grouped(selection.list.numbers.count))"
    return [rank, staleness(of: order) ?? order.measure.text(order.ranking.errors[sample])]
  }

  // MARK: Menu and ranks

  /// The numbers that `g` accepts: ranks if samples are sorted by error.
  var goToRange: ClosedRange<Int> {
    selection.list.order == nil ? 0...samples.count - 1 : 1...selection.list.numbers.count
  }

  /// Goes to the sample of a number or, if samples are sorted by error, of a rank.
  mutating func go(toNumber number: Int) {
    let range = goToRange
    guard range.contains(number) else {
      message =
        (selection.list.order == nil ? "samples are numbered" : "ranks are numbered")
        + " from \(range.lowerBound) to "
        + "\(range.upperBound)"
      return
    }
    go(toSample: selection.list.order == nil ? number : selection.list.numbers[number - 1])
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
