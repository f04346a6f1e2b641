import Datasets

/// The sheet that a person draws on, and what it is drawn with.
struct DrawingBoard: Equatable {
  private(set) var sketch = Drawing()
  /// The sketch as the encoder sees it: framed as its training images are.
  private(set) var framed = Drawing()
  /// What was last written to a file, or read from one.
  var savedDrawing: Drawing?
  /// The pixel that the keys draw at.
  var column = ImageShape.width / 2
  var row = ImageShape.height / 2
  /// Whether moving by keys draws.
  private(set) var isPenDown = false
  var isErasing = false
  private(set) var sizeStep = 1
  private var past: [Drawing] = []
  private var future: [Drawing] = []
  /// Where the stroke has come to.
  private var end: (x: Double, y: Double)?

  /// Radii of the brush, in pixels.
  private static let radii = [0.4, 0.9, 1.5, 2.2]
  private static let mostStrokes = 200

  static func == (a: DrawingBoard, b: DrawingBoard) -> Bool {
    a.sketch == b.sketch && a.column == b.column && a.row == b.row && a.isPenDown == b.isPenDown
      && a.isErasing == b.isErasing && a.sizeStep == b.sizeStep
  }

  private var brush: Drawing.Brush { Drawing.Brush(radius: Self.radii[sizeStep], isEraser: isErasing) }

  var sizeText: String { "size \(sizeStep + 1) of \(Self.radii.count)" }

  mutating func changeSize(by step: Int) {
    sizeStep = min(max(sizeStep + step, 0), Self.radii.count - 1)
  }

  // MARK: Strokes

  /// Begins a stroke with a dot, at a place in pixels.
  mutating func begin(x: Double, y: Double) {
    keep()
    end = (x, y)
    extend(x: x, y: y)
  }

  /// Draws on to a place; what is held down but did not begin on the sheet draws nothing.
  mutating func extend(x: Double, y: Double) {
    guard let start = end else { return }
    sketch.draw(from: start, to: (x, y), with: brush)
    end = (x, y)
    framed = sketch.framed()
  }

  mutating func endStroke() {
    end = nil
    isPenDown = false
  }

  /// Lifts the pen, or puts it down, which is a dot.
  mutating func switchPen() {
    guard !isPenDown else { return endStroke() }
    isPenDown = true
    begin(x: Double(column) + 0.5, y: Double(row) + 0.5)
  }

  /// Moves the pen by pixels, as far as the sheet goes; drawing where it is down.
  mutating func movePen(columns: Int, rows: Int) {
    column = min(max(column + columns, 0), ImageShape.width - 1)
    row = min(max(row + rows, 0), ImageShape.height - 1)
    if isPenDown { extend(x: Double(column) + 0.5, y: Double(row) + 0.5) }
  }

  // MARK: Whole sheets

  /// Takes another sheet, which can be taken back.
  mutating func replace(with other: Drawing) {
    endStroke()
    keep()
    set(other)
  }

  /// Takes back the last stroke that has changed something; false where there is none.
  mutating func undo() -> Bool {
    endStroke()
    while past.last == sketch { past.removeLast() }
    guard let last = past.popLast() else { return false }
    future.append(sketch)
    set(last)
    return true
  }

  /// Does again what was taken back; false where there is nothing.
  mutating func redo() -> Bool {
    endStroke()
    guard let next = future.popLast() else { return false }
    past.append(sketch)
    set(next)
    return true
  }

  private mutating func keep() {
    past = (past + [sketch]).suffix(Self.mostStrokes)
    future = []
  }

  private mutating func set(_ other: Drawing) {
    sketch = other
    framed = other.framed()
  }
}
