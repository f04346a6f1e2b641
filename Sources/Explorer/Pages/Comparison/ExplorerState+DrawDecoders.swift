import Screen

extension ExplorerState {
  /// Draws the pictures of a learned and an exact decoder, the truth, and the errors here and over a full
  /// turn.
  func drawDecoders(on canvas: inout Canvas, in region: Rectangle) {
    let (heading, rest) = region.split(top: 1)
    canvas.put(Self.fitting(decodersHeading, width: heading.width), in: heading, .selected)
    let (line, room) = rest.split(top: 1)
    slider(selected, sliderColumns, width: line.width).draw(on: &canvas, in: line, capabilities: capabilities)
    guard !comparison.isEmpty, let truth = pictures.truth else { return }
    let width = min(28, (room.width - 2) / 3)
    let height = min((width + 1) / 2 + 2, room.height)
    func column(_ index: Int, _ rows: Rectangle) -> Rectangle {
      Rectangle(column: rows.column + index * (width + 1), row: rows.row, width: width, height: rows.height)
    }
    let (pictures, below) = room.split(top: height)
    for (index, one) in comparison.enumerated() { draw(one, on: &canvas, in: column(index, pictures)) }
    drawCaptioned(truth, "truth", on: &canvas, in: column(2, pictures.split(top: 1).rest))
    let hasDifferences = below.height >= height - 1 + comparison.count
    let (differences, words) = below.split(top: hasDifferences ? height - 1 : 0)
    if hasDifferences {
      for (index, one) in comparison.enumerated() {
        let difference = zip(one.pixels, truth).map { abs($0 - $1) }
        drawCaptioned(difference, "|difference|", on: &canvas, in: column(index, differences))
      }
    }
    drawAround(on: &canvas, in: words)
  }

  private var decodersHeading: [String] {
    switch otherModel {
    case .unknown, .awaited: return ["searching for a model with the other decoder kind…"]
    case .missing: return ["no model with the other decoder kind: train one, or Enter opens one"]
    case .found(let other):
      guard pictures.input != nil else { return ["comparing needs the image; only stored latents are here"] }
      let unknown = unknownCoordinates(of: other)
      var notes = unknown.isEmpty ? [] : ["\(other.name) has no \(unknown.joined(separator: ", "))"]
      let (own, its) = (current.model.details.data, other.model.details.data)
      if let its, its != own { notes.append("\(other.name) trained on \(its)") }
      let counts = [current.model, other.model].map(\.architecture.schema.freeCount)
      if counts[0] != counts[1] { notes.append("\(counts[0]) against \(counts[1]) latents") }
      return ["same sample, learned and exact decoder"] + notes
        + [
          hasLatentOffset
            ? "latents: \(modelTitle)'s as set, \(other.name)'s as encoded" : "latents encoded by each"
        ]
    }
  }

  /// Draws a decoder's picture below its name and its errors.
  private func draw(_ one: DecoderPicture, on canvas: inout Canvas, in region: Rectangle) {
    let (name, rest) = region.split(top: 1)
    let kind = one.kind == .learned ? "learned" : "exact"
    canvas.put(
      Self.fitting([kind, one.name], width: name.width), in: name,
      one.isOwn ? .selected : Style(.standard, .bold), alignment: .center)
    let figures = [
      "error \(NumberText.significant(one.error))", "SSIM \(NumberText.fixed(one.similarity, decimals: 2))",
    ]
    drawCaptioned(
      one.pixels, Self.fitting(figures, width: rest.width), on: &canvas, in: rest)
  }

  /// Draws the errors over a full turn as small bars with a common scale.
  private func drawAround(on canvas: inout Canvas, in region: Rectangle) {
    let highest = comparison.flatMap(\.around).max() ?? 0
    guard highest > 0, region.height >= comparison.count else { return }
    let (heading, lines) = region.split(top: region.height > comparison.count ? 1 : 0)
    canvas.put("error by angle, \(aroundEnds)", in: heading, .faint)
    let width = min(14, comparison.map { Glyph.columns(of: $0.name) }.max() ?? 0)
    for (index, one) in comparison.enumerated() {
      let name = Canvas.truncated(one.name, to: width)
      let kind = name + String(repeating: " ", count: width - Glyph.columns(of: name))
      let bars = String(one.around.map { Sparkline.glyph($0 / highest) })
      let mean = one.meanAround.map { " mean \(NumberText.significant($0))" } ?? ""
      canvas.put("\(kind) \(bars)\(mean)", in: lines.line(index))
    }
  }

  private var aroundEnds: String {
    guard let rotation = schema.index(of: .rotation) else { return "" }
    if scales[rotation].isCyclic { return "full turn from 0°" }
    let ends = [0, Readouts.roseCount - 1].map {
      scales[rotation].text(schema.typed[rotation].roseValue($0))
    }
    return "from " + ends.joined(separator: " to ")
  }
}
