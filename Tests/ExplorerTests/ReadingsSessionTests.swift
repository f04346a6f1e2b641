import Datasets
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person has a model of some images, and not the images.
@Suite struct ReadingsSessionTests {
  private let readings: [EncoderOutput]

  init() throws {
    readings = try TinyExplorer.model(readings: 4).details.encoderOutputs
  }

  @Test func opensOnStoredLatentPoints() throws {
    let state = try TinyExplorer.openReadings()
    #expect(state.session.samples.count == 4)
    #expect(state.session.pictures.input == nil)
    #expect(state.session.pictures.truth == nil)
    #expect(
      state.session.pictures.decoded == state.session.modelInUse.inference.decode(state.session.sliders))
    #expect(state.session.sliders == LatentPoint(values: [0], latents: readings[0].latents))
    #expect(state.session.encoded.values == readings[0].values)
    for text in [
      "4 stored latents of mnist test images", "no images of mnist", "G: fetch the images", "class 0 · angle",
      "sample 0 of 4",
    ] {
      #expect(state.screen.contains(text))
    }
    #expect(!state.screen.contains("truth"))
  }

  @Test func stepsThroughAndTurnsStoredLatentPoints() throws {
    var state = try TinyExplorer.openReadings()
    try state.press("Right*2 n")
    #expect(
      state.session.sliders
        == LatentPoint(values: [state.session.sliders.values[0]], latents: readings[1].latents))
    #expect(state.text(0) == "10°")
    try state.press("p p Backspace")
    #expect(state.session.sliders == LatentPoint(values: readings[3].values, latents: readings[3].latents))
    try state.press("g 4 Enter")
    #expect(state.message == "samples are numbered from 0 to 3")
  }

  @Test(arguments: ["[", "]"])
  func theInputCannotBeTurned(key: String) throws {
    var state = try TinyExplorer.openReadings()
    let before = (state.session.sliders, state.session.pictures)
    #expect(try state.press(key).isEmpty)
    #expect(state.session.sliders == before.0)
    #expect(state.session.pictures == before.1)
    #expect(state.session.inputValues == [0])
    #expect(
      state.message == "stored latents are of upright images: rotating the input needs the images")
  }

  @Test func withoutImagesSwitchingAndTrainingAreRefused() throws {
    var state = try TinyExplorer.openReadings()
    try state.press("d")
    #expect(state.message == "no images: start with --data digits")
    #expect(state.session.pictures.input == nil)
    #expect(try state.press("t Enter").isEmpty)
    #expect(state.message == "training needs images: start with --data digits")
    #expect(!state.isTraining)
  }

  @Test func switchesBetweenLatentPointsAndImages() throws {
    var state = try TinyExplorer.openReadings(dataset: TinyExplorer.dataset)
    // The images at hand are not those that the model learnt from.
    #expect(state.session.pictures.input == nil)
    try state.press("Right p")
    #expect(state.session.sample == 3)
    try state.press("d")
    #expect(state.session.samples.title == "tiny letters")
    #expect(state.session.sample == 3)
    #expect(state.text(0) == "5°")
    #expect(state.session.pictures.input != nil)
    #expect(state.session.pictures.truth != nil)
    try state.press("n n ] d")
    // There are fewer readings than images, and they are of upright ones.
    #expect(state.session.sample == 3)
    #expect(state.session.inputValues == [0])
    #expect(state.text(0) == "15°")
    #expect(state.session.pictures.input == nil)
    #expect(state.session.pictures.truth == nil)
  }

  @Test func aModelWithoutLatentPointsKeepsTheImages() throws {
    var state = try TinyExplorer.open()
    try state.press("n d")
    #expect(state.message == "this model file has no stored latents")
    #expect(state.session.sample == 1)
    #expect(state.session.pictures.input != nil)
  }

  @Test func imagesOfTheModelsOwnDataComeFirst() throws {
    let model = try TinyExplorer.model(readings: 4, data: "tiny")
    #expect(try TinyExplorer.open(model).session.samples.count == TinyExplorer.imageCount)
    let unknown = try TinyExplorer.model(readings: 4, data: nil)
    #expect(try TinyExplorer.open(unknown).session.samples.count == TinyExplorer.imageCount)
    #expect(try TinyExplorer.open(unknown, dataset: nil).session.samples.count == 4)
  }

  @Test func withoutLatentPointsAndImagesTheBuiltInDigitsAreShown() throws {
    let state = try TinyExplorer.open(dataset: nil)
    #expect(state.session.samples.count == 10_000)
    #expect(state.screen.contains("built-in digits (drawn, not MNIST)"))
  }

  /// The readings are those of the weights before training.
  @Test func trainedWeightsEncodeTheImages() throws {
    var state = try TinyExplorer.openReadings(dataset: TinyExplorer.dataset)
    try state.press("p Right t Down Enter")
    _ = try state.react(.weights(TinyExplorer.model(seed: 9)))
    #expect(state.session.sample == 3)
    #expect(state.session.pictures.input != nil)
    #expect(state.text(0) == "5°")
    #expect(
      state.session.encoded == state.session.modelInUse.inference.encode(state.session.pictures.input ?? []))
  }
}
