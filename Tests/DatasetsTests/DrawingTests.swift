import Formats
import Primitives
import TestSupport
import Testing

@testable import Datasets

/// Strokes with a brush and an eraser.
@Suite struct DrawingTests {
  typealias Place = (x: Double, y: Double)
  private static let brush = Drawing.Brush(radius: 1.5)

  private func drawn(
    _ start: Place, _ end: Place, _ brush: Drawing.Brush = brush, on sheet: Drawing = Drawing()
  ) -> Drawing {
    var drawing = sheet
    drawing.draw(from: start, to: end, with: brush)
    return drawing
  }

  private func intensity(_ drawing: Drawing, _ column: Int, _ row: Int) -> Float {
    drawing.intensities[row * 28 + column]
  }

  @Test func anEmptyDrawingIsBlank() {
    let drawing = Drawing()
    #expect(drawing.intensities == Array(repeating: 0, count: 784))
    #expect(drawing.bytes == Array(repeating: 0, count: 784))
    #expect(drawing.isEmpty)
    #expect(!drawn((14, 14), (14, 14)).isEmpty)
  }

  /// Full ink up to a pixel inside of the radius, half of it at the radius, none from a pixel beyond on.
  @Test func theEdgeIsTwoPixelsWide() {
    let brush = Drawing.Brush(radius: 3)
    // Down through the middles of a column of pixels.
    let drawing = drawn((14.5, -9), (14.5, 40), brush)
    let across = (11...19).map { intensity(drawing, $0, 14) }
    #expect(across == [0.5, 1, 1, 1, 1, 1, 0.5, 0, 0])
    let softer = drawn((14, -9), (14, 40), brush)
    #expect((14...18).map { intensity(softer, $0, 14) } == [1, 1, 0.75, 0.25, 0])
  }

  @Test func theEdgeMayBeNarrower() {
    let drawing = drawn((14.5, -9), (14.5, 40), Drawing.Brush(radius: 1, edge: 1))
    #expect((12...17).map { intensity(drawing, $0, 14) } == [0, 0.5, 1, 0.5, 0, 0])
  }

  @Test func theEndsAreRound() {
    let dot = drawn((14, 14), (14, 14), Drawing.Brush(radius: 4))
    for row in 0..<28 {
      for column in 0..<28 {
        let (x, y) = (Double(column) + 0.5 - 14, Double(row) + 0.5 - 14)
        let distance = (x * x + y * y).squareRoot()
        let expected = distance < 3 ? 1 : distance > 5 ? 0 : (5 - distance) / 2
        #expect(abs(Double(intensity(dot, column, row)) - expected) < 1e-6, "\(column), \(row)")
      }
    }
    // A stroke's end is half of that, and beyond the start it is the same.
    let stroke = drawn((14, 14), (14, 40), Drawing.Brush(radius: 4))
    for row in 0..<14 {
      for column in 0..<28 { #expect(intensity(stroke, column, row) == intensity(dot, column, row)) }
    }
  }

  @Test(arguments: [
    (3.0, 4.0, 22.0, 9.5), (14, 2, 14, 26), (2.2, 20, 25.7, 20), (5, 25, 23, 3), (9, 9, 9, 9),
  ])
  func theDirectionDoesNotMatter(x: Double, y: Double, toX: Double, toY: Double) {
    let (there, back) = (drawn((x, y), (toX, toY)), drawn((toX, toY), (x, y)))
    #expect(zip(there.intensities, back.intensities).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(there.intensities.contains { $0 > 0.85 })
  }

  /// In two parts it is the same stroke, and crossing it adds no ink.
  @Test func strokesDoNotAddUp() {
    let whole = drawn((4, 14), (24, 14))
    let parts = drawn((11, 14), (24, 14), on: drawn((4, 14), (11, 14)))
    #expect(zip(whole.intensities, parts.intensities).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(drawn((4, 14), (24, 14), on: whole) == whole)
  }

  @Test func theEraserRemovesInk() {
    let line = drawn((4, 14), (24, 14), Drawing.Brush(radius: 2))
    let eraser = Drawing.Brush(radius: 3, isEraser: true)
    let cut = drawn((14, 4), (14, 24), eraser, on: line)
    for row in 0..<28 {
      #expect(intensity(cut, 12, row) == 0 && intensity(cut, 15, row) == 0)
      // Far from the eraser nothing has changed; at its edge there is as much as it leaves.
      #expect(intensity(cut, 7, row) == intensity(line, 7, row))
      #expect(intensity(cut, 17, row) == min(intensity(line, 17, row), 1 - 0.25))
    }
    #expect(drawn((0, 14), (28, 14), Drawing.Brush(radius: 9, isEraser: true), on: line).isEmpty)
    #expect(drawn((4, 4), (20, 20), eraser) == Drawing())
  }

  @Test func strokesAreClippedToTheDrawing() {
    for place in [(-9.0, 14.0), (40, 14), (14, -9), (14, 40), (1e300, -1e300)] {
      #expect(drawn((place.0, place.1), (place.0, place.1)).isEmpty, "\(place)")
    }
    // A stroke that only crosses the sheet is as one that ends just outside.
    let near = drawn((-5, 10), (33, 10))
    let far = drawn((-1000, 10), (1000, 10))
    #expect(near == far)
    #expect(intensity(near, 0, 9) == 1 && intensity(near, 27, 9) == 1)
    // The sheet's corner.
    #expect(intensity(drawn((0, 0), (0, 0)), 0, 0) > 0.5)
    #expect(intensity(drawn((28, 28), (28, 28)), 27, 27) > 0.5)
  }

  @Test func notANumberDrawsNothing() {
    let line = drawn((4, 14), (24, 14))
    for bad in [Double.nan, .infinity, -.infinity] {
      for place in 0..<4 {
        var numbers = [4.0, 4, 20, 20]
        numbers[place] = bad
        #expect(drawn((numbers[0], numbers[1]), (numbers[2], numbers[3]), on: line) == line)
      }
      #expect(drawn((4, 4), (20, 20), Drawing.Brush(radius: bad), on: line) == line)
    }
  }

  @Test func bytesAreReadBack() {
    let bytes = (0..<784).map { UInt8($0 % 256) }
    let drawing = Drawing(bytes: bytes)
    #expect(drawing.bytes == bytes)
    #expect(drawing.intensities[255] == 1 && drawing.intensities[0] == 0)
    let soft = drawn((3, 3), (20, 25))
    #expect(Drawing(bytes: soft.bytes).bytes == soft.bytes)
    #expect(soft.images.count == 1)
    #expect(pixels(of: soft.images, at: 0) == soft.bytes)
  }

  /// Ink that no image of bytes could show is none.
  @Test func traceAmountsOfInkAreNone() {
    var bytes = [UInt8](repeating: 0, count: 784)
    #expect(Drawing(bytes: bytes).isEmpty)
    bytes[400] = 1
    #expect(!Drawing(bytes: bytes).isEmpty)
    #expect(drawn((14, 14), (14, 14), Drawing.Brush(radius: -0.9999)).isEmpty)
  }
}

/// Framing as MNIST frames.
@Suite struct DrawingFramingTests {
  private func box(_ columns: ClosedRange<Int>, _ rows: ClosedRange<Int>, _ byte: UInt8 = 255) -> Drawing {
    Drawing(
      bytes: (0..<784).map { columns.contains($0 % 28) && rows.contains($0 / 28) ? byte : 0 })
  }

  /// The extent of the ink that is at least half as strong as ink gets.
  private func extent(_ drawing: Drawing) -> (width: Int, height: Int) {
    let inked = drawing.intensities.indices.filter { drawing.intensities[$0] >= 0.5 }
    let (columns, rows) = (inked.map { $0 % 28 }, inked.map { $0 / 28 })
    return (
      (columns.max() ?? -1) - (columns.min() ?? 0) + 1, (rows.max() ?? -1) - (rows.min() ?? 0) + 1
    )
  }

  /// The same by its definition: each place is a straight line between the pixels around, and a pixel of
  /// smaller ink a mean over 4 × 4 places, so that rows and columns can be weighted one after the other.
  private func plainly(_ drawing: Drawing) -> [Double] {
    let ink = drawing.intensities.map(Double.init)
    let strong = ink.indices.filter { ink[$0] >= 0.1 }
    guard !strong.isEmpty else { return Array(repeating: 0, count: 784) }
    let (columns, rows) = (Set(strong.map { $0 % 28 }), Set(strong.map { $0 / 28 }))
    let longer = max(columns.max()! - columns.min()!, rows.max()! - rows.min()!) + 1
    let total = ink.reduce(0, +)
    // Middles of pixels are whole numbers here.
    let x = ink.indices.reduce(0) { $0 + ink[$1] * Double($1 % 28) } / total
    let y = ink.indices.reduce(0) { $0 + ink[$1] * Double($1 / 28) } / total
    func weights(_ centre: Double, from first: Int) -> [[Double]] {
      let ratio = Double(longer) / 20
      let start = ((14 - (centre - Double(first) + 0.5) / ratio) + 0.5).rounded()
      let parts = longer > 20 ? [-0.375, -0.125, 0.125, 0.375] : [0]
      return weights(ratio, start, first, parts)
    }
    func weights(_ ratio: Double, _ start: Double, _ first: Int, _ parts: [Double]) -> [[Double]] {
      (0..<28).map { target in
        (0..<28).map { source in
          let fractions = parts.map { part in
            let place = (Double(target) + 0.5 + part - start) * ratio + Double(first) - 0.5
            return max(0, 1 - abs(place - Double(source)))
          }
          return fractions.reduce(0, +) / Double(parts.count)
        }
      }
    }
    let (across, down) = (weights(x, from: columns.min()!), weights(y, from: rows.min()!))
    var wide = [Double](repeating: 0, count: 784)
    var framed = wide
    for place in 0..<784 {
      for source in 0..<28 { wide[place] += across[place % 28][source] * ink[place / 28 * 28 + source] }
    }
    for place in 0..<784 {
      for source in 0..<28 { framed[place] += down[place / 28][source] * wide[source * 28 + place % 28] }
    }
    return framed
  }

  private static let scribble: Drawing = {
    var drawing = Drawing()
    let brush = Drawing.Brush(radius: 1.2)
    drawing.draw(from: (2, 3), to: (9, 2), with: brush)
    drawing.draw(from: (9, 2), to: (5, 17), with: brush)
    drawing.draw(from: (4, 11), to: (11.5, 10), with: Drawing.Brush(radius: 0.4))
    return drawing
  }()

  @Test func theLongerSideIsTwentyPixels() {
    for (columns, rows) in [(3...6, 2...11), (10...19, 20...23), (0...27, 5...18), (0...27, 0...27)] {
      let framed = extent(box(columns, rows).framed())
      #expect(abs(max(framed.width, framed.height) - 20) <= 1, "\(columns), \(rows): \(framed)")
      let ratio = Double(columns.count) / Double(rows.count)
      // A pixel more or less of the shorter side.
      let shorter = 20 * min(ratio, 1 / ratio)
      #expect(abs(Double(min(framed.width, framed.height)) - shorter) <= 1, "\(columns), \(rows): \(framed)")
      #expect((framed.width > framed.height) == (ratio > 1))
    }
  }

  /// As near to the middle of pixel (14, 14) as whole pixels go.
  @Test func theCentreOfMassIsOnTheMiddlePixel() {
    for drawing in [Self.scribble, box(1...3, 20...27), box(20...26, 2...4, 130)] {
      let centre = drawing.framed().centreOfMass
      #expect(abs(centre.x - 14.5) < 0.55 && abs(centre.y - 14.5) < 0.55, "\(centre)")
    }
    #expect(Drawing().centreOfMass == (14, 14))
    #expect(box(0...0, 27...27).centreOfMass == (0.5, 27.5))
  }

  @Test func framingDoesNotDependOnThePosition() {
    func letter(_ x: Double, _ y: Double) -> Drawing {
      var drawing = Drawing()
      drawing.draw(from: (x, y), to: (x, y + 15), with: Drawing.Brush(radius: 1.5))
      drawing.draw(from: (x, y + 15), to: (x + 9, y + 15), with: Drawing.Brush(radius: 1.5))
      return drawing
    }
    let usual = letter(8.3, 4.2).framed()
    for other in [letter(3.3, 9.2), letter(12.3, 7.2), letter(8.3, 8.2)] {
      #expect(zip(usual.intensities, other.framed().intensities).allSatisfy { abs($0 - $1) < 1e-4 })
    }
    #expect(extent(usual).height >= 18)
  }

  @Test func emptyDrawingsStayEmpty() {
    #expect(Drawing().framed() == Drawing())
    // Traces of ink are not framed.
    #expect(box(3...9, 3...9, 25).framed() == Drawing())
    #expect(!box(3...9, 3...9, 26).framed().isEmpty)
    // A single pixel fills the box.
    #expect(extent(box(0...0, 0...0).framed()).width >= 19)
  }

  @Test func framingMatchesItsDefinition() {
    let digit = Drawing(bytes: pixels(of: Digits.dataset().test, at: 3))
    let corner = box(0...0, 0...0)
    for drawing in [Self.scribble, box(20...26, 2...4, 130), digit, corner, box(0...27, 0...27)] {
      let difference = zip(drawing.framed().intensities, plainly(drawing)).map { abs(Double($0) - $1) }
      #expect(difference.max()! < 1e-5)
    }
  }

  /// Digits are framed already: on whole pixels, their centre of mass on the same one.
  @Test func framingIsIdempotent() {
    let test = Digits.dataset().test
    for index in 0..<50 {
      let digit = Drawing(bytes: pixels(of: test, at: index))
      #expect(digit.framed().bytes == digit.bytes, "digit \(index)")
    }
  }

  /// Moved elsewhere on the sheet it is moved back.
  @Test func framingUndoesTranslation() {
    let bytes = pixels(of: Digits.dataset().test, at: 3)
    for (x, y) in [(3, 0), (0, -4), (-4, 4), (2, -1)] {
      let moved = (0..<784).map { place -> UInt8 in
        let (column, row) = (place % 28 - x, place / 28 - y)
        return (0..<28).contains(column) && (0..<28).contains(row) ? bytes[row * 28 + column] : 0
      }
      #expect(Drawing(bytes: moved).framed().bytes == bytes, "by \(x), \(y)")
    }
  }
}

/// Drawings as files.
@Suite struct DrawingFileTests {
  private let folder: TemporaryFolder
  private let drawing = DrawingFileTests.drawing()

  init() throws { folder = try TemporaryFolder() }

  private static func drawing() -> Drawing {
    var drawing = Drawing()
    drawing.draw(from: (3, 4), to: (21, 17), with: Drawing.Brush(radius: 1.5))
    return drawing
  }

  @Test func drawingsRoundTrip() throws {
    #expect(drawing.fileBytes.count == 16 + 784)
    #expect(Array(drawing.fileBytes[..<16]) == IDXFile.header([1, 28, 28]))
    let plain = try folder.write(drawing.fileBytes, to: "drawing-1.idx3-ubyte")
    #expect(try Drawing.read(plain).bytes == drawing.bytes)
    let compressed = try folder.write(try gzip(drawing.fileBytes), to: "drawing-1.gz")
    #expect(try Drawing.read(compressed).bytes == drawing.bytes)
  }

  /// Drawings for models of other shapes are read in their own size, and fit those of another.
  @Test func drawingsOfOtherShapesRoundTrip() throws {
    var drawn = Drawing(shape: ImageShape(width: 64, height: 48, channels: 3))
    drawn.draw(from: (8, 8), to: (50, 40), with: Drawing.Brush(radius: 2))
    let path = try folder.write(drawn.fileBytes, to: "drawing-2.idx3-ubyte")
    let read = try Drawing.read(path)
    #expect(read.shape == ImageShape(width: 64, height: 48) && read.bytes == drawn.bytes)
    #expect(read.fitted(to: drawn.shape) == Drawing(bytes: drawn.bytes, shape: drawn.shape))
    let small = read.fitted(to: ImageShape(width: 32, height: 24))
    #expect(small.bytes[0] == 0 && small.bytes.count == 32 * 24 && small.bytes[4 * 32 + 4] > 200)
  }

  @Test func theFirstOfManyImagesIsRead() throws {
    let path = try folder.write(IDXFile.images(3), to: "images")
    #expect(try Drawing.read(path).bytes == IDXFile.pixels(1))
  }

  @Test func unsoundFilesAreRefused() throws {
    func expect(_ bytes: [UInt8], _ fault: IDXFault) throws {
      let path = try folder.write(bytes, to: "drawing")
      #expect(throws: DatasetError.idx(path: path, fault)) { try Drawing.read(path) }
    }
    let bytes = drawing.fileBytes
    try expect([], .headerCut(expected: 16, found: 0))
    try expect(Array(bytes[..<9]), .headerCut(expected: 16, found: 9))
    try expect(bytes.dropLast(), .elementsCut(expected: 784, found: 783))
    try expect(bytes + [0], .elementsLeftOver(expected: 784))
    try expect(IDXFile.header([0, 28, 28]), .empty)
    try expect(IDXFile.labels([1]), .wrongDimensionCount(expected: 3, found: 1))
    try expect(
      IDXFile.header([1, 7, 112]) + bytes[16...], .wrongImageSize([7, 112], expected: [28, 28]))
    try expect(Array("P5 28 28 255 a picture".utf8), .notIDX(firstBytes: [0x50, 0x35]))
    #expect(throws: DatasetError.self) { try Drawing.read("\(folder.path)/nothing") }
  }
}
