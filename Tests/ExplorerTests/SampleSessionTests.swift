import Evaluation
import Networks
import Screen
import Testing
import Training

@testable import Explorer

/// A person looks through samples: one class of them, the worst of them.
@Suite struct SampleSessionTests {
  /// Errors by which the samples stand in the order 3, 0, 5, 2, 4, 1.
  private static let worstFirst = ErrorRanking(errors: [1.2, 0.1, 0.4, 1.5, 0.3, 0.5])

  /// The samples that a key goes through, from the current one on.
  private func steps(_ key: String, _ count: Int, _ state: inout ExplorerState) throws -> [Int] {
    try (0..<count).map { _ in
      try state.press(key)
      return state.session.sample
    }
  }

  private func ranked(_ keys: String = "") throws -> ExplorerState {
    var state = try TinyExplorer.open()
    try state.press(keys + " e Down Enter")
    _ = state.react(.answered(Self.worstFirst, number: state.rankingNumber))
    return state
  }

  @Test func theListOfClassesCountsThem() throws {
    var state = try TinyExplorer.open()
    try state.press("c")
    for line in ["▸all 6 samples", " ell: 2 samples", " two: 2 samples", " 2: 2 samples"] {
      #expect(state.screen.contains(line))
    }
  }

  @Test func stepsStayInTheClass() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*3 c Down*2 Enter")
    #expect(state.overlay == nil)
    #expect(state.message == "2 samples of class two; c shows all again")
    #expect(state.session.sample == 1)
    #expect(state.text(0) == "15°")
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    #expect(try steps("n", 3, &state) == [4, 1, 4])
    #expect(state.screen.contains("sample 4 of 6 · class two: 2/2"))
    #expect(try steps("p", 3, &state) == [1, 4, 1])
    // The list opens at the class in force, and its first line shows all.
    try state.press("n c")
    #expect(state.screen.contains("▸two: 2"))
    try state.press("Home Enter")
    #expect(state.message == nil)
    #expect(state.session.sample == 4)
    #expect(try steps("n", 3, &state) == [5, 0, 1])
    #expect(state.screen.contains("sample 1 of 6 ·"))
  }

  @Test func aSampleOfTheClassStaysShown() throws {
    var state = try TinyExplorer.open()
    try state.press("p Right c End Enter")
    #expect(state.session.sample == 5)
    // Escape leaves everything as it is.
    try state.press("c Home Escape n")
    #expect(state.session.sample == 2)
  }

  @Test func aSampleOutsideOfTheClassSaysSo() throws {
    var state = try TinyExplorer.open()
    try state.press("c Down*2 Enter g 3 Enter")
    #expect(state.session.sample == 3)
    #expect(state.screen.contains("sample 3 of 6 · not in class two"))
    try state.press("n")
    #expect(state.session.sample == 1)
  }

  @Test func theWorstSamplesAreFirst() throws {
    var state = try TinyExplorer.open()
    try state.press("Right*2 e")
    #expect(state.overlay == .orders(selected: 0))
    let lines = [
      "▸error against the input", " error of the upright reconstruction", " error of the angle", " as stored",
    ]
    for line in lines { #expect(state.screen.contains(line)) }
    #expect(
      try state.press("Down Enter").only(RankingQuery.self).query
        == RankingQuery(model: state.session.modelInUse.model, measure: .upright, inputValues: [0]))
    #expect(state.message == "sorting by the error of the upright reconstruction…")
    #expect(state.session.sample == 0)
    _ = state.react(.answered(Self.worstFirst, number: state.rankingNumber))
    #expect(state.session.sample == 3)
    #expect(
      state.message
        == "worst first, by the error of the upright reconstruction; g goes to a rank, e changes the order")
    #expect(try steps("n", 6, &state) == [0, 5, 2, 4, 1, 3])
    #expect(state.screen.contains("sample 3 · worst 1 of 6 · error upright 1.50"))
    #expect(try steps("p", 1, &state) == [1])
    // The menu opens at the order in force.
    try state.press("e")
    #expect(state.overlay == .orders(selected: 1))
    #expect(try state.press("End Enter").isEmpty)
    #expect(state.message == "samples in stored order")
    #expect(state.session.sample == 1)
    #expect(try steps("n", 2, &state) == [2, 3])
  }

  @Test(arguments: [1, -1]) func aRankingOfAnotherModelIsIgnored(offset: Int) throws {
    var state = try TinyExplorer.open()
    try state.press("n e Enter")
    _ = state.react(.answered(Self.worstFirst, number: try #require(state.rankingNumber) + offset))
    #expect(state.session.sample == 1)
    #expect(state.session.selection.list == SampleList(state.session.samples))
  }

  @Test func anUnawaitedRankingIsIgnored() throws {
    var state = try TinyExplorer.open()
    try state.press("n e Enter")
    #expect(try state.press("e End Enter").isEmpty)
    _ = state.react(.answered(Self.worstFirst, number: state.rankingNumber))
    #expect(state.session.selection.list.order == nil)
    // Of two orders the one that was asked for last counts.
    try state.press("e Enter e Down*2 Enter")
    _ = state.react(.answered(Self.worstFirst, number: try #require(state.rankingNumber) - 1))
    #expect(state.session.selection.list.order == nil)
    _ = state.react(.answered(Self.worstFirst, number: state.rankingNumber))
    #expect(state.session.selection.list.order?.measure == .angle)
    try state.press("e Enter")
    _ = state.react(.opened(try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))))
    _ = state.react(.answered(Self.worstFirst, number: state.rankingNumber))
    #expect(state.session.selection.list.order == nil)
  }

  @Test func aRankingOfOtherSamplesIsIgnored() throws {
    var state = try TinyExplorer.open()
    try state.press("n e Enter")
    _ = state.react(.answered(ErrorRanking(errors: [2, 0, 1]), number: state.rankingNumber))
    #expect(state.session.sample == 1)
    #expect(state.session.selection.list.order == nil)
  }

  @Test func aClassIsFilteredWithinTheRanking() throws {
    var state = try ranked()
    try state.press("c End Enter")
    #expect(state.session.selection.list.numbers == [5, 2])
    #expect(state.session.sample == 5)
    #expect(try steps("n", 2, &state) == [2, 5])
    #expect(state.screen.contains("sample 5 · class 2: worst 1 of 2 · error upright 0.500"))
    // The class stays when the order goes back.
    try state.press("e End Enter")
    #expect(state.session.selection.list.numbers == [2, 5])
    #expect(try ranked("c Down Enter").session.selection.list.numbers == [3, 0])
  }

  /// A ranking depends on the model; a class does not.
  @Test func anotherModelKeepsTheClassAndDropsTheRanking() throws {
    var state = try ranked("c Down Enter")
    let model = try ModelInUse(name: "other", model: try TinyExplorer.model(seed: 5))
    _ = state.react(.opened(model))
    #expect(state.session.selection.list.order == nil)
    #expect(state.session.selection.list.numbers == [0, 3])
  }

  @Test func latentPointsCannotBeSortedButFiltered() throws {
    var state = try TinyExplorer.openReadings()
    #expect(try state.press("e").isEmpty)
    #expect(state.message == "sorting by error needs the images")
    try state.press("c Down Enter")
    #expect(state.session.selection.list.numbers == [0, 3])
  }

  @Test func arrowsStepThroughSamplesWithThePicturesInFocus() throws {
    var state = try TinyExplorer.open()
    try state.press("Right Tab")
    #expect(try steps("Right", 2, &state) == [1, 2])
    #expect(try steps("Left", 3, &state) == [1, 0, 5])
    // Ten on from 5 is 15, which is 3 after two rounds.
    #expect(try steps("Down", 2, &state) == [3, 1])
    #expect(try steps("Up", 2, &state) == [3, 5])
    #expect(state.text(0) == "5°")
    #expect(state.session.selected == 0)
  }

  /// An offset of a latent stays with its sample; θ stays for the next one; both are said once.
  @Test func aStepNamesTheKeptSliders() throws {
    var state = try TinyExplorer.open(size: Size(width: 100, height: 30))
    try state.press("Down L n")
    #expect(state.session.sliders.latents == state.session.encoded.latents)
    #expect(state.screen.contains("sample 1 of 6 · z1 back at this sample's value"))
    #expect(!state.screen.contains("kept"))
    try state.press("v")
    #expect(!state.screen.contains("back at"))
    try state.press("r Up Right*3 p")
    #expect(state.session.sliders.latents == state.session.encoded.latents && state.text(0) == "15°")
    #expect(state.screen.contains("latents back at this sample's values, θ kept: Backspace resets"))
    // Nothing that was moved, nothing to say.
    try state.press("Backspace")
    #expect(state.session.sliders == state.session.encoded)
    state = try TinyExplorer.open()
    try state.press("n n p g 3 Enter")
    #expect(state.session.status.stepNote == nil)
    // A turned input takes θ along, and that is no offset.
    try state.press("] n")
    #expect(state.session.status.stepNote == nil)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 100, height: 30), Size(width: 160, height: 50)])
  func theNoteHasRoom(size: Size) throws {
    var state = try TinyExplorer.open(size: size)
    try state.press("Right*3 Down L n")
    #expect(state.screen.contains("z1 back at this sample's value, θ kept: Backspace resets"))
    try CanvasSnapshot.check(state.drawn(size), .full, name: "step-\(size.width)x\(size.height)")
  }

  /// A list of classes that changes while it is open chooses an existing class.
  @Test func aListOfClassesHandlesFewerSamples() throws {
    var state = try TinyExplorer.open(try TinyExplorer.model(readings: 4, data: "mnist"), dataset: nil)
    try state.press("c End")
    var other = try TinyExplorer.model(readings: 1, data: "mnist")
    other.details.data = "mnist"
    _ = state.react(.opened(try ModelInUse(name: "other", model: other)))
    try state.press("Enter")
    #expect(state.session.samples.count == 1)
    #expect(state.session.sample == 0)
  }
}
