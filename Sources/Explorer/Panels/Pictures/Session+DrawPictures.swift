import Coordinates
import Datasets
import Screen

extension Session {
  func drawPictures(on canvas: inout Canvas, _ layout: ExplorerLayout) {
    for slot in layout.slots {
      switch slot.picture {
      case .input: drawInput(on: &canvas, in: slot.region, layout)
      case .decoded: drawDecoded(on: &canvas, in: slot.region, layout)
      case .truth: drawTruth(on: &canvas, in: slot.region, layout)
      case .difference: drawDifference(on: &canvas, in: slot.region, layout)
      case .rose: drawRose(on: &canvas, in: slot.region, layout)
      }
    }
    if let region = layout.readouts { drawReadouts(on: &canvas, in: region) }
  }

  private func drawInput(
    on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout
  ) {
    guard let input = pictures.input else {
      drawMissingImages(on: &canvas, in: region)
      return
    }
    draw(input, caption: [inputCaption(width: region.width)], on: &canvas, in: region, layout)
  }

  /// The class, the encoder's angle and the true one. On narrow screens the words before the angles are
  /// omitted first.
  func inputCaption(width: Int) -> String {
    let name = samples.classNumber(at: sample).map(samples.className)
    let label = showsDrawing ? "your drawing" : name ?? "no class"
    let subject = showsDrawing || name == nil ? label : "class " + label
    let other = otherInputValues
    func caption(_ subject: String, _ other: [String], _ angle: String?) -> String {
      ([subject] + other + [angle].compactMap { $0 }).joined(separator: " · ")
    }
    func columns(_ text: String) -> Int { Glyph.columns(of: capabilities.spelled(text)) }
    let short = angleWords("θ", decimals: 0)
    let captions =
      (pictures.input == nil ? [] : [caption("input · " + subject, other, angleWords(decimals: 1))]) + [
        caption(subject, other, angleWords(decimals: 1)), caption(label, other, angleWords(decimals: 1)),
        caption(label, [], angleWords(decimals: 1)), caption(label, [], angleWords("θ", decimals: 1)),
        caption(label, [], short),
      ]
    return captions.first { columns($0) <= width }
      ?? caption(Canvas.truncated(label, to: max(1, width - (short.map { columns($0) + 3 } ?? 0))), [], short)
  }

  /// The transform of the input except the angle, such as `x 2.0`, where it is not neutral. The true angle
  /// of a drawing is unknown; its rotation as input is included instead.
  private var otherInputValues: [String] {
    schema.typed.indices.filter { inputValues[$0] != schema.typed[$0].neutralValue }.compactMap { index in
      let text = scales[index].text(inputValues[index])
      guard schema.typed[index].meaning == .rotation else { return "\(scales[index].label) \(text)" }
      return showsDrawing ? "turned by \(text)" : nil
    }
  }

  /// The encoder's angle and the true one; nil without a rotation.
  private func angleWords(_ name: String = "angle", decimals: Int) -> String? {
    guard let index = schema.index(of: .rotation), let error = angleError else { return nil }
    let places = error.degrees < 9.95 ? decimals : 0
    let angle =
      headsUntrained
      ? "angle not trained yet" : "\(name) \(scales[index].text(encoded.values[index], decimals: places))"
    let truth = showsDrawing ? "" : " (true \(scales[index].text(inputValues[index])))"
    return (angle + (headsUntrained && inputValues[index] == 0 ? "" : truth))
      .replacing("-", with: "−")
  }

  private func drawDecoded(
    on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout
  ) {
    let error = readouts.squaredError.map { ["error \(NumberText.significant($0))"] } ?? []
    draw(pictures.decoded, caption: ["decoded"] + error, isSelected: true, on: &canvas, in: region, layout)
  }

  private func drawTruth(
    on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout
  ) {
    guard let target else { return }
    draw(target, caption: [targetName] + similarityWords, on: &canvas, in: region, layout)
  }

  private func drawDifference(
    on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout
  ) {
    guard let target else {
      canvas.put("no truth without the image", in: region, .faint, alignment: .center)
      return
    }
    let difference = zip(pictures.decoded, target).map { abs($0 - $1) }
    draw(difference, caption: ["|difference|"] + similarityWords, on: &canvas, in: region, layout)
  }

  private var similarityWords: [String] {
    readouts.similarity.map { ["SSIM \(NumberText.fixed($0, decimals: 3))"] } ?? []
  }

  private func draw(
    _ pixels: [Float], caption: [String], isSelected: Bool = false, on canvas: inout Canvas,
    in region: Rectangle, _ layout: ExplorerLayout
  ) {
    guard !pixels.isEmpty else { return }
    let style: Style = layout.focus == .pictures ? .selected : isSelected ? Style(.accent) : .standard
    drawCaptioned(
      pixels, fitting(caption, width: region.width), style: style, on: &canvas, in: region,
      fillsRoom: layout.isEnlarged)
  }

  /// Draws the agreement of each angle with the input as rays; longer rays mean smaller errors.
  private func drawRose(
    on canvas: inout Canvas, in region: Rectangle, _ layout: ExplorerLayout
  ) {
    guard let rotation = schema.index(of: .rotation), let best = bestAngle else {
      let reason = pictures.input == nil ? "no rose without the image" : "this model has no angle"
      canvas.put(reason, in: region, .faint, alignment: .center)
      return
    }
    let (top, rest) = region.split(top: region.height > 2 ? 1 : 0)
    canvas.put(
      "rose · best \(scales[rotation].text(best))", in: top,
      layout.focus == .pictures ? .selected : .standard,
      alignment: .center)
    let angles = readouts.rose.indices.map { schema.typed[rotation].roseValue($0) }
    RoseView(
      rays: zip(angles, roseFractions).map { (angle: $0, fraction: $1) },
      marks: [
        RoseView.Mark(angle: encoded.values[rotation], glyph: "◇", style: Style(.mark)),
        RoseView.Mark(angle: sliders.values[rotation], glyph: "●", style: .selected),
      ]
    ).draw(on: &canvas, in: rest, capabilities: capabilities)
  }

  /// Relative agreement of each angle: 1 for the smallest error, 0 for the largest.
  var roseFractions: [Double] {
    guard let low = readouts.rose.min(), let high = readouts.rose.max(), high > low else {
      return readouts.rose.map { _ in 0 }
    }
    return readouts.rose.map { (high - $0) / (high - low) }
  }

  private var bestAngle: Double? {
    guard let rotation = schema.index(of: .rotation),
      let best = readouts.rose.indices.min(by: { readouts.rose[$0] < readouts.rose[$1] })
    else { return nil }
    return schema.typed[rotation].roseValue(best)
  }

  /// Draws the readouts in words, one per line, if they have a region.
  private func drawReadouts(on canvas: inout Canvas, in region: Rectangle) {
    var lines: [(text: String, style: Style)] = []
    func add(_ label: String, _ value: String, _ notes: String...) {
      lines.append((label + String(repeating: " ", count: max(1, 15 - label.count)) + value, .standard))
      lines += notes.map { (" " + $0, .faint) }
    }
    if let error = readouts.squaredError { add("squared error", NumberText.significant(error)) }
    if let similarity = readouts.similarity { add("SSIM", NumberText.fixed(similarity, decimals: 3)) }
    if let equivariance = readouts.equivarianceText {
      add("equivariance", equivariance, "error against what is", "decoded at 0, rotated")
    }
    if let cycle = readouts.cycle {
      add(
        "cycle", "\(NumberText.fixed(cycle.degrees, decimals: 1))°", "encoder's angle of the",
        "decoded image, minus θ")
    }
    if !readouts.rose.isEmpty, region.height > lines.count + 4 {
      lines.append(("", .standard))
      lines += ["rose: long rays are", "angles that fit best", "◇ encoder, ● θ"].map {
        ($0, .faint)
      }
    }
    for (index, line) in lines.enumerated() where index < region.height {
      canvas.put(line.text, in: region.line(index), line.style)
    }
  }

  /// Draws the reason for missing images, and the key that fetches them, in place of the input.
  private func drawMissingImages(on canvas: inout Canvas, in region: Rectangle) {
    guard case .encoderOutputs(let data, _) = samples else { return }
    if dataset?.name == data {
      for (index, line) in ["Latents stored in the", "model file.", "", "d: show the images"]
        .enumerated()
      {
        canvas.put(line, in: region.line(index), .faint)
      }
      return
    }
    let lines = [
      "no images of \(data)", "", "Latents stored in the", "model file.", "",
      DataLocations.publicSets.contains(data) ? "G: fetch the images" : "--data DIR: open images", "",
      "d: show built-in digits",
    ]
    for (index, line) in lines.enumerated() where index < region.height {
      canvas.put(line, in: region.line(index), index == 0 ? .standard : .faint)
    }
  }
}
