import Coordinates
import Screen

extension ExplorerState {
  /// Draws everything; changes and decodes nothing.
  public func draw(into canvas: inout Canvas) {
    let layout = ExplorerLayout(size: canvas.size, sliderCount: sliderCount)
    drawTitle(on: &canvas, in: layout.title)
    drawPictures(on: &canvas, layout)
    if let region = layout.sliders { drawSliders(on: &canvas, in: region) }
    if let region = layout.chart { drawTraining(on: &canvas, in: region) }
    drawStatus(on: &canvas, in: layout.status, hasChart: layout.chart != nil)
    drawFooter(on: &canvas, in: layout.footer)
    drawOverlay(on: &canvas)
  }

  private func drawTitle(on canvas: inout Canvas, in region: Rectangle) {
    canvas.fill(region, with: Cell(" ", Style(.standard, .reverse)))
    let name = region.width >= 60 ? " latent-explorer · " : " "
    canvas.put(
      "\(name)\(samples.title) · model \(current.name) ", in: region, Style(.standard, [.reverse, .bold]))
  }

  /// One line: a message, or else where the sample and the training are.
  private func drawStatus(on canvas: inout Canvas, in region: Rectangle, hasChart: Bool) {
    if let message {
      canvas.put(message, in: region, Style(.warning, .bold))
      return
    }
    if let training, !hasChart {
      canvas.put(trainingLine(training), in: region)
      return
    }
    canvas.put(sampleLine, in: region)
  }

  var sampleLine: String {
    var parts = ["sample \(sample) of \(samples.count)", "class \(samples.label(at: sample))"]
    if let index = schema.index(of: .rotation) {
      parts.append("encoder reads θ \(scales[index].text(reading.values[index]))")
      if let error = angleError { parts.append("error \(NumberText.fixed(error.degrees, decimals: 1))°") }
    }
    return parts.joined(separator: " · ")
  }

  /// How far the angle read is from the angle by which the input is turned.
  private var angleError: Angle? {
    guard let index = schema.index(of: .rotation) else { return nil }
    let difference = Angle(radians: reading.values[index]).difference(
      from: Angle(radians: inputValues[index]))
    return Angle(radians: abs(difference.radians))
  }

  /// As many keys as fit; help and quit always come first in a narrow footer.
  private func drawFooter(on canvas: inout Canvas, in region: Rectangle) {
    let bindings = KeyBinding.all.filter { !$0.brief.isEmpty }
    let last = bindings.suffix(2).map { "\($0.title) \($0.brief)" }
    var items: [String] = []
    for binding in bindings.dropLast(2) {
      let item = "\(binding.title) \(binding.brief)"
      let length = (items + [item] + last).joined(separator: "  ").count
      guard length <= region.width else { break }
      items.append(item)
    }
    canvas.put((items + last).joined(separator: "  "), in: region, .faint)
  }
}
