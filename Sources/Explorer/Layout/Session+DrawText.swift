import Screen

extension Session {
  /// Draws the text of a screen without space for pictures, beginning with the selected slider.
  func drawText(on canvas: inout Canvas, in region: Rectangle) {
    guard region.height > 0 else { return }
    let columns = sliderColumns
    slider(selected, columns, width: region.width).draw(on: &canvas, in: region, capabilities: capabilities)
    let run = training.map { $0.isActive ? trainingWords($0) : [] } ?? []
    let words = [inputCaption(width: region.width)] + run + readoutWords
    let others = (0..<sliderCount).filter { $0 != selected }
    for (index, word) in words.enumerated() where index + 1 < region.height {
      canvas.put(word, in: region.line(index + 1))
    }
    for (index, other) in others.enumerated() {
      let line = region.line(words.count + 1 + index)
      guard !line.isEmpty else { return }
      slider(other, columns, width: line.width).draw(on: &canvas, in: line, capabilities: capabilities)
    }
  }
}
