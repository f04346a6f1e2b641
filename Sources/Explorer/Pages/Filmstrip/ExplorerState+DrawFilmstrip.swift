import Screen

extension ExplorerState {
  /// Draws small pictures side by side with the current one marked.
  func drawFilmstrip(on canvas: inout Canvas, in region: Rectangle) {
    canvas.put(filmstripTitle, in: region, .selected)
    for (place, index) in shownFrames(in: region) {
      let frame = frames[index]
      let (picture, caption) = place.split(top: place.height - 1)
      drawSmall(frame.pixels, on: &canvas, in: picture)
      canvas.put(
        frame.isCurrent ? "▸\(frame.caption)◂" : frame.caption, in: caption,
        frame.isCurrent ? .selected : .standard, alignment: .center)
    }
  }

  private var filmstripTitle: String {
    guard let start = pathStart else {
      let scale = scales[selected]
      return "\(scale.label) from end to end, other sliders fixed" + (isPlaying ? " · playing" : "")
    }
    return "from A, \(start.name), to B, \(sampleName)" + (isPlaying ? " · playing" : "")
  }

  /// Draws a picture without a caption in all cells of the region.
  func drawSmall(
    _ pixels: [Float], on canvas: inout Canvas, in region: Rectangle, fillsRoom: Bool = false
  ) {
    guard !pixels.isEmpty else { return }
    var view = ImageView(
      GreyscaleImage(intensities: pixels, width: 28), isInverted: isInverted, gamma: gamma)
    view.fillsRoom = fillsRoom
    view.draw(on: &canvas, in: region, capabilities: capabilities)
  }

  /// Draws a picture below its caption.
  func drawCaptioned(
    _ pixels: [Float], _ caption: String, style: Style = .standard, on canvas: inout Canvas,
    in region: Rectangle, fillsRoom: Bool = false
  ) {
    let (top, picture) = region.split(top: 1)
    canvas.put(caption, in: top, style, alignment: .center)
    drawSmall(pixels, on: &canvas, in: picture, fillsRoom: fillsRoom)
  }
}
