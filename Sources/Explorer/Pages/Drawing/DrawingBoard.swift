import Datasets
import Primitives

/// The drawing, the brush and the undo history of the drawing page.
struct DrawingBoard: Equatable {
  private(set) var drawing: Drawing
  /// The drawing as the encoder receives it: framed like its training images.
  private(set) var framed: Drawing
  /// The drawing last written to or read from a file.
  var savedDrawing: Drawing?
  /// The pixel at which keys draw.
  var column: Int
  var row: Int
  /// Tells whether moving by keys draws.
  private(set) var isPenDown = false
  var isErasing = false
  private(set) var sizeStep = 1
  private var past: [Drawing] = []
  private var future: [Drawing] = []
  /// The end of the current stroke.
  private var end: (x: Double, y: Double)?

  /// Radii of the brush, in pixels of images of 28 × 28; larger images have larger ones.
  private static let radii = [0.4, 0.9, 1.5, 2.2]
  private static let mostStrokes = 200

  static func == (a: DrawingBoard, b: DrawingBoard) -> Bool {
    a.drawing == b.drawing && a.column == b.column && a.row == b.row && a.isPenDown == b.isPenDown
      && a.isErasing == b.isErasing && a.sizeStep == b.sizeStep
  }

  /// An empty board for images of a shape.
  init(shape: ImageShape = .mnist) {
    drawing = Drawing(shape: shape)
    framed = drawing
    (column, row) = (shape.width / 2, shape.height / 2)
  }

  var shape: ImageShape { drawing.shape }

  private var brush: Drawing.Brush {
    let scale = Double(min(shape.width, shape.height)) / Double(ImageShape.mnist.width)
    let radius = Self.radii[sizeStep]
    guard scale < 1 else { return Drawing.Brush(radius: radius * scale, isEraser: isErasing) }
    // The edge is narrower on small images, so that the pixel under the pen is white.
    let edge = max(1, 2 * scale)
    return Drawing.Brush(radius: max(radius, edge / 2), edge: edge, isEraser: isErasing)
  }

  var sizeText: String { "size \(sizeStep + 1) of \(Self.radii.count)" }

  mutating func changeSize(by step: Int) {
    sizeStep = min(max(sizeStep + step, 0), Self.radii.count - 1)
  }

  // MARK: Strokes

  /// Begins a stroke with a dot at a position in pixels.
  mutating func begin(x: Double, y: Double) {
    keep()
    end = (x, y)
    extend(x: x, y: y)
  }

  /// Extends the stroke to a position; without a stroke begun in the drawing area it has no effect.
  mutating func extend(x: Double, y: Double) {
    guard let start = end else { return }
    drawing.draw(from: start, to: (x, y), with: brush)
    end = (x, y)
    framed = drawing.framed()
  }

  mutating func endStroke() {
    end = nil
    isPenDown = false
  }

  /// Lifts or lowers the pen; lowering it draws a dot.
  mutating func switchPen() {
    guard !isPenDown else { return endStroke() }
    isPenDown = true
    begin(x: Double(column) + 0.5, y: Double(row) + 0.5)
  }

  /// Moves the pen by pixels within the drawing area, and draws if it is down.
  mutating func movePen(columns: Int, rows: Int) {
    column = min(max(column + columns, 0), shape.width - 1)
    row = min(max(row + rows, 0), shape.height - 1)
    if isPenDown { extend(x: Double(column) + 0.5, y: Double(row) + 0.5) }
  }

  // MARK: Whole drawings

  /// Replaces the drawing; undo restores it.
  mutating func replace(with other: Drawing) {
    endStroke()
    keep()
    set(other)
  }

  /// Undoes the last stroke that changed the drawing; returns false without one.
  mutating func undo() -> Bool {
    endStroke()
    while past.last == drawing { past.removeLast() }
    guard let last = past.popLast() else { return false }
    future.append(drawing)
    set(last)
    return true
  }

  /// Redoes the change last undone; returns false without one.
  mutating func redo() -> Bool {
    endStroke()
    guard let next = future.popLast() else { return false }
    past.append(drawing)
    set(next)
    return true
  }

  private mutating func keep() {
    past = (past + [drawing]).suffix(Self.mostStrokes)
    future = []
  }

  private mutating func set(_ other: Drawing) {
    drawing = other
    framed = other.framed()
  }
}
