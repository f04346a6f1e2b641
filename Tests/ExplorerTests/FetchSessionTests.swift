import Datasets
import Screen
import Testing
import Training

@testable import Explorer

/// A person fetches the images that the model learnt from.
@Suite struct FetchSessionTests {
  private static let mnist = Dataset(
    name: "mnist", title: "MNIST", classNames: ["ell", "two", "three"], training: TinyExplorer.images,
    test: TinyExplorer.images)

  @Test func theModelsImagesAreFetchedAndShown() throws {
    var state = try TinyExplorer.openReadings(dataset: TinyExplorer.dataset)
    #expect(state.session.pictures.input == nil)
    #expect(state.screen.contains("G: fetch the images"))
    #expect(try state.press("G") == [.fetch("mnist")])
    #expect(state.message == "fetching mnist…; G stops")
    let effects = state.react(.fetched(Self.mnist, reference: "mnist"))
    // The model learnt from them: it stays, and reads many of them anew.
    #expect(effects == [state.survey(.images(state.session.modelInUse.model))])
    #expect(state.session.pictures.input != nil)
    #expect(state.screen.contains("MNIST"))
    #expect(state.stateText.data == "mnist")
    #expect(try state.press("G").isEmpty)
    #expect(state.message == "mnist is already here")
  }

  @Test func aSecondPressStopsAndAFailureAllowsAnother() throws {
    var state = try TinyExplorer.openReadings(dataset: TinyExplorer.dataset)
    try state.press("G")
    #expect(try state.press("G") == [.stopFetching])
    #expect(state.react(.fetched(nil, reference: "mnist")).isEmpty)
    #expect(try state.press("G") == [.fetch("mnist")])
  }

  @Test func withAModelOfOtherDataTheSetsOwnModelIsOpened() throws {
    let model = try ModelInUse(name: "tiny", reference: "tiny", model: try TinyExplorer.model())
    var state = ExplorerState(
      model: model, dataset: TinyExplorer.dataset, size: Size(width: 80, height: 24), capabilities: .full)
    #expect(try state.press("G") == [.fetch("mnist")])
    let entry = LibraryEntry(title: "mnist", reference: "mnist")
    #expect(state.react(.fetched(Self.mnist, reference: "mnist")) == [.open(.models, entry)])
    // Weights that are in no file stay.
    var unsaved = try TinyExplorer.open()
    try unsaved.press("G")
    let effects = unsaved.react(.fetched(Self.mnist, reference: "mnist"))
    #expect(effects == [unsaved.survey(.images(unsaved.session.modelInUse.model))])
  }

  @Test func trainingIsNotDisturbed() throws {
    var state = try TinyExplorer.open(startsTraining: true)
    _ = state.start()
    _ = state.react(TinyExplorer.news(reports: [TinyExplorer.report(0.5)]))
    #expect(try state.press("G").isEmpty)
    #expect(state.message == "training is running: x stops it, then G fetches mnist")
  }
}
