import Datasets
import Networks
import Primitives
import Screen
import Testing
import Training

@testable import Explorer

/// Remarks about the data, at the start and in their list.
@Suite struct DataRemarkSessionTests {
  private static let source = DataRemark("npz: images (u1, 60×28×28): images; values 0 to 255")
  private static let advice = DataRemark("bright background: --invert-data?", isProminent: true)
  private static let conversion = DataRemark("converted: colour to grey", isProminent: true)

  private func open(
    _ remarks: [DataRemark], dataset: Dataset = TinyExplorer.dataset, width: Int = 100
  ) throws -> ExplorerState {
    ExplorerState(
      model: try ModelInUse(name: "tiny", model: try TinyExplorer.model()), dataset: dataset,
      dataRemarks: remarks, size: Size(width: width, height: 30), capabilities: .full, prefersImages: true)
  }

  @Test func changesOfTheImagesAreShownFirst() throws {
    let hint = "I shows what was read"
    #expect(try open([]).message == nil)
    #expect(try open([Self.source]).message == "images of 28×28, 2 classes · \(hint)")
    let state = try open([Self.source, Self.conversion, Self.advice])
    #expect(state.message == "\(Self.advice.text) · \(Self.conversion.text) · \(hint)")
    #expect(state.screen.contains(Self.advice.text))
    #expect(try open([Self.source, Self.advice], width: 40).message == Self.advice.text)
  }

  @Test func theMessageGivesWayToTheReadouts() throws {
    var state = try open([Self.source, Self.advice])
    _ = state.update(.messageExpired)
    #expect(state.message == nil && state.screen.contains("sample 0 of 6"))
  }

  @Test func imagesOfAnotherShapeAreSaid() throws {
    let shape = ImageShape(width: 8, height: 10, channels: 3)
    let images = StoredImages(
      shape: shape, pixels: [UInt8](repeating: 90, count: 2 * shape.valueCount), labels: [nil, nil])
    let dataset = Dataset(name: "c", title: "colours", classNames: [], training: images, test: images)
    var state = try open([Self.source], dataset: dataset)
    let sentence = "images of 8×10 in colour are shown as 28×28, the model's shape"
    #expect(state.message == "\(sentence) · I shows what was read")
    #expect(state.screen.contains("colours, 8×10 in colour as 28×28"))
    try state.press("I")
    for line in [
      "colours: images of 8×10 in colour, no labels", sentence, Self.source.text, "↑ ↓ scroll, Esc closes",
    ] {
      #expect(state.screen.contains(line), "\(line)")
    }
    try state.press("Esc")
    #expect(state.overlay == nil)
  }

  @Test func theListWrapsItsLines() throws {
    var state = try open([Self.source, Self.advice], width: 50)
    try state.press("I")
    #expect(state.screen.contains("▸tiny letters: images of 28×28, 2 classes"))
    #expect(state.screen.contains(" npz: images (u1, 60×28×28): images; values 0 "))
    #expect(state.screen.contains("   to 255 "))
    #expect(state.screen.contains(Self.advice.text))
    #expect(broken("aaaaaaaaaaaa b", width: 5).allSatisfy { $0.count <= 5 })
  }

  @Test func aLongListScrollsToItsEnd() throws {
    let remarks = (0..<20).map { DataRemark("remark \($0)") }
    var state = try open(remarks, width: 50)
    _ = state.update(.resized(Size(width: 50, height: 12)))
    try state.press("I")
    #expect(state.screen.contains("remark 3") && !state.screen.contains("remark 19"))
    try state.press("End")
    #expect(!state.screen.contains("remark 3") && state.screen.contains("remark 19"))
    try state.press("Enter")
    #expect(state.overlay == nil)
  }

  @Test func withoutRemarksTheListSaysWhatIsShown() throws {
    var state = try TinyExplorer.openReadings()
    try state.press("I")
    #expect(state.screen.contains("shown: 4 stored latents of mnist test images"))
  }
}
