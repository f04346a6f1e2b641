import Datasets
import Networks
import Primitives
import Screen
import Testing
import Training

@testable import Explorer

/// Models of images that are not 28 × 28 greys.
@Suite struct ImageShapeSessionTests {
  /// The brush keeps the size that it begins with, or is smaller or larger.
  @Test(arguments: [8, 12, 27], [-1, 0, 2]) func thePenDrawsWhiteOnSmallImages(side: Int, sizes: Int) {
    var board = DrawingBoard(shape: ImageShape(width: side, height: side))
    board.changeSize(by: sizes)
    board.switchPen()
    let ink = board.drawing.intensities
    #expect(ink[board.row * side + board.column] == 1)
    #expect(ink[0] == 0)
    #expect(sizes != -1 || side > 12 || ink.count { $0 > 0 } <= 5)
  }

  static let shapes = [
    ImageShape(width: 64, height: 64, channels: 3), ImageShape(width: 64, height: 64),
    ImageShape(width: 8, height: 8), ImageShape(width: 16, height: 24, channels: 3),
    ImageShape(width: 128, height: 32), ImageShape(width: 20, height: 20, channels: 3),
  ]
  static let modes = [
    Capabilities(colors: .truecolor, unicode: true), .full, Capabilities(colors: .eight, unicode: true),
    .ascii,
  ]

  private func images(_ shape: ImageShape, count: Int = 5) -> StoredImages {
    StoredImages(
      shape: shape,
      pixels: (0..<count).flatMap { image in
        (0..<shape.valueCount).map { place in
          let (plane, pixel) = place.quotientAndRemainder(dividingBy: shape.pixelCount)
          let (row, column) = pixel.quotientAndRemainder(dividingBy: shape.width)
          let isInk = column * 3 > shape.width && row * (image + 2) < shape.height * 2
          return isInk ? UInt8(255 - 90 * plane) : UInt8(20 * plane)
        }
      }, labels: (0..<count).map { UInt8($0 % 2) })
  }

  private func dataset(_ shape: ImageShape) -> Dataset {
    let images = images(shape)
    return Dataset(
      name: "shapes", title: "shapes", classNames: ["one", "two"], training: images, test: images)
  }

  private func open(
    _ shape: ImageShape, size: Size = Size(width: 100, height: 30), _ capabilities: Capabilities = .full,
    data: ImageShape? = nil
  ) throws -> ExplorerState {
    let architecture = NetworkArchitecture(schema: .article, hidden: [12, 6], imageShape: shape)
    var model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 2).tensors,
      details: ModelDetails())
    try model.measureLatents(over: images(shape))
    return try TinyExplorer.open(
      model, dataset: dataset(data ?? shape), size: size, capabilities: capabilities)
  }

  /// Every page is drawn at every size in every mode, and its keys do what they do.
  @Test(arguments: shapes, modes) func allPagesAreDrawn(shape: ImageShape, mode: Capabilities) throws {
    for (width, height) in [(80, 24), (100, 30), (160, 50), (40, 18), (20, 8), (240, 80)] {
      let size = Size(width: width, height: height)
      var state = try open(shape, size: size, mode)
      let scripts = [
        "Right*3 v v v", "e i + -", "Esc F", "Esc A", "Esc C", "Esc M", "Esc T",
        "Esc D Space Right*3 Down*2 Space u U", "Esc n p",
      ]
      for script in scripts {
        try state.press(script)
        #expect(state.drawn(size).size == size)
      }
    }
  }

  private func region(_ picture: ExplorerLayout.Picture, of state: ExplorerState) throws -> Rectangle {
    try #require(state.layout.region(of: picture)).split(top: 1).rest
  }

  /// The decoded picture with whole multiples or fractions of the pixels, in the middle of its panel.
  @Test(arguments: [
    (ImageShape(width: 64, height: 64, channels: 3), 100, 30, 32, 16),
    (ImageShape(width: 64, height: 64), 160, 50, 64, 32), (ImageShape(width: 8, height: 8), 100, 30, 32, 16),
    (ImageShape(width: 128, height: 32), 160, 50, 64, 8), (.mnist, 100, 30, 28, 14),
    (.mnist, 160, 50, 56, 28),
  ]) func picturesHaveWholePixels(shape: ImageShape, width: Int, height: Int, columns: Int, rows: Int) throws
  {
    let state = try open(shape, size: Size(width: width, height: height))
    let region = try region(.decoded, of: state)
    #expect(
      ImageView.size(imageWidth: shape.width, imageHeight: shape.height, in: region.size)
        == Size(width: columns, height: rows))
  }

  /// Pictures too large for a column of three leave room for the rose, which the readouts explain, below the decoded
  /// picture.
  @Test func theRoseIsShownOnceInEveryView() throws {
    var state = try open(ImageShape(width: 64, height: 64), size: Size(width: 160, height: 50))
    for view in PictureView.allCases {
      #expect(state.session.display.view == view)
      #expect(state.layout.slots.count { $0.picture == .rose } == 1)
      #expect(state.screen.contains("rose: long rays"))
      try state.press("v")
    }
  }

  @Test func theStripOfTheHistoryIsApartFromThePictures() throws {
    let region = Rectangle(column: 0, row: 1, width: 160, height: 47)
    for shape in Self.shapes {
      let layout = HistoryLayout(region, shape)
      let end = try #require(layout.pictures.first).rows.upperBound
      #expect(layout.frame(0).row == end + 1, "\(shape)")
      let last = layout.frame(layout.frameCount - 1)
      #expect(last.row + last.height <= region.row + region.height, "\(shape)")
    }
  }

  @Test(arguments: [ColorDepth.many, .truecolor]) func theInputHasItsColours(depth: ColorDepth) throws {
    let shape = ImageShape(width: 32, height: 32, channels: 3)
    let state = try open(shape, Capabilities(colors: depth, unicode: true))
    let region = try region(.input, of: state)
    let canvas = state.drawn()
    // All ink is (255, 165, 75) on (0, 20, 40).
    let cells = region.rows.flatMap { row in region.columns.map { canvas[$0, row] } }
    let colors = Set(cells.map { $0.style.background.resolved(depth) })
    #expect(
      colors.contains(depth == .many ? .palette(215) : .rgb(255, 165, 75))
        && colors.contains(depth == .many ? .palette(233) : .rgb(0, 20, 40)))
  }

  /// A new board has the shape of the new model's images, and the pen draws white.
  @Test func theDrawingFollowsTheModel() throws {
    let shape = ImageShape(width: 24, height: 16, channels: 3)
    var state = try open(shape)
    try state.press("D Space Right*6 Down*3")
    let board = state.pages[DrawingPage.self].board
    #expect(board.shape == shape && !board.drawing.isEmpty)
    let input = try #require(state.session.pictures.input)
    #expect(input.count == shape.valueCount)
    #expect((0..<shape.pixelCount).allSatisfy { input[$0] == input[$0 + shape.pixelCount] })
    #expect(input.max() ?? 0 > 0.9)
  }

  /// A drawing of another size is resized to the model's images.
  @Test func anOpenedDrawingFitsTheModel() throws {
    let shape = ImageShape(width: 24, height: 16, channels: 3)
    var state = try open(shape)
    var drawing = Drawing()
    drawing.draw(from: (8, 8), to: (20, 20), with: Drawing.Brush(radius: 3))
    _ = state.react(.drawingOpened(drawing))
    let board = state.pages[DrawingPage.self].board
    #expect(board.shape == shape && !board.drawing.isEmpty)
    #expect(state.session.showsDrawing && state.session.pictures.input?.count == shape.valueCount)
  }
}
