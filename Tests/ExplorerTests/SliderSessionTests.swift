import Coordinates
import Datasets
import Kernels
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person turns digits and moves latents.
@Suite struct SliderSessionTests {
  /// The sample, turned without a network.
  private func turned(_ sample: Int, degrees: Double) -> [Float] {
    ImageTransformer(shape: .mnist, schema: .article, interpolation: .bilinear)
      .image(sample, of: TinyExplorer.images, values: [Angle(degrees: degrees).radians])
  }

  private func upright(_ sample: Int) -> [Float] { TinyExplorer.pixels(sample).map { Float($0) / 255 } }

  private func inference() throws -> Inference {
    Inference(try TypedAutoencoder(TinyExplorer.architecture, tensors: TinyExplorer.weights()))
  }

  /// Values of untrained heads are marked as meaningless.
  @Test func marksOfUntrainedHeadsAreExplained() throws {
    let text = "the rotation head is not trained yet: reset to the input's values"
    func weights(_ phase: Int, epoch: Int = 1) throws -> ExplorerEvent {
      let position = TrainingPosition(phase: phase, epoch: epoch)
      return try .weights(
        TypedModel(
          HistorySessionTests.configuration, weights: TinyExplorer.weights(seed: 9), at: position,
          data: "digits"
        ))
    }
    var state = try TinyExplorer.open()
    // The weights in use are still those of the model before.
    try state.press("t Enter Right Backspace")
    #expect(state.message == nil)
    _ = try state.react(weights(1))
    try state.press("] Right Backspace")
    #expect(state.message == text)
    #expect(state.text(0) == "15°")
    #expect(state.screen.contains("angle not trained yet"))
    try state.press("Down Right")
    #expect(state.message != text)
    _ = state.react(TinyExplorer.news(.running, TrainingPosition(phase: 2)))
    _ = try state.react(weights(2))
    try state.press("Backspace")
    #expect(state.message == nil)
    #expect(!state.screen.contains("angle not trained yet") && state.screen.contains("(true "))
    // Once the run has ended, the weights of an earlier moment say the same.
    _ = state.react(TinyExplorer.news(.finished, TrainingPosition(phase: 3)))
    _ = try state.react(weights(1))
    try state.press("Backspace")
    #expect(state.message == text)
    // A further run from these weights that is given up changes nothing of that.
    try state.press("t Down Enter X")
    #expect(state.session.training == nil)
    #expect(state.screen.contains("angle not trained yet"))
    // Weights that have learnt before read by more than chance.
    var other = try TinyExplorer.open()
    try other.press("t Down Enter")
    _ = try other.react(weights(0))
    try other.press("Right Backspace")
    #expect(other.message == nil)
  }

  @Test func opensUprightAtTheEncodersValues() throws {
    var state = try TinyExplorer.open()
    #expect(state.start() == [state.survey(.images(state.session.modelInUse.model))])
    let reading = try inference().encode(upright(0))
    #expect(state.session.sample == 0)
    #expect(state.session.selected == 0)
    #expect(state.session.inputValues == [0])
    #expect(state.session.encoded == reading)
    #expect(state.session.sliders == LatentPoint(values: [0], latents: reading.latents))
    #expect(state.session.pictures.input == upright(0))
    #expect(state.session.pictures.truth == upright(0))
    #expect(state.session.pictures.decoded == (try inference().decode(state.session.sliders)))
    #expect(!state.isTraining)
    #expect(state.screen.contains("tiny letters · model tiny-model"))
    #expect(state.screen.contains("sample 0 of 6 · ell · error"))
    #expect(state.screen.contains("ell · "))
  }

  @Test func arrowsTurnByFiveDegreesAndWrap() throws {
    var state = try TinyExplorer.open()
    try state.press("Right")
    #expect(state.text(0) == "5°")
    try state.press("Left Left")
    #expect(state.text(0) == "-5°")
    try state.press("Right*72")
    #expect(state.text(0) == "-5°")
    try state.press("Right")
    #expect(state.text(0) == "0°")
    #expect(state.session.sliders.values == [0])
  }

  @Test func smallStepsAreATenth() throws {
    var state = try TinyExplorer.open()
    try state.press(".*3")
    #expect(abs(Angle(radians: state.session.sliders.values[0]).degrees - 1.5) < 1e-9)
    try state.press(",")
    #expect(abs(Angle(radians: state.session.sliders.values[0]).degrees - 1) < 1e-9)
  }

  @Test(
    arguments: [
      ("4 5 Enter", "45°", nil), ("- 9 0 Enter", "-90°", nil), ("7 2 5 Enter", "5°", nil),
      ("1 2 Backspace 0 . 5 Enter", "11°", nil), ("4 5 Escape", "0°", nil),
      ("- - Enter", "0°", "'--' is not a number"),
    ] as [(String, String, String?)])
  func anAngleIsTyped(keys: String, text: String, message: String?) throws {
    var state = try TinyExplorer.open()
    try state.press(keys)
    #expect(state.text(0) == text)
    #expect(state.message == message)
    #expect(state.overlay == nil)
  }

  @Test func aTypedLatentIsUndone() throws {
    var state = try TinyExplorer.open()
    let start = state.session.sliders
    try state.press("Down -")
    #expect(state.screen.contains("set z1") && state.screen.contains("z1: -▏"))
    try state.press("1 . 2 5 Enter")
    #expect(state.session.sliders.latents[0] == -1.25)
    #expect(state.session.pictures.decoded == (try inference().decode(state.session.sliders)))
    try state.press("u")
    #expect(state.session.sliders == start)
  }

  /// Moves of one slider in a row are taken back as one, and done again as one.
  @Test func sliderMovesAreUndone() throws {
    var state = try TinyExplorer.open()
    let start = state.session.sliders
    try state.press("Right*4 Down Right*2")
    let moved = state.session.sliders
    try state.press("u")
    #expect(state.text(0) == "20°")
    #expect(state.session.sliders.latents == start.latents)
    #expect(state.session.pictures.decoded == (try inference().decode(state.session.sliders)))
    try state.press("u")
    #expect(state.session.sliders == start)
    try state.press("u")
    #expect(state.message == "nothing to undo")
    try state.press("U U")
    #expect(state.session.sliders == moved)
    try state.press("U")
    #expect(state.message == "nothing to redo")
    // A new move ends what could be done again.
    try state.press("u Up Right U")
    #expect(state.message == "nothing to redo")
  }

  @Test func resettingAndRandomLatentsAreUndone() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*4")
    let moved = state.session.sliders
    try state.press("Backspace u")
    #expect(state.session.sliders == moved)
    try state.press("r")
    let random = state.session.sliders
    #expect(random.values == moved.values)
    #expect(random.latents != moved.latents)
    #expect(random.latents.allSatisfy { (-3...3).contains($0) })
    #expect(state.session.pictures.decoded == (try inference().decode(random)))
    try state.press("r")
    #expect(state.session.sliders.latents != random.latents)
    try state.press("u u")
    #expect(state.session.sliders == moved)
  }

  /// Random latents lie where the data's do.
  @Test func randomLatentsFollowTheMeasuredDistribution() throws {
    var model = try TinyExplorer.model()
    let count = model.architecture.schema.freeCount
    model.details.statistics = (0..<count).map { latent in
      LatentStatistics(of: (0...100).map { Float(10 * latent) + Float($0) / 100 })
    }
    var state = try TinyExplorer.open(model)
    var sums = [Double](repeating: 0, count: count)
    for _ in 0..<100 {
      try state.press("r")
      for (latent, value) in state.session.sliders.latents.enumerated() {
        #expect((Double(10 * latent)...Double(10 * latent) + 1).contains(Double(value)))
        sums[latent] += Double(value) / 100
      }
    }
    for (latent, mean) in sums.enumerated() { #expect(abs(mean - Double(10 * latent) - 0.5) < 0.15) }
  }

  @Test func valuesBeyondTheDataAreMarked() throws {
    var model = try TinyExplorer.model()
    model.details.statistics = (0..<model.architecture.schema.freeCount).map { _ in
      LatentStatistics(of: (0...100).map { Float($0) / 100 })
    }
    var state = try TinyExplorer.open(model)
    try state.press("Down 5 Enter")
    #expect(state.message == "z1 is far from the data: 99 % lie below 0.99")
    try state.press("- 1 Enter")
    #expect(state.message == "z1 is far from the data: 99 % lie above 0.01")
    try state.press("0 . 5 Enter")
    #expect(state.message == nil)
  }

  /// Latents of one sample say nothing about another.
  @Test func anotherSampleStartsAnew() throws {
    var state = try TinyExplorer.open()
    try state.press("Right n u")
    #expect(state.message == "nothing to undo")
  }

  @Test(arguments: [("Shift+Right", "50°"), ("L", "50°"), ("Shift+Left", "-50°"), ("H", "-50°")])
  func largeStepsAreTenfold(key: String, text: String) throws {
    var state = try TinyExplorer.open()
    try state.press(key)
    #expect(state.text(0) == text)
  }

  /// Right is counter-clockwise: at 90° the pixel at the right edge has come to the top.
  @Test func rightTurnsCounterClockwise() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*18")
    #expect(state.text(0) == "90°")
    let image = upright(0)
    let expected = (0..<784).map { place in
      let (column, row) = (place % 28, place / 28)
      return image[28 * column + 27 - row]
    }
    #expect(state.session.pictures.truth == expected)
    #expect(state.session.pictures.input == image)
  }

  @Test func decodedAndTruthFollowTheSliders() throws {
    var state = try TinyExplorer.open()
    let before = state.session.pictures.decoded
    try state.press("n Right*7 Down Right*4 Down*2 L")
    #expect(state.session.pictures.decoded == (try inference().decode(state.session.sliders)))
    #expect(state.session.pictures.decoded != before)
    #expect(state.session.pictures.truth == turned(1, degrees: 35))
    #expect(state.session.pictures.input == upright(1))
  }

  @Test func upAndDownSelectAndWrapAround() throws {
    var state = try TinyExplorer.open()
    try state.press("Down")
    #expect(state.session.selected == 1)
    try state.press("Up Up")
    #expect(state.session.selected == 5)
    try state.press("Down")
    #expect(state.session.selected == 0)
    try state.press("Down*6")
    #expect(state.session.selected == 0)
  }

  @Test func latentsMoveByTenthsOfTheirDeviation() throws {
    var state = try TinyExplorer.open()
    for latent in 0..<5 {
      let deviation = state.session.modelInUse.model.details.statistics[latent].deviation
      let before = Double(state.session.sliders.latents[latent])
      try state.press("Down Right")
      #expect(abs(Double(state.session.sliders.latents[latent]) - before - deviation / 10) < 1e-6)
      try state.press("H")
      #expect(abs(Double(state.session.sliders.latents[latent]) - before + 0.9 * deviation) < 1e-6)
    }
    #expect(state.text(0) == "0°")
  }

  @Test func withoutStatisticsLatentsMoveByATenth() throws {
    var model = try TinyExplorer.model()
    model.details.statistics = []
    var state = try TinyExplorer.open(model)
    let before = state.session.sliders.latents[4]
    try state.press("Up Right")
    #expect(abs(state.session.sliders.latents[4] - before - 0.1) < 1e-6)
    #expect(state.session.scales[5].range == -3...3)
  }

  @Test func anotherSampleTakesItsLatentsAndKeepsTheAngle() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*6 Down Right*3 n")
    let next = try inference().encode(upright(1))
    #expect(state.session.sample == 1)
    #expect(state.text(0) == "30°")
    #expect(state.session.sliders.latents == next.latents)
    #expect(state.session.pictures.truth == turned(1, degrees: 30))
    try state.press("p p")
    #expect(state.session.sample == TinyExplorer.imageCount - 1)
    #expect(state.text(0) == "30°")
    try state.press("n")
    #expect(state.session.sample == 0)
  }

  @Test func bracketsTurnInputAndSliders() throws {
    var state = try TinyExplorer.open(size: Size(width: 100, height: 30))
    try state.press("] ]")
    let input = turned(0, degrees: 30)
    let reading = try inference().encode(input)
    #expect(state.session.pictures.input == input)
    #expect(state.session.encoded == reading)
    #expect(state.text(0) == "30°")
    #expect(state.session.sliders.latents == reading.latents)
    #expect(state.screen.contains("(true 30°)"))
    try state.press("[*3")
    #expect(state.text(0) == "-15°")
    #expect(state.session.pictures.input == turned(0, degrees: 345))
    // Another sample is turned as well.
    try state.press("n")
    #expect(state.session.pictures.input == turned(1, degrees: 345))
    try state.press("]")
    #expect(state.session.pictures.input == upright(1))
    #expect(!state.screen.contains(" at "))
  }

  @Test func backspaceResetsToTheEncodersValues() throws {
    var state = try TinyExplorer.open()
    try state.press("] Right*9 Down L Backspace")
    #expect(state.session.sliders == state.session.encoded)
    #expect(state.session.sliders == (try inference().encode(turned(0, degrees: 15))))
    #expect(state.session.pictures.decoded == (try inference().decode(state.session.encoded)))
    #expect(state.session.pictures.truth != turned(0, degrees: 15))
    #expect(state.session.selected == 1)
  }

  @Test func aNetworkWithoutARotationHasOnlyLatents() throws {
    let architecture = NetworkArchitecture(
      schema: CoordinateSchema(typed: [], freeCount: 2), hidden: [8])
    let tensors = TypedAutoencoder(architecture, seed: 1).tensors
    var state = try TinyExplorer.open(
      TypedModel(architecture: architecture, weights: tensors, details: .init()))
    try state.press("Right ]")
    #expect(state.session.sliderCount == 2)
    #expect(state.session.sliders.latents[0] == state.session.encoded.latents[0] + 0.1)
    #expect(state.session.pictures.input == upright(0))
    #expect(!state.screen.contains("θ"))
  }

  /// Weights can stop being numbers; the explorer goes on.
  @Test func nonFiniteWeightsAreHandled() throws {
    var model = try TinyExplorer.model()
    model.weights = model.weights.map {
      NamedTensor(
        name: $0.name, shape: $0.shape, values: Array(repeating: .nan, count: $0.values.count))
    }
    var state = try TinyExplorer.open(model)
    try state.press("Right Backspace Right Down Right L ] n")
    #expect(state.screen.contains("NaN"))
  }

  /// A list that does not fit says what part of it is shown, and goes along with the selection.
  @Test func manySlidersScroll() throws {
    let architecture = NetworkArchitecture(
      schema: CoordinateSchema(typed: [.rotation, .shiftX(pixels: 6)], freeCount: 18), hidden: [16, 8])
    let model = TypedModel(
      architecture: architecture, weights: TypedAutoencoder(architecture, seed: 1).tensors,
      details: ModelDetails())
    var state = try TinyExplorer.open(model, size: Size(width: 100, height: 30))
    _ = state.start()
    #expect(state.screen.contains("sliders (1–11 of 20)"))
    #expect(state.screen.contains("0.0 px"))
    try state.press("Down*19")
    #expect(state.screen.contains("sliders (10–20 of 20)"))
    #expect(state.screen.contains("z18"))
  }
}
