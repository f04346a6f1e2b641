import Screen

extension ComparisonPage {
  /// Draws the pictures of a learned and an exact decoder, the truth, and the errors here and over a full
  /// turn.
  func draw(_ session: Session, on canvas: inout Canvas, in region: Rectangle) {
    let (heading, rest) = region.split(top: 1)
    canvas.put(fitting(headingWords(session), width: heading.width), in: heading, .selected)
    let (line, room) = rest.split(top: 1)
    session.drawSelectedSlider(on: &canvas, in: line)
    guard !comparison.isEmpty, let truth = session.pictures.truth else { return }
    let shape = session.imageShape
    let width = min(shape.panelWidth, (room.width - 2) / 3)
    let height = min(shape.rows(ofWidth: min(width, shape.pictureSize.width)) + 2, room.height)
    func column(_ index: Int, _ rows: Rectangle) -> Rectangle {
      Rectangle(column: rows.column + index * (width + 1), row: rows.row, width: width, height: rows.height)
    }
    let (pictures, below) = room.split(top: height)
    for (index, one) in comparison.enumerated() {
      draw(one, session, on: &canvas, in: column(index, pictures))
    }
    session.drawCaptioned(truth, "truth", on: &canvas, in: column(2, pictures.split(top: 1).rest))
    let hasDifferences = below.height >= height - 1 + comparison.count
    let (differences, words) = below.split(top: hasDifferences ? height - 1 : 0)
    if hasDifferences {
      for (index, one) in comparison.enumerated() {
        let difference = zip(one.pixels, truth).map { abs($0 - $1) }
        session.drawCaptioned(difference, "|difference|", on: &canvas, in: column(index, differences))
      }
    }
    drawAround(session, on: &canvas, in: words)
  }

  private func headingWords(_ session: Session) -> [String] {
    switch otherModel {
    case .unknown: return ["searching for a model with the other decoder kind…"]
    case .missing: return ["no model with the other decoder kind: train one, or Enter opens one"]
    case .found(let other):
      let shape = other.model.architecture.imageShape
      guard shape == session.imageShape else {
        return ["\(other.name) is for images of \(shape), not \(session.imageShape)"]
      }
      guard session.pictures.input != nil else {
        return ["comparing needs the image; only stored latents are here"]
      }
      let unknown = session.unknownCoordinates(of: other)
      var notes = unknown.isEmpty ? [] : ["\(other.name) has no \(unknown.joined(separator: ", "))"]
      let (own, its) = (session.modelInUse.model.details.data, other.model.details.data)
      if let its, its != own { notes.append("\(other.name) trained on \(its)") }
      let counts = [session.modelInUse.model, other.model].map(\.architecture.schema.freeCount)
      if counts[0] != counts[1] { notes.append("\(counts[0]) against \(counts[1]) latents") }
      return ["same sample, learned and exact decoder"] + notes
        + [
          session.hasLatentOffset
            ? "latents: \(session.modelTitle)'s as set, \(other.name)'s as encoded"
            : "latents encoded by each"
        ]
    }
  }

  /// Draws a decoder's picture below its name and its errors.
  private func draw(_ one: DecoderPicture, _ session: Session, on canvas: inout Canvas, in region: Rectangle)
  {
    let (name, rest) = region.split(top: 1)
    let kind = one.kind == .learned ? "learned" : "exact"
    canvas.put(
      fitting([kind, one.name], width: name.width), in: name,
      one.isOwn ? .selected : Style(.standard, .bold), alignment: .center)
    let figures = [
      "error \(NumberText.significant(one.error))", "SSIM \(NumberText.fixed(one.similarity, decimals: 2))",
    ]
    session.drawCaptioned(
      one.pixels, fitting(figures, width: rest.width), on: &canvas, in: rest)
  }

  /// Draws the errors over a full turn as small bars with a common scale.
  private func drawAround(_ session: Session, on canvas: inout Canvas, in region: Rectangle) {
    let highest = comparison.flatMap(\.around).max() ?? 0
    guard highest > 0, region.height >= comparison.count else { return }
    let (heading, lines) = region.split(top: region.height > comparison.count ? 1 : 0)
    canvas.put("error by angle, \(session.turnEnds)", in: heading, .faint)
    let width = min(14, comparison.map { Glyph.columns(of: $0.name) }.max() ?? 0)
    for (index, one) in comparison.enumerated() {
      let name = Canvas.truncated(one.name, to: width)
      let kind = name + String(repeating: " ", count: width - Glyph.columns(of: name))
      let bars = String(one.around.map { Sparkline.glyph($0 / highest) })
      let mean = one.meanAround.map { " mean \(NumberText.significant($0))" } ?? ""
      canvas.put("\(kind) \(bars)\(mean)", in: lines.line(index))
    }
  }
}

extension Session {
  /// The ends of the error by angle.
  fileprivate var turnEnds: String {
    guard let rotation = schema.index(of: .rotation) else { return "" }
    if scales[rotation].isCyclic { return "full turn from 0°" }
    let ends = [0, Readouts.roseCount - 1].map {
      scales[rotation].text(schema.typed[rotation].roseValue($0))
    }
    return "from " + ends.joined(separator: " to ")
  }

  /// Names of the coordinates that the other model cannot apply: coordinates that are not neutral and
  /// missing there, or values outside its range.
  fileprivate func unknownCoordinates(of other: NamedModel) -> [String] {
    let otherSchema = other.model.architecture.schema
    return schema.typed.indices.compactMap { index in
      let (coordinate, value) = (schema.typed[index], sliders.values[index])
      guard value != coordinate.neutralValue else { return nil }
      guard let known = otherSchema.index(of: coordinate.meaning) else { return scales[index].label }
      let scale = SliderScale(otherSchema.typed[known])
      let isReached = scale.isCyclic || abs(scale.moved(value, by: 0) - value) < 1e-6
      return isReached ? nil : "\(scales[index].label) \(scales[index].text(value))"
    }
  }
}
