import Coordinates
import Datasets
import Kernels
import Networks
import Screen
import Testing
import Training

@testable import Explorer

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Readouts of the pictures, compared with plain sums.
@Suite struct ReadoutsTests {
  private func meanSquare(_ one: [Float], _ other: [Float]) -> Double {
    zip(one, other).reduce(0) { $0 + pow(Double($1.0) - Double($1.1), 2) } / Double(one.count)
  }

  private func norm(_ one: [Float], _ other: [Float]) -> Double {
    (meanSquare(one, other) * Double(one.count)).squareRoot()
  }

  /// Structural similarity by its definition: windows of 7 by 7, in double precision.
  private func similarity(_ one: [Float], _ other: [Float]) -> Double {
    var total = 0.0
    for row in 0..<22 {
      for column in 0..<22 {
        let places = (0..<49).map { 28 * (row + $0 / 7) + column + $0 % 7 }
        let (x, y) = (places.map { Double(one[$0]) }, places.map { Double(other[$0]) })
        let (meanX, meanY) = (x.reduce(0, +) / 49, y.reduce(0, +) / 49)
        let varianceX = x.reduce(0) { $0 + pow($1 - meanX, 2) } / 49
        let varianceY = y.reduce(0) { $0 + pow($1 - meanY, 2) } / 49
        let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / 49
        total +=
          (2 * meanX * meanY + 0.0001) * (2 * covariance + 0.0009)
          / ((meanX * meanX + meanY * meanY + 0.0001) * (varianceX + varianceY + 0.0009))
      }
    }
    return total / 484
  }

  private func state(_ architecture: NetworkArchitecture, keys: String = "") throws -> ExplorerState {
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 4).tensors,
      details: ModelDetails())
    var state = try TinyExplorer.open(model)
    try state.press(keys)
    return state
  }

  @Test func errorAndSimilarityCompareDecodedAndTruth() throws {
    var state = try TinyExplorer.open()
    try state.press("n Right*5 Down L")
    let (decoded, truth) = (state.session.pictures.decoded, try #require(state.session.pictures.truth))
    let error = try #require(state.session.readouts.squaredError)
    #expect(abs(error / meanSquare(decoded, truth) - 1) < 1e-5)
    let found = try #require(state.session.readouts.similarity)
    #expect(abs(found - similarity(decoded, truth)) < 1e-4)
    #expect(found < 0.9)
    #expect(state.screen.contains("decoded · error \(NumberText.significant(error))"))
    #expect(state.screen.contains("truth · SSIM \(NumberText.fixed(found, decimals: 3))"))
  }

  /// A number that is cut is another number.
  @Test(arguments: 30...80) func figuresAreShownWholeOrNotAtAll(width: Int) throws {
    let state = try TinyExplorer.open()
    for view in PictureView.allCases {
      var shown = state
      shown.session.display.view = view
      let screen = ScreenText.plain(shown.drawn(Size(width: width, height: 22)))
      let captions = screen.split(separator: "\n")[1]
      #expect(captions.contains("decoded"))
      for part in ["· …", "· e…", "error…", "error …", "0.…", "SSIM…", "SSIM …"] {
        #expect(!captions.contains(part), "\(captions)")
      }
    }
  }

  @Test func withoutATruthThereIsNoErrorOrSimilarity() throws {
    let readouts = try TinyExplorer.openReadings().session.readouts
    #expect(readouts.squaredError == nil && readouts.similarity == nil)
    #expect(readouts.cycle != nil)
    // There is no input to explain.
    #expect(readouts.rose.isEmpty)
  }

  @Test func withoutARotationThereIsNoCycleAndNoRose() throws {
    let schema = CoordinateSchema(typed: [.shiftX(pixels: 6)], freeCount: 2)
    let shifts = try state(NetworkArchitecture(schema: schema, hidden: [8]), keys: "v*2 Right")
    #expect(shifts.session.readouts.cycle == nil)
    #expect(shifts.session.readouts.rose.isEmpty)
    #expect(shifts.session.readouts.equivariance != nil)
    #expect(shifts.screen.contains("this model has no angle"))
    let free = try state(
      NetworkArchitecture(schema: CoordinateSchema(typed: [], freeCount: 2), hidden: [8]))
    #expect(free.session.readouts.equivariance == nil)
    #expect(free.session.readouts.sensitivityRange == 0..<2)
  }

  /// A picture without anything on it has no relative error.
  @Test func theEquivarianceOfNothingIsUndefined() throws {
    var model = try TinyExplorer.model()
    for index in model.weights.indices where model.weights[index].name.hasPrefix("decoder.4.") {
      let value: Float = model.weights[index].name.hasSuffix("bias") ? -200 : 0
      model.weights[index].values = model.weights[index].values.map { _ in value }
    }
    var state = try TinyExplorer.open(model, size: Size(width: 140, height: 50))
    #expect(state.session.readouts.equivarianceText == nil)
    try state.press("Right*7")
    #expect(state.session.readouts.equivariance == nil)
    #expect(state.session.readouts.equivarianceText == "undefined")
    #expect(state.session.readoutWords.contains("equivariance undefined"))
  }

  /// A warp decoder is equivariant by construction: a readout would say nothing of the model.
  @Test(arguments: ["Right*7", "Right*18", "Left*11 Down L"], [(100, 30), (160, 50)])
  func equivarianceOfAWarpDecoderIsHidden(keys: String, size: (Int, Int)) throws {
    let warp = NetworkArchitecture(schema: .article, hidden: [16, 8], decoder: .warp)
    var exact = try state(warp, keys: keys)
    _ = exact.react(.resized(Size(width: size.0, height: size.1)))
    #expect(exact.session.readouts.equivariance == nil && exact.session.readouts.cycle != nil)
    #expect(!exact.screen.contains("equivariance") && exact.screen.contains("cycle"))
    let learned = try state(NetworkArchitecture(schema: .article, hidden: [16, 8]), keys: keys)
    #expect(learned.session.readouts.equivariance != nil)
  }

  /// At a quarter turn the transform only moves pixels.
  @Test func equivarianceOfALearnedDecoderIsMeasuredOnPixels() throws {
    var state = try TinyExplorer.open()
    // Without a turn there is nothing to compare.
    #expect(state.session.readouts.equivariance == nil)
    try state.press("Right*18")
    let upright = state.session.modelInUse.inference.decode(
      LatentPoint(values: [0], latents: state.session.sliders.latents))
    let turned: [Float] = (0..<784).map { place in
      let (column, row) = (place % 28, place / 28)
      return upright[28 * column + 27 - row]
    }
    let blank = [Float](repeating: 0, count: 784)
    let expected = norm(state.session.pictures.decoded, turned) / norm(turned, blank)
    let found = try #require(state.session.readouts.equivariance)
    #expect(expected > 0.1)
    #expect(abs(found / expected - 1) < 1e-4)
  }

  @Test(arguments: [0, 5, 20, 40, 60]) func theCycleEncodesTheDecodedPicture(presses: Int) throws {
    var state = try TinyExplorer.open()
    if presses > 0 { try state.press("Right*\(presses)") }
    let read = state.session.modelInUse.inference.encode(state.session.pictures.decoded).values[0] * 180 / .pi
    let turns = (read - Double(5 * presses)) / 360
    let expected = 360 * abs(turns - turns.rounded())
    let cycle = try #require(state.session.readouts.cycle).degrees
    #expect(abs(cycle - expected) < 1e-3)
    #expect(cycle <= 180 && expected > 0.1)
  }

  /// The input is the decoded picture at a known angle: no other explains it as well.
  @Test(arguments: [0, 9, 23]) func theRoseIsHighestAtTheInputsAngle(direction: Int) throws {
    let model = try TinyExplorer.model()
    let inference = try ModelInUse(name: "", model: model).inference
    let latents: [Float] = [0.5, -0.4, 0.2, 0.1, -0.6]
    let angle = 2 * Double.pi * Double(direction) / 36
    let input = inference.decode(LatentPoint(values: [angle], latents: latents))
    let images = StoredImages(pixels: input.map { UInt8(($0 * 255).rounded()) }, labels: [0])
    var state = try TinyExplorer.open(
      model,
      dataset: Dataset(name: "tiny", title: "one", classNames: [], training: images, test: images))
    state.session.sliders.latents = latents
    try state.press("v*2 .")
    #expect(state.session.readouts.rose.count == 36)
    #expect(
      state.session.readouts.rose.indices.min {
        state.session.readouts.rose[$0] < state.session.readouts.rose[$1]
      } == direction)
    #expect(state.session.roseFractions[direction] == 1)
    #expect(state.session.roseFractions.contains(0))
    #expect(state.screen.contains("rose · best \(direction > 18 ? 10 * direction - 360 : 10 * direction)°"))
    for index in [0, 7, 30] {
      let decoded = inference.decode(LatentPoint(values: [Double(index) * .pi / 18], latents: latents))
      let expected = meanSquare(decoded, try #require(state.session.pictures.input))
      #expect(abs(state.session.readouts.rose[index] - expected) < 1e-6 + 1e-4 * expected)
    }
  }

  /// The change of the picture by a tenth of a step, for every slider.
  @Test func sensitivitiesAreDifferencesOfPictures() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*3 Down L")
    #expect(state.session.readouts.sensitivityRange == 0..<6)
    for slider in 0..<6 {
      var moved = state.session.sliders
      if slider == 0 {
        moved.values[0] += 0.5 * .pi / 180
      } else {
        moved.latents[slider - 1] += Float(state.session.scales[slider].step / 10)
      }
      let change =
        norm(state.session.modelInUse.inference.decode(moved), state.session.pictures.decoded) / 0.1
      #expect(
        abs(state.session.readouts.sensitivities[slider] - change) < 0.01 * change + 1e-5, "slider \(slider)")
    }
    let strongest = try #require(state.session.readouts.sensitivities.max())
    #expect(strongest > 0)
    let fraction = try #require(state.session.readouts.sensitivityFraction(1))
    #expect(abs(fraction * fraction - state.session.readouts.sensitivities[1] / strongest) < 1e-9)
    #expect(state.session.readouts.sensitivityFraction(6) == nil)
  }

  /// A slider just before its end has no room for a tenth of a step, and reacts no less for it.
  @Test(arguments: ["6", "5 . 9 8", "- 6", "- 5 . 9 8"])
  func sensitivitiesNearAnEndAreNotSmaller(value: String) throws {
    let schema = CoordinateSchema(typed: [.shiftX(pixels: 6)], freeCount: 2)
    let state = try state(NetworkArchitecture(schema: schema, hidden: [8]), keys: value + " Enter")
    var moved = state.session.sliders
    moved.values[0] += state.session.sliders.values[0] > 0 ? -0.05 : 0.05
    let change = norm(state.session.modelInUse.inference.decode(moved), state.session.pictures.decoded) / 0.1
    #expect(change > 0)
    #expect(abs(state.session.readouts.sensitivities[0] / change - 1) < 0.02)
  }

  /// With very many sliders those around the selected one are measured.
  @Test func sensitivitiesOfManySlidersAreThoseAroundTheSelectedOne() throws {
    let schema = CoordinateSchema(typed: [.rotation], freeCount: 80)
    var state = try state(NetworkArchitecture(schema: schema, hidden: [8]))
    #expect(state.session.readouts.sensitivityRange == 0..<48)
    #expect(state.session.readouts.sensitivityFraction(60) == nil)
    try state.press("Up")
    #expect(state.session.selected == 80)
    #expect(state.session.readouts.sensitivityRange == 33..<81)
    #expect(state.session.readouts.sensitivityFraction(80) != nil)
  }

  private static let changes = [
    "Right", "Down L", "n", "p", "] ]", "g 3 Enter", "Backspace", "r", "Right u", "4 5 Enter", "Right*9 b",
    "c Down*2 Enter",
  ]

  private func measured(_ state: ExplorerState) throws -> Readouts {
    var networks = NetworkCache()
    var readouts = try #require(state.session.readoutQuery).answer(TinyExplorer.context, &networks)
    readouts.compare(state.session.pictures.decoded, with: state.session.pictures.truth, .mnist)
    return readouts
  }

  @Test(arguments: changes) func keysRefreshTheReadouts(keys: String) throws {
    var state = try TinyExplorer.open()
    try state.press("Right*2")
    let before = state.session.readouts
    try state.press(keys)
    #expect(try state.session.readouts == measured(state))
    #expect(keys == "Right u" || state.session.readouts != before)
  }

  @Test func weightsModelsAndTheMouseRefreshTheReadouts() throws {
    var state = try TinyExplorer.open()
    try state.press("t Enter")
    var before = state.session.readouts
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    #expect(try state.session.readouts == measured(state) && state.session.readouts != before)
    before = state.session.readouts
    try state.press("X y")
    #expect(try state.session.readouts == measured(state) && state.session.readouts != before)
    before = state.session.readouts
    _ = state.react(.opened(try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))))
    #expect(try state.session.readouts == measured(state) && state.session.readouts != before)
    before = state.session.readouts
    _ = state.react(.mouse(MouseEvent(.wheelUp, column: 10, row: 16)))
    #expect(try state.session.readouts == measured(state) && state.session.readouts != before)
    before = state.session.readouts
    state.apply(try StateText(parsing: "sample=2 rotation=75"))
    _ = state.settle(state.sendQueries())
    #expect(try state.session.readouts == measured(state) && state.session.readouts != before)
  }
}
