import Primitives
import Screen

/// Joins as many words as fit into `width` columns, at least the first.
func fitting(_ words: [String], width: Int) -> String {
  var line = words.first ?? ""
  for word in words.dropFirst() where Glyph.columns(of: line + word) + 3 <= width { line += " · " + word }
  return line
}

extension Capabilities {
  /// The text as the terminal shows it; without Unicode, some characters need several columns.
  func spelled(_ text: String) -> String { unicode ? text : Glyph.asciiText(text) }

  /// A text that names keys, as the terminal shows it. Without Unicode, arrows are spelled out because `<`
  /// and `>` are other keys.
  func spelledKeys(_ text: String) -> String {
    guard !unicode else { return text }
    let names = [("← → ↑ ↓", "arrows"), ("←", "Left"), ("→", "Right"), ("↑", "Up"), ("↓", "Down")]
    return spelled(names.reduce(text) { $0.replacing($1.0, with: $1.1) })
  }
}

extension Session.Display {
  /// The range of gamma steps.
  static let gammaSteps = -4...4

  /// The exponent of the pictures' intensities.
  var gamma: Float { [0.4, 0.5, 0.63, 0.8, 1, 1.25, 1.6, 2, 2.5][4 - gammaStep] }
}

extension Session {
  /// The shape of all pictures: that of the model's images.
  var imageShape: ImageShape { modelInUse.model.architecture.imageShape }

  /// Draws a picture without a caption in all cells of the region; a drawing has one plane for every shape.
  /// Pictures of an earlier model of another shape are left out.
  func drawSmall(
    _ values: [Float], on canvas: inout Canvas, in region: Rectangle, fillsRoom: Bool = false
  ) {
    let shape = imageShape
    guard [shape.pixelCount, shape.valueCount].contains(values.count) else { return }
    var view = ImageView(
      ScreenImage(intensities: values, width: shape.width, height: shape.height),
      isInverted: display.isInverted, gamma: display.gamma)
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
