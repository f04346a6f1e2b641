import Screen

extension ExplorerState {
  func drawPictures(on canvas: inout Canvas, _ layout: ExplorerLayout) {
    if let region = layout.input { drawInput(on: &canvas, in: region) }
    if let region = layout.decoded {
      draw(pictures.decoded, caption: "decoded", style: .selected, on: &canvas, in: region)
    }
    if let region = layout.truth { drawTruth(on: &canvas, in: region) }
  }

  private func drawInput(on canvas: inout Canvas, in region: Rectangle) {
    guard let input = pictures.input else {
      drawMissingImages(on: &canvas, in: region)
      return
    }
    var caption = "input"
    for (index, coordinate) in schema.typed.enumerated() where inputValues[index] != coordinate.neutralValue {
      caption += ", turned \(scales[index].text(inputValues[index]))"
    }
    draw(input, caption: caption, style: .standard, on: &canvas, in: region)
  }

  private func drawTruth(on canvas: inout Canvas, in region: Rectangle) {
    guard let truth = pictures.truth else { return }
    draw(truth, caption: "truth", style: .standard, on: &canvas, in: region)
  }

  private func draw(
    _ pixels: [Float], caption: String, style: Style, on canvas: inout Canvas, in region: Rectangle
  ) {
    guard !pixels.isEmpty else { return }
    let (top, rest) = region.split(top: region.height > 2 ? 1 : 0)
    canvas.put(caption, in: top, style, alignment: .center)
    ImageView(GreyscaleImage(intensities: pixels, width: 28))
      .draw(on: &canvas, in: rest, capabilities: capabilities)
  }

  /// Instead of the input: why there is none, and how to get it.
  private func drawMissingImages(on canvas: inout Canvas, in region: Rectangle) {
    guard case .readings(let data, _) = samples else { return }
    let lines = [
      "no images of \(data)", "", "These are readings that", "the model's file carries.", "",
      "To see the images, fetch", "the four files (README)", "into $XDG_DATA_HOME/",
      "latent-explorer/\(data)",
      "or start with --data DIR", "", "d: the built-in digits",
    ]
    for (index, line) in lines.enumerated() where index < region.height {
      canvas.put(line, in: region.line(index), index == 0 ? .standard : .faint)
    }
  }
}
